import type { Contrast, Difference } from './differences'
import type { ComparisonPair } from './pair'
import type { At, Member } from './panel'
import type { Summary } from './summary'
import { differencesOf } from './differences'
import { fieldOf } from './fields'

/** The differences of the pairs that have these values of these fields: what is behind a number. */
export function membersAt(pairs: readonly ComparisonPair[], at: At, contrast: Contrast, measure: string, summary: Summary): Member[] {
  return differencesOf(pairsAt(pairs, at), contrast, measure, summary).map(memberOf)
}

export function pairsAt(pairs: readonly ComparisonPair[], at: At): ComparisonPair[] {
  const fields = Object.entries(at).map(([name, value]) => ({ of: fieldOf(name).of, value }))
  return pairs.filter(pair => fields.every(({ of, value }) => (of(pair) ?? null) === value))
}

export function memberOf({ pairs, outcome }: Difference): Member {
  return {
    pairs: pairs.map(({ experiment, position, treatment, capacity, seed }) => ({ experiment, position, treatment, capacity, seed })),
    outcome: outcome.kind,
    ...outcome.kind === 'complete' && { first: outcome.first.value, second: outcome.second.value },
  }
}
