import { complete } from '@shared/comparison/filter/complete'
import { formatFilter } from '@shared/comparison/filter/format'
import { parseFilter } from '@shared/comparison/filter/parse'
import { keywordOf, tokensOf } from '@shared/comparison/filter/tokens'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '../../seed'
import { fields } from './fields'
import { anyText, conditions, pieces } from './texts'

/** With the cursor at |. */
function at(marked: string) {
  return complete(marked.replace('|', ''), marked.indexOf('|'), fields)
}

function labels(marked: string): string[] {
  return at(marked).options.map(({ label }) => label)
}

/** What becomes of a text when the option is taken; the cursor is at |. */
function taken(marked: string, label: string): string {
  const text = marked.replace('|', '')
  const { from, to, options } = at(marked)
  const { insert } = options.find(option => option.label === label)!
  return `${text.slice(0, from) + insert}|${text.slice(to)}`
}

describe('completion offers', () => {
  const short = ['optimizer', 'batchNorm', 'learningRate', 'subset', 'capacity', 'accuracy', 'experiment', '"weight decay"']
  it.each([
    ['|', [...short, 'not', '(']],
    ['bn = true and |', [...short, 'not', '(']],
    ['not |', [...short, 'not', '(']],
    ['opt|', ['optimizer']],
    ['LEA|', ['learningRate']],
    ['training.|', ['training.optimizer', 'training.learningRate']],
    ['rate|', ['learningRate']],
    ['b|', ['batchNorm', 'subset']],
    ['bn|', []],
    ['no|', ['not', 'batchNorm']],
    ['weight|', ['"weight decay"']],
    ['optimizer |', ['=', '!=', 'in (', '~']],
    ['bn |', ['=', '!=', 'in (']],
    ['capacity |', ['=', '!=', '<', '<=', '>', '>=', 'in (']],
    ['capacity !|', ['!=']],
    ['capacity i|', ['in (']],
    ['capacity in |', ['(']],
    ['optimizer = |', ['adam', 'momentum', 'sgd']],
    ['optimizer =|', ['adam', 'momentum', 'sgd']],
    ['optimizer != m|', ['momentum', 'adam']],
    ['optimizer != mom|', ['momentum']],
    ['"weight decay" = l|', ['"L2 (5e-4)"']],
    ['"weight decay" = "L2 (|', ['"L2 (5e-4)"']],
    ['bn = |', ['true', 'false']],
    ['capacity = |', ['79', '236', '923']],
    ['capacity = 9|', ['923', '79']],
    ['lr = |', []],
    ['optimizer in (|', ['adam', 'momentum', 'sgd']],
    ['optimizer in (adam |', [',', ')']],
    ['optimizer in (adam, s|', ['sgd']],
    ['bn = true |', ['and', 'or']],
    ['bn = true a|', ['and']],
    ['(bn = true |', ['and', 'or', ')']],
    ['(bn = true) |', ['and', 'or']],
    ['bar = true and |', []],
    ['bn = true ) |', []],
    ['| and bn = true', [...short, 'not', '(']],
    ['opt|imizer = adam', ['optimizer']],
  ])('at %s: %j', (marked, expected) => {
    expect(labels(marked)).toEqual(expected)
  })

  it('the name of a field that means it, where another field has its alias', () => {
    const known = [...fields, { name: 'optimizer', aliases: [], help: 'A factor.', kind: 'text' }] as const
    expect(complete('opt', 3, known).options.map(({ label, help }) => [label, help])).toEqual([
      ['optimizer', 'A factor.'],
      ['training.optimizer', 'The update rule.'],
    ])
  })

  it('what it is', () => {
    expect(at('lr|x').options).toEqual([])
    expect(at('l|').options[0]).toEqual({ insert: 'learningRate ', label: 'learningRate', help: 'training.learningRate · The step size.' })
    expect(at('capacity |').options.at(3)).toEqual({ insert: '<= ', label: '<=', help: 'at most' })
  })
})

describe('an option takes the place of what is being written', () => {
  it.each([
    ['opt|', 'optimizer', 'optimizer |'],
    ['opt|imiser = adam', 'optimizer', 'optimizer |= adam'],
    ['optimizer = a| and bn = true', 'adam', 'optimizer = adam |and bn = true'],
    ['optimizer = "a|', 'adam', 'optimizer = adam |'],
    ['bn = true |', 'and', 'bn = true and |'],
    ['(bn = true   |', ')', '(bn = true) |'],
    ['bn = true o|', 'or', 'bn = true or |'],
    ['optimizer in (adam |', ',', 'optimizer in (adam, |'],
    ['optimizer in (adam |', ')', 'optimizer in (adam) |'],
    ['capacity <|= 3', '<', 'capacity < |3'],
  ])('%s, %s: %s', (marked, label, expected) => {
    expect(taken(marked, label)).toBe(expected)
  })

  it('and leads to a filter, wherever it is taken', () => {
    let tried = 0
    const endings = ['', 'bn = true', '= true', '= 1', '= none', '= sgd', 'true', '1', 'none', 'sgd', '(true)', '(1)', '(none)', '(sgd)']
    const canEnd = (text: string): boolean => {
      const marks = tokensOf(text).filter(({ kind }) => kind === 'symbol')
      const open = marks.filter(({ text }) => text === '(').length - marks.filter(({ text }) => text === ')').length
      return endings.some(ending => parseFilter(`${text}${ending}${')'.repeat(Math.max(0, open))}`, fields).kind === 'filter')
    }
    fc.assert(fc.property(fc.oneof(conditions.map(formatFilter), pieces), fc.nat(), (text, place) => {
      const cursor = place % (text.length + 1)
      const { from, to, options } = complete(text, cursor, fields)
      expect(from).toBeLessThanOrEqual(cursor)
      expect(to).toBeGreaterThanOrEqual(cursor)
      for (const { insert } of options) {
        tried++
        expect(canEnd(text.slice(0, from) + insert), `${text.slice(0, from)}${insert}|`).toBe(true)
      }
    }), cases(400))
    expect(tried).toBeGreaterThan(400)
  })

  it('and everything that stands in a filter was offered there', () => {
    fc.assert(fc.property(conditions, (filter) => {
      const text = formatFilter(filter)
      for (const token of tokensOf(text).filter(token => token.kind === 'symbol' || keywordOf(token))) {
        const before = `${text.slice(0, token.at)} `
        expect(complete(before, before.length, fields).options.map(({ label }) => label), `${before}|${token.text}`).toContain(token.text === 'in' ? 'in (' : token.text)
      }
    }), cases(50))
  })

  it('and no text and no cursor is too strange', () => {
    fc.assert(fc.property(anyText, fc.nat(20), (text, cursor) => void complete(text, cursor, fields)), cases(200))
  })
})
