import type { MeanSd } from './mean'
import { plural } from '../words'
import { differencesOfCounts } from './counts'
import { meanSd } from './mean'
import { signedRank } from './wilcoxon'

/** What became of a pair, for a comparison: values of its two sides where both ended finite. */
export interface ComparedPair {
  readonly treatment: string
  readonly capacity: number
  readonly seed: number
  readonly outcome:
    | { readonly kind: 'complete', readonly dense: SideValues, readonly sparse: SideValues }
    /** Why it has no values; where its sides differ in that, the first of `incomplete` that is true. */
    | { readonly kind: Incomplete }
}

/** What can become of a pair without both its values: a side failed, was cancelled, diverged, or has not ended yet. */
export const incomplete = ['failed', 'cancelled', 'diverged', 'unfinished'] as const
export type Incomplete = typeof incomplete[number]

export interface SideValues {
  /** Final accuracy on the whole test set, 0 .. 1: `correct` of `total`. */
  readonly accuracy: number
  /** Tests take these: whole numbers tie where they are equal. */
  readonly correct: number
  readonly total: number
  /** Means over the 11 epochs. */
  readonly egf1: number
  readonly egf2: number
  /** Finite but dead: no better than guessing the majority class. */
  readonly collapsed: boolean
}

/** The comparison of the two sides in one treatment, at one capacity or over all. */
export interface ComparedCell {
  readonly treatment: string
  /** Absent where the cell pools all capacities. */
  readonly capacity?: number
  readonly pairs: number
  /** Distinct among the complete pairs. */
  readonly capacities: number
  readonly seeds: number
  readonly diverged: number
  readonly failed: number
  readonly cancelled: number
  readonly unfinished: number
  /** Complete pairs whose sides differ in accuracy at all: only they can speak in a signed-rank test. */
  readonly untied: number
  /** Sides of complete pairs that collapsed; they are kept. */
  readonly collapsed: { readonly dense: number, readonly sparse: number }
  /** One-sided exact Wilcoxon signed-rank p in accuracy; absent where no pair differs. */
  readonly p: { readonly sparseBetter?: number, readonly denseBetter?: number }
  readonly accuracy: ComparedValues
  readonly egf1: ComparedValues
  readonly egf2: ComparedValues
}

export interface ComparedValues {
  readonly dense: MeanSd
  readonly sparse: MeanSd
  /** Sparse - dense, pair by pair. */
  readonly difference: MeanSd
}

/** Per treatment a cell for each capacity, then, where there are several, one over all of them. */
export function compareCells(pairs: readonly ComparedPair[]): ComparedCell[] {
  return [...Map.groupBy(pairs, ({ treatment }) => treatment)].flatMap(([treatment, ofTreatment]) => {
    const byCapacity = [...Map.groupBy(ofTreatment, ({ capacity }) => capacity)].sort(([a], [b]) => a - b)
    return [
      ...byCapacity.map(([capacity, ofCapacity]) => ({ ...cell(treatment, ofCapacity), capacity })),
      ...byCapacity.length > 1 ? [cell(treatment, ofTreatment)] : [],
    ]
  })
}

function cell(treatment: string, pairs: readonly ComparedPair[]): ComparedCell {
  const complete = pairs.flatMap(({ outcome, ...pair }) => outcome.kind === 'complete'
    ? [{ ...pair, ...outcome }]
    : [])
  const count = (kind: ComparedPair['outcome']['kind']): number => pairs.filter(({ outcome }) => outcome.kind === kind).length
  const values = (name: 'accuracy' | 'egf1' | 'egf2'): ComparedValues => ({
    dense: meanSd(complete.map(({ dense }) => dense[name])),
    sparse: meanSd(complete.map(({ sparse }) => sparse[name])),
    difference: meanSd(complete.map(({ dense, sparse }) => sparse[name] - dense[name])),
  })
  return {
    treatment,
    pairs: complete.length,
    capacities: new Set(complete.map(({ capacity }) => capacity)).size,
    seeds: new Set(complete.map(({ seed }) => seed)).size,
    diverged: count('diverged'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    unfinished: count('unfinished'),
    untied: complete.filter(({ dense, sparse }) => dense.correct !== sparse.correct).length,
    collapsed: {
      dense: complete.filter(({ dense }) => dense.collapsed).length,
      sparse: complete.filter(({ sparse }) => sparse.collapsed).length,
    },
    p: pValues(differencesOfCounts(complete.map(({ dense, sparse }) => ({ from: dense, to: sparse }))).differences),
    accuracy: values('accuracy'),
    egf1: values('egf1'),
    egf2: values('egf2'),
  }
}

function pValues(differences: readonly number[]): ComparedCell['p'] {
  const [sparse, dense] = [signedRank(differences, { alternative: 'greater' }), signedRank(differences, { alternative: 'less' })]
  return { ...sparse && { sparseBetter: sparse.p }, ...dense && { denseBetter: dense.p } }
}

/** "8 pairs = 2 capacities x 4 seeds"; the product is left out where some pairs are missing. */
export function pairsInWords({ pairs, capacities, seeds }: Pick<ComparedCell, 'pairs' | 'capacities' | 'seeds'>): string {
  const counted = plural(pairs, 'pair')
  return pairs > 0 && capacities * seeds === pairs
    ? `${counted} = ${plural(capacities, 'capacity', 'capacities')} x ${plural(seeds, 'seed')}`
    : counted
}
