import type { Condition } from '@shared/comparison/filter/filter'
import type { WrongFilter } from '@shared/comparison/filter/wrong'
import { formatFilter } from '@shared/comparison/filter/format'
import { parseFilter } from '@shared/comparison/filter/parse'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '../../seed'
import { fields } from './fields'
import { anyText, conditions, pieces } from './texts'

const adam: Condition = { kind: 'equality', field: 'training.optimizer', operator: '=', value: 'adam' }
const bn: Condition = { kind: 'equality', field: 'network.batchNorm', operator: '=', value: true }
const wide: Condition = { kind: 'order', field: 'capacity', operator: '>=', value: 923 }

describe('a filter', () => {
  it.each<[string, Condition]>([
    ['optimizer = adam and bn = true and capacity >= 923', { kind: 'and', conditions: [adam, bn, wide] }],
    ['training.optimizer=adam', adam],
    ['OPTIMIZER = Adam', adam],
    ['"optimizer" = \'adam\'', adam],
    ['optimizer = adam or bn = true and capacity >= 923', { kind: 'or', conditions: [adam, { kind: 'and', conditions: [bn, wide] }] }],
    ['(optimizer = adam OR bn = TRUE) AND capacity >= 923', { kind: 'and', conditions: [{ kind: 'or', conditions: [adam, bn] }, wide] }],
    ['optimizer = adam and (bn = true and (capacity >= 923))', { kind: 'and', conditions: [adam, bn, wide] }],
    ['not optimizer = adam and bn = true', { kind: 'and', conditions: [{ kind: 'not', condition: adam }, bn] }],
    ['not not(optimizer = adam)', { kind: 'not', condition: { kind: 'not', condition: adam } }],
    ['optimizer in (sgd, Adam)', { kind: 'membership', field: 'training.optimizer', values: ['sgd', 'adam'] }],
    ['capacity in (79)', { kind: 'membership', field: 'capacity', values: [79] }],
    ['experiment ~ LOOK', { kind: 'contains', field: 'experiment', text: 'LOOK' }],
    ['optimizer ~ a', { kind: 'contains', field: 'training.optimizer', text: 'a' }],
    ['lr < 1e-3', { kind: 'order', field: 'training.learningRate', operator: '<', value: 0.001 }],
    ['lr <= .5', { kind: 'order', field: 'training.learningRate', operator: '<=', value: 0.5 }],
    ['lr > -2.50E+1', { kind: 'order', field: 'training.learningRate', operator: '>', value: -25 }],
    ['lr = -0', { kind: 'equality', field: 'training.learningRate', operator: '=', value: 0 }],
    ['accuracy >= 93.1 %', { kind: 'order', field: 'test.accuracy', operator: '>=', value: 0.931 }],
    ['accuracy >= 9.31e1%', { kind: 'order', field: 'test.accuracy', operator: '>=', value: 0.931 }],
    ['accuracy >= 0.931', { kind: 'order', field: 'test.accuracy', operator: '>=', value: 0.931 }],
    ['subset != all', { kind: 'equality', field: 'data.subset', operator: '!=', value: 'all' }],
    ['experiment = 923', { kind: 'equality', field: 'experiment', operator: '=', value: '923' }],
    ['experiment = "first look"', { kind: 'equality', field: 'experiment', operator: '=', value: 'First look' }],
    ['experiment = größe-2', { kind: 'equality', field: 'experiment', operator: '=', value: 'größe-2' }],
    ['experiment = \'it\\\'s "so" \\\\\'', { kind: 'equality', field: 'experiment', operator: '=', value: 'it\'s "so" \\' }],
    ['\'weight decay\' = "and"', { kind: 'equality', field: 'weight decay', operator: '=', value: 'and' }],
  ])('%s', (text, filter) => {
    expect(parseFilter(text, fields)).toEqual({ kind: 'filter', filter })
  })

  it.each(['', '  \n\t'])('without any condition takes everything: %j', (text) => {
    expect(parseFilter(text, fields)).toEqual({ kind: 'filter', filter: { kind: 'everything' } })
  })

  it('takes a field of that very name before an alias, and the first of two', () => {
    const [factor, lower] = [{ name: 'optimizer', aliases: ['BN'], help: '', kind: 'text' }, { name: 'OPTIMIZER', aliases: ['bn'], help: '', kind: 'text' }] as const
    const field = (text: string) => parseFilter(`${text} = x`, [...fields, factor, lower])
    expect(field('optimizer')).toMatchObject({ filter: { field: 'optimizer' } })
    expect(field('OPTIMIZER')).toMatchObject({ filter: { field: 'OPTIMIZER' } })
    expect(field('BN')).toMatchObject({ filter: { field: 'optimizer' } })
    expect(parseFilter('bn = true', [...fields, factor, lower])).toMatchObject({ filter: { field: 'network.batchNorm' } })
  })
})

describe('what is wrong is pointed at', () => {
  /** The wrong characters stand between « and ». */
  it.each<[string, string, string?]>([
    ['«optimzer» = adam', 'there is no field optimzer; did you mean optimizer?', 'optimizer'],
    ['bn = true and «"weight dekay"» = none', 'there is no field "weight dekay"; did you mean weight decay?', '"weight decay"'],
    ['«zzzzzz» = 1', 'there is no field zzzzzz; there is optimizer, batchNorm, learningRate, subset, capacity, accuracy, experiment, weight decay'],
    ['optimizer = «adm»', 'training.optimizer is one of adam, momentum, sgd, not adm; did you mean adam?', 'adam'],
    ['optimizer in (sgd, «"a dam"»)', 'training.optimizer is one of adam, momentum, sgd, not "a dam"; did you mean adam?', 'adam'],
    ['bn = «yes»', 'network.batchNorm is true or false, not yes'],
    ['capacity > «many»', 'capacity is a number, not many'],
    ['capacity > «0x10»', 'capacity is a number, not 0x10'],
    ['subset > «al»', 'data.subset is a number or all, not al'],
    ['subset > «all»', '> needs a number; all is neither more nor less than one'],
    ['lr < «1e999»', '1e999 is too large for a number'],
    ['optimizer «<» adam', 'optimizer is a text; it can be compared by =, !=, in and ~'],
    ['bn «>=» true', 'bn is true or false; it can be compared by =, != and in'],
    ['capacity «~» 9', 'capacity is a number; it can be compared by =, !=, <, <=, >, >= and in'],
    ['capacity > 90 «%»', 'capacity is in units, no share of something; write it without %'],
    ['lr > 90«%»', 'training.learningRate is a plain number, no share of something; write it without %'],
    ['experiment = 90«%»', 'experiment takes no percentage; as a part of a text it stands in quotes'],
    ['optimizer = adam «and»', 'a condition is missing after and; an example is optimizer = adam'],
    ['optimizer = adam or «not»', 'a condition is missing after not; an example is optimizer = adam'],
    ['optimizer = adam and «or» bn = true', 'a condition is missing before or; an example is optimizer = adam'],
    ['«=» adam', 'a field is missing before =; an example is optimizer = adam'],
    ['(«)»', 'a condition is missing before ); an example is optimizer = adam'],
    ['optimizer «=»', 'a value is missing after ='],
    ['optimizer = «and» bn = true', 'a value is missing before and; as a value it stands in quotes: "and"'],
    ['optimizer = «=» adam', 'a value is missing before ='],
    ['«optimizer»', 'optimizer is compared with nothing; an example is optimizer = adam'],
    ['«bn» and optimizer = adam', 'bn is compared with nothing; an example is bn = true', 'bn = true'],
    ['optimizer «adam»', 'a comparison is missing before adam; optimizer can be compared by =, !=, in and ~'],
    ['optimizer «not» in (adam)', 'not stands before the field: not optimizer …'],
    ['capacity in «923»', 'the values after in stand in parentheses, separated by commas'],
    ['capacity «in»', 'values are missing after in; they stand in parentheses, separated by commas'],
    ['capacity in («)»', 'a value is missing before )'],
    ['capacity in (79, «)»', 'a value is missing before )'],
    ['capacity in «(»79, 236', 'this parenthesis is not closed; a ) is missing'],
    ['capacity in (79 «236»)', 'a comma or a ) is missing before 236'],
    ['capacity >= 1«,»000', 'commas stand only between the values of a list: in (…, …)'],
    ['«(»optimizer = adam and (bn = true)', 'this parenthesis is not closed; a ) is missing'],
    ['(optimizer = adam and «(»bn = true', 'this parenthesis is not closed; a ) is missing'],
    ['optimizer = adam«)»', 'there is no ( that this closes'],
    ['optimizer = adam «bn» = true', '"and" or "or" is missing before bn', 'and bn'],
    ['capacity = 79 «(»bn = true)', '"and" or "or" is missing before (', 'and ('],
    ['(bn = true «\'lr\'» < 3)', '"and" or "or" is missing before lr', 'and \'lr\''],
    ['bn = true «" "»', '"and" or "or" is missing before " "', 'and " "'],
    ['experiment = «first look» and bn = true', 'a text of several words stands in quotes', '"first look"'],
    ['experiment = «first   look» bn = true', 'a text of several words stands in quotes', '"first   look"'],
    ['experiment = «"first look»', 'this quote is not closed; a second one is missing at its end'],
    ['bn = true and «\'weight decay = none\\\'»', 'this quote is not closed; a second one is missing at its end'],
    ['optimizer «==» adam', '== is written = here', '='],
    ['lr «≤» 1', '≤ is written <= here', '<='],
    ['optimizer = adam «&&» bn = true', '&& is written and here', 'and'],
    ['«!»(bn = true)', '! is written not here', 'not'],
    [`${'('.repeat(100)}«(»bn = true`, 'this is nested too deeply'],
    [`${'not '.repeat(100)}«not» bn = true`, 'this is nested too deeply'],
  ])('%s', (marked, message, suggestion) => {
    const text = marked.replace(/[«»]/g, '')
    const at = marked.indexOf('«')
    expect(parseFilter(text, fields)).toEqual({ kind: 'wrong', at, length: marked.indexOf('»') - at - 1, message, ...suggestion !== undefined && { suggestion } })
  })

  it('and what is suggested in its place is right', () => {
    for (const text of ['optimzer = adam', 'optimizer = adm', 'bn and lr < 1', 'optimizer = adam bn = true', 'experiment = first look', 'optimizer == adam', 'bn = true && lr < 1', '! (bn = true)']) {
      const { at, length, suggestion } = parseFilter(text, fields) as WrongFilter
      expect(parseFilter(text.slice(0, at) + suggestion + text.slice(at + length), fields)).toMatchObject({ kind: 'filter' })
    }
  })

  it('in any text at all, which is never more than wrong', () => {
    fc.assert(fc.property(fc.oneof(anyText, pieces), (text) => {
      const parsed = parseFilter(text, fields)
      if (parsed.kind === 'wrong') {
        expect(parsed.at).toBeGreaterThanOrEqual(0)
        expect(parsed.length).toBeGreaterThan(0)
        expect(parsed.at + parsed.length).toBeLessThanOrEqual(text.length)
        expect(parsed.message).toMatch(/^\S.*\S$/s)
      }
      else {
        expect(parseFilter(formatFilter(parsed.filter), fields)).toEqual(parsed)
      }
    }), cases(800))
  })
})

describe('the canonical text', () => {
  it.each([
    ['', '  '],
    ['training.optimizer = adam and network.batchNorm = true and capacity >= 923', 'OPTIMIZER=Adam AND bn=true AND ((capacity>=923))'],
    ['capacity = 79 or capacity > 100 and capacity < 900', '(capacity = 79) or (capacity > 100 and capacity < 900)'],
    ['(capacity = 79 or capacity > 100) and not (capacity = 80 or capacity < 1)', '(capacity=79 or capacity>100)and(not(capacity=80 or capacity<1))'],
    ['not not network.batchNorm = true', 'not (not (bn = true))'],
    ['test.accuracy in (0.9, 1e-7)', 'accuracy in (90 %, 1e-7)'],
    ['"weight decay" in (none, "L2 (5e-4)", "and")', '"weight decay" in (none, \'L2 (5e-4)\', "and")'],
    ['experiment ~ "a \\"b\\" \\\\"', 'experiment ~ \'a "b" \\\\\''],
    ['experiment = ""', 'experiment = \'\''],
  ])('%s', (canonical, text) => {
    const parsed = parseFilter(text, fields)
    expect(parsed.kind === 'filter' && formatFilter(parsed.filter)).toBe(canonical)
  })

  it('is read back to the same filter', () => {
    fc.assert(fc.property(conditions, (filter) => {
      expect(parseFilter(formatFilter(filter), fields)).toEqual({ kind: 'filter', filter })
    }), cases(500))
  })
})
