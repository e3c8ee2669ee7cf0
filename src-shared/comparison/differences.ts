import type { Outcome } from './outcome'
import type { ComparisonPair, Measured } from './pair'
import type { Summary } from './summary'
import { z } from 'zod'
import { fieldOf } from './fields'
import { outcomeOf, silent } from './outcome'

/** What is held against what. */
export const contrast = z.discriminatedUnion('kind', [
  /** sparse - dense. */
  z.object({ kind: z.literal('sides') }),
  /** Two values of a field, to - from, paired by capacity and seed: on one side, or in sparse - dense. */
  z.object({ kind: z.literal('treatments'), field: z.string(), from: z.union([z.string(), z.number(), z.boolean()]), to: z.union([z.string(), z.number(), z.boolean()]), of: z.enum(['dense', 'sparse', 'sides']) }),
])
export type Contrast = z.infer<typeof contrast>

/** What is first and what second, and of what they are compared: "BN" and "NR" " in sparse - dense". */
export function contrastInWords(contrast: Contrast): { readonly first: string, readonly second: string, readonly of: string } {
  return contrast.kind === 'sides'
    ? { first: 'dense', second: 'sparse', of: '' }
    : { first: String(contrast.from), second: String(contrast.to), of: contrast.of === 'sides' ? ' in sparse - dense' : ` on the ${contrast.of} side` }
}

/** One difference and the pairs that it is of: one, or of two treatments two. */
export interface Difference {
  readonly pairs: readonly ComparisonPair[]
  readonly outcome: Outcome
}

/** The differences of some pairs, in the order of the pairs. */
export function differencesOf(pairs: readonly ComparisonPair[], contrast: Contrast, measure: string, summary: Summary): Difference[] {
  if (contrast.kind === 'sides')
    return pairs.map(pair => ({ pairs: [pair], outcome: outcomeOf(pair.dense, pair.sparse, measure, summary) }))
  return matched(pairs, contrast).map(([from, to]) => ({ pairs: [from, to], outcome: contrastOutcome(from, to, contrast.of, measure, summary) }))
}

/** Pairs of the first value with those of the second that agree in capacity, seed and everything else that is varied. */
function matched(pairs: readonly ComparisonPair[], { field, from, to }: Contrast & { kind: 'treatments' }): [ComparisonPair, ComparisonPair][] {
  const { of } = fieldOf(field)
  const others = [...new Set(pairs.flatMap(({ levels }) => Object.keys(levels)))].filter(factor => !isTold(pairs, factor, of))
  const key = (pair: ComparisonPair): string => JSON.stringify([pair.capacity, pair.seed, ...others.map(factor => pair.levels[factor])])
  const ofTo = Map.groupBy(pairs.filter(pair => of(pair) === to), key)
  return pairs.filter(pair => of(pair) === from).flatMap((pair): [ComparisonPair, ComparisonPair][] => {
    const same = ofTo.get(key(pair)) ?? []
    // Of its own experiment first: of others only where there is none.
    const partner = same.find(({ experiment }) => experiment === pair.experiment) ?? same[0]
    return partner ? [[pair, partner]] : []
  })
}

/** Whether a factor's level follows from the field's value: then it is what is contrasted. */
function isTold(pairs: readonly ComparisonPair[], factor: string, of: (pair: ComparisonPair) => unknown): boolean {
  return [...Map.groupBy(pairs, of).values()].every(group => new Set(group.map(({ levels }) => levels[factor])).size < 2)
}

function contrastOutcome(from: ComparisonPair, to: ComparisonPair, of: 'dense' | 'sparse' | 'sides', measure: string, summary: Summary): Outcome {
  if (of !== 'sides')
    return outcomeOf(from[of], to[of], measure, summary)
  const before = outcomeOf(from.dense, from.sparse, measure, summary)
  const after = outcomeOf(to.dense, to.sparse, measure, summary)
  if (before.kind === 'complete' && after.kind === 'complete')
    return { kind: 'complete', first: minus(before.second, before.first), second: minus(after.second, after.first) }
  const open = silent.find(kind => [before.kind, after.kind].includes(kind))
  return open ? { kind: open } : { kind: 'diverged', which: null }
}

function minus(a: Measured, b: Measured): Measured {
  const isOfOne = a.total !== undefined && a.total === b.total
  return { value: a.value - b.value, ...isOfOne && { correct: a.correct! - b.correct!, total: a.total! } }
}

/** Numbers whose ties are exact. */
export interface Numbers {
  /** Counts where all shares are of one total, else in the measure's unit. */
  readonly values: readonly number[]
  /** What 1 of them is, in the measure's unit. */
  readonly unit: number
  /** Of counts: of how many. */
  readonly total?: number
}

/** second - first of what is complete. */
export function numbersOf(differences: readonly Difference[]): Numbers {
  const complete = differences.map(({ outcome }) => outcome).filter(outcome => outcome.kind === 'complete')
  const total = complete[0]?.first.total
  const isCounted = total !== undefined && complete.every(({ first, second }) => first.total === total && second.total === total)
  return isCounted
    ? { values: complete.map(({ first, second }) => second.correct! - first.correct!), unit: 1 / total, total }
    : { values: complete.map(({ first, second }) => second.value - first.value), unit: 1 }
}
