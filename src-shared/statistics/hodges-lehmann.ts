import type { Interval } from './inversion'
import type { Alternative } from './wilcoxon'
import { ascendingFinite } from './differences'
import { intervalOf, walshAverages } from './inversion'
import { pairsNeeded } from './power'

/** The centre of differences, and how well so many pairs tell it. */
export interface HodgesLehmann {
  readonly estimate: number
  readonly interval:
    | { readonly kind: 'interval' } & Interval
    /** The test rejects no shift at all with so few pairs; with `needed` there is an interval. */
    | { readonly kind: 'too-few', readonly pairs: number, readonly needed: number }
}

/**
 * The median of the Walsh averages, and the interval of all shifts that the signed-rank test, zeros by Pratt, does not
 * reject at α = 1 - confidence: two-sided, or with one end ('greater': a lower one). Hodges and Lehmann (1963), Annals of
 * Mathematical Statistics 34, 598-611.
 * @returns undefined for no differences
 * @throws RangeError for a difference that is not finite, or a confidence that is not between 0 and 1
 */
export function hodgesLehmann(differences: readonly number[], { confidence = 0.95, alternative = 'two-sided' }: { confidence?: number, alternative?: Alternative } = {}): HodgesLehmann | undefined {
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`a confidence is between 0 and 1, not ${confidence}`)
  const alpha = 1 - confidence
  const ascending = ascendingFinite(differences)
  if (ascending.length === 0)
    return undefined
  const averages = walshAverages(ascending)
  const interval = intervalOf(ascending, averages, alpha, alternative)
  return {
    estimate: medianOf(averages),
    interval: Number.isFinite(interval.low) || Number.isFinite(interval.high)
      ? { kind: 'interval', ...interval }
      : { kind: 'too-few', pairs: ascending.length, needed: pairsNeeded({ alpha, alternative }) },
  }
}

function medianOf(ascending: Float64Array): number {
  const middle = ascending.length >> 1
  return ascending.length % 2 === 1 ? ascending[middle]! : ascending[middle - 1]! / 2 + ascending[middle]! / 2
}
