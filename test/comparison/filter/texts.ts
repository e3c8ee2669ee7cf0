import type { Comparison, Condition } from '@shared/comparison/filter/filter'
import fc from 'fast-check'

/** ASCII, or any UTF-16, halves of characters too. */
export const anyText: fc.Arbitrary<string> = fc.oneof(fc.string(), fc.array(fc.nat(0xFFFF), { maxLength: 20 }).map(codes => String.fromCharCode(...codes)))

const word = fc.oneof(fc.constantFrom('First look', 'depth', 'and', 'NOT', 'true', '12', '90%', '"', '\\', 'a\'b', ''), anyText)
  // Known ones are taken for the same in any case of letters.
  .filter(text => ['first look', 'depth'].every(known => known !== text.toLowerCase() || ['First look', 'depth'].includes(text)))
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0)

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({ kind: fc.constant('equality' as const), field: fc.constant('experiment'), operator: fc.constantFrom('=', '!='), value: word }),
  fc.record({ kind: fc.constant('equality' as const), field: fc.constant('network.batchNorm'), operator: fc.constantFrom('=', '!='), value: fc.boolean() }),
  fc.record({ kind: fc.constant('equality' as const), field: fc.constant('data.subset'), operator: fc.constantFrom('=', '!='), value: fc.oneof(number, fc.constant('all')) }),
  fc.record({ kind: fc.constant('order' as const), field: fc.constantFrom('training.learningRate', 'capacity', 'test.accuracy'), operator: fc.constantFrom('<', '<=', '>', '>='), value: number }),
  fc.record({ kind: fc.constant('membership' as const), field: fc.constant('weight decay'), values: fc.array(fc.constantFrom('none', 'L2 (5e-4)', 'and'), { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('contains' as const), field: fc.constantFrom('experiment', 'training.optimizer'), text: word }),
)

/** Any condition over `fields`, as the parser builds them: no `and` right within an `and`. */
export const conditions: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition, and: Condition, or: Condition, not: Condition, comparison: Condition }>(tie => ({
  any: fc.oneof({ depthSize: 'small' }, tie('comparison'), tie('and'), tie('or'), tie('not')),
  and: fc.record({ kind: fc.constant('and' as const), conditions: fc.array(fc.oneof({ depthSize: 'small' }, tie('comparison'), tie('or'), tie('not')), { minLength: 2, maxLength: 4 }) }),
  or: fc.record({ kind: fc.constant('or' as const), conditions: fc.array(fc.oneof({ depthSize: 'small' }, tie('comparison'), tie('and'), tie('not')), { minLength: 2, maxLength: 4 }) }),
  not: fc.record({ kind: fc.constant('not' as const), condition: tie('any') }),
  comparison,
})).any

/** Pieces of filters in any order: some are filters. */
export const pieces: fc.Arbitrary<string> = fc.array(fc.constantFrom('and', 'or', 'not', 'in', '(', ')', ',', '=', '!=', '<', '>=', '~', '%', 'optimizer', 'bn', 'lr', 'subset', 'accuracy', 'experiment', '"weight decay"', 'adam', 'true', '9', '1e-3', 'all', 'none', '\'x y\'', '"', 'optimizer = sgd', 'capacity in (79, 236)', 'bn = true and'), { maxLength: 8 }).map(all => all.join(' '))
