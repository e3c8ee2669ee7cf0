import type { Value } from '@shared/comparison/filter/field'
import { compileFilter, matches } from '@shared/comparison/filter/matches'
import { parseFilter } from '@shared/comparison/filter/parse'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '../../seed'
import { fields } from './fields'

function filterOf(text: string, known = fields) {
  const parsed = parseFilter(text, known)
  if (parsed.kind === 'wrong')
    throw new Error(`${text}: ${parsed.message}`)
  return parsed.filter
}

function takes(text: string, values: Readonly<Record<string, Value>>): boolean {
  return matches(filterOf(text), field => values[field])
}

const run = { 'training.optimizer': 'adam', 'network.batchNorm': true, 'training.learningRate': 0.001, 'data.subset': 'all', 'capacity': 236, 'test.accuracy': 0.931, 'experiment': 'First look' }

describe('a run', () => {
  it.each([
    '',
    'optimizer = adam and bn = true and capacity >= 236',
    'optimizer != sgd',
    'bn != false',
    'capacity < 237',
    'capacity <= 236',
    'capacity > 235.9',
    'capacity in (79, 236)',
    'accuracy = 93.1 %',
    'lr = 1e-3',
    'subset = all',
    'experiment ~ "T LOOK"',
    'experiment ~ ""',
    'not (optimizer = sgd or capacity > 236)',
  ])('is taken: %s', text => expect(takes(text, run)).toBe(true))

  it.each([
    'optimizer = sgd',
    'bn = false',
    'capacity < 236',
    'capacity <= 235',
    'capacity > 236',
    'capacity in (79, 923)',
    'accuracy > 93.1 %',
    'subset >= 0',
    'experiment ~ "tlook"',
    'experiment = "first loo"',
    'optimizer = adam and capacity = 79',
    'not optimizer = adam',
  ])('is not taken: %s', text => expect(takes(text, run)).toBe(false))

  it.each([
    ['capacity = 79', false],
    ['capacity != 79', true],
    ['capacity < 1', false],
    ['capacity >= 1', false],
    ['capacity in (79)', false],
    ['experiment ~ ""', false],
    ['not capacity = 79', true],
    ['not capacity >= 1', true],
  ])('without a value: %s is %s', (text, taken) => {
    expect(takes(text, {})).toBe(taken)
  })

  it('whose value is not a number is neither more nor less than one', () => {
    for (const text of ['accuracy > 0', 'accuracy <= 0', 'accuracy = 0'])
      expect(takes(text, { 'test.accuracy': Number.NaN })).toBe(false)
    expect(takes('accuracy != 0', { 'test.accuracy': Number.NaN })).toBe(true)
  })
})

it('not binds more than and, and more than or: as JavaScript has it', () => {
  const known = ['a', 'b', 'c'].map(name => ({ name, aliases: [], help: '', kind: 'boolean' } as const))
  interface Both { readonly ours: string, readonly js: string }
  const { any } = fc.letrec<{ any: Both }>(tie => ({
    any: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom('a', 'b', 'c').map(name => ({ ours: `${name} = true`, js: name })),
      tie('any').map(({ ours, js }) => ({ ours: `(${ours})`, js: `(${js})` })),
      // What is negated stands in parentheses in JavaScript, where ! binds more than =.
      fc.constantFrom('a', 'b', 'c').map(name => ({ ours: `not ${name} = true`, js: `!${name}` })),
      tie('any').map(({ ours, js }) => ({ ours: `not (${ours})`, js: `!(${js})` })),
      fc.tuple(tie('any'), fc.constantFrom(['and', '&&'], ['or', '||']), tie('any')).map(([left, [ours, js], right]) => ({ ours: `${left.ours} ${ours} ${right.ours}`, js: `${left.js} ${js} ${right.js}` })),
    ),
  }))
  fc.assert(fc.property(any, ({ ours, js }) => {
    // eslint-disable-next-line no-new-func
    const expected = new Function('a', 'b', 'c', `return ${js}`) as (...values: boolean[]) => boolean
    const compiled = compileFilter(filterOf(ours, known))
    for (const values of [0, 1, 2, 3, 4, 5, 6, 7].map(bits => [1, 2, 4].map(bit => (bits & bit) !== 0)))
      expect(compiled(name => values['abc'.indexOf(name)])).toBe(expected(...values))
  }), cases(300))
})
