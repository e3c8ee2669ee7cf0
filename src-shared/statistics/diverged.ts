import type { RunValue } from './contrast'
import type { Zeros } from './signed-ranks'
import type { Alternative, SignedRank } from './wilcoxon'
import { signedRank } from './wilcoxon'

/** Two runs that are compared, to - from: dense and sparse, or two treatments of one side. */
export interface ComparedRuns {
  readonly from: RunValue
  readonly to: RunValue
}

/** A test in which divergence is the worst result, and how many pairs it concerns. */
export interface DivergedWorst {
  /** Undefined where no pair speaks. */
  readonly test: SignedRank | undefined
  readonly diverged: { readonly from: number, readonly to: number, readonly both: number }
}

/**
 * The signed-rank test with diverged runs ranked worst (greater values are better): a pair of which one side diverged
 * differs more than any finite one, such pairs tie among themselves, and a pair of which both did has a difference of
 * zero. Pairs that lack a run for another reason are left out. Lachin (1999), Controlled Clinical Trials 20, 408-422.
 * @throws RangeError for a value that is NaN
 */
export function divergedWorst(pairs: readonly ComparedRuns[], options: { alternative?: Alternative, zeros?: Zeros } = {}): DivergedWorst {
  const count = (from: boolean, to: boolean): number =>
    pairs.filter(pair => (pair.from.kind === 'diverged') === from && (pair.to.kind === 'diverged') === to && ended(pair)).length
  return {
    test: signedRank(pairs.filter(ended).map(difference), options),
    diverged: { from: count(true, false), to: count(false, true), both: count(true, true) },
  }
}

/** A pair whose both runs finished or diverged. */
function ended({ from, to }: ComparedRuns): boolean {
  return [from, to].every(({ kind }) => kind === 'finished' || kind === 'diverged')
}

function difference({ from, to }: ComparedRuns): number {
  if (from.kind === 'finished' && to.kind === 'finished')
    return to.value - from.value
  if (from.kind === to.kind)
    return 0
  return from.kind === 'finished' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}
