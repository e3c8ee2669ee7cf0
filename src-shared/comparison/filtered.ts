import type { Field } from './filter/field'
import type { WrongFilter } from './filter/wrong'
import type { ComparisonPair } from './pair'
import { compileFilter } from './filter/matches'
import { parseFilter } from './filter/parse'
import { runValue } from './run-fields'

/** The pairs both of whose runs a filter takes. */
export function filtered(pairs: readonly ComparisonPair[], text: string, fields: readonly Field[]): { readonly kind: 'pairs', readonly pairs: readonly ComparisonPair[] } | WrongFilter {
  const parsed = parseFilter(text, fields)
  if (parsed.kind === 'wrong')
    return parsed
  const takes = compileFilter(parsed.filter)
  return { kind: 'pairs', pairs: pairs.filter(pair => [pair.dense, pair.sparse].every(run => takes(runValue(pair, run)))) }
}
