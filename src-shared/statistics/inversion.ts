import type { Alternative } from './wilcoxon'
import { probability } from './sign-flips'
import { signedRanksAt } from './signed-ranks'

/** Shifts that no test rejects, from one end to the other. */
export interface Interval {
  /** -Infinity where it has no lower end. */
  readonly low: number
  /** Whether the end itself belongs to it. */
  readonly lowIncluded: boolean
  /** Infinity where it has no upper end. */
  readonly high: number
  readonly highIncluded: boolean
}

/** One end of an interval. */
interface Limit {
  readonly value: number
  readonly included: boolean
}

/**
 * P of H0: the differences are symmetric around the shift (or lie to its other side), zeros by Pratt; 1 where all are equal
 * to it. Monotone in the shift: whatever signs are flipped, the signed ranks of the flipped differences sum to less as the
 * shift grows (`signedRanksAt`), and a flip counts as at least as extreme exactly where that sum is not positive.
 */
export function probabilityAt(ascending: Float64Array, shift: number, alternative: 'greater' | 'less'): number {
  return probability(signedRanksAt(ascending, shift, 'pratt'), alternative)
}

/** The shifts that a signed-rank test at α does not reject; a two-sided one is two of α/2, and a one-sided has one end. */
export function intervalOf(ascending: Float64Array, averages: Float64Array, alpha: number, alternative: Alternative): Interval {
  const each = alternative === 'two-sided' ? alpha / 2 : alpha
  const low = alternative === 'less' ? undefined : limitOf(ascending, averages, each, 'greater')
  const high = alternative === 'greater' ? undefined : limitOf(ascending, averages, each, 'less')
  return {
    low: low?.value ?? Number.NEGATIVE_INFINITY,
    lowIncluded: low?.included ?? false,
    high: high?.value ?? Number.POSITIVE_INFINITY,
    highIncluded: high?.included ?? false,
  }
}

/**
 * The end of the shifts that a signed-rank test at α does not reject: the lower end of a 'greater' test, the upper end of
 * a 'less' one; p ≤ α exactly for shifts beyond it. As p changes at Walsh averages alone and is monotone, the end is one
 * of them, in or out, and is searched for among averages and the gaps between them. Without ties this is the order
 * statistic of Hollander, Wolfe and Chicken, Nonparametric Statistical Methods (2014), §3.3.
 * @param ascending finite, in ascending order
 * @param averages their Walsh averages
 */
function limitOf(ascending: Float64Array, averages: Float64Array, alpha: number, alternative: 'greater' | 'less'): Limit {
  const last = averages.length - 1
  const upward = alternative === 'greater'
  const outside = upward ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const average = (i: number): number => averages[upward ? i : last - i]!
  const rejected = (shift: number): boolean => probabilityAt(ascending, shift, alternative) <= alpha
  // Place 2i is the i-th average from the end where all is rejected, place 2i + 1 the gap after it; after the last p is 1.
  const rejectedAt = (place: number): boolean =>
    rejected(place % 2 === 0 ? average(place / 2) : average((place - 1) / 2) / 2 + average((place + 1) / 2) / 2)
  const place = firstKept(rejectedAt, 2 * last + 1, 2 * untiedOrder(ascending.length, alpha))
  return place <= 0 && !rejected(outside)
    ? { value: outside, included: false }
    : { value: average(place >> 1), included: place % 2 === 0 }
}

/** The means of all pairs of differences, each with itself too, in ascending order. */
export function walshAverages(differences: Float64Array): Float64Array {
  const n = differences.length
  const averages = new Float64Array(n * (n + 1) / 2)
  let k = 0
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++)
      averages[k++] = differences[i]! / 2 + differences[j]! / 2
  }
  return averages.sort()
}

/** The first place that is not rejected, all before it being; the last is not. Quick where it is near the guess. */
function firstKept(rejectedAt: (place: number) => boolean, last: number, guess: number): number {
  let [rejected, kept, stride] = [-1, last, 1]
  let place = Math.min(guess, last - 1)
  while (kept - rejected > 1) {
    if (rejectedAt(place))
      rejected = place
    else
      kept = place
    const isBetween = rejected >= 0 && kept < last
    place = isBetween ? (rejected + kept) >> 1 : rejected < 0 ? Math.max(0, kept - stride) : Math.min(last - 1, rejected + stride)
    stride *= 2
  }
  return kept
}

/** By number of differences and α: every cell of a table asks for the same. */
const orders = new Map<string, number>()

/** Which Walsh average from its end is the limit where nothing ties: so many may lie beyond a shift that is rejected. */
function untiedOrder(n: number, alpha: number): number {
  const key = `${n} ${alpha}`
  const known = orders.get(key)
  if (known !== undefined)
    return known
  const doubled = Array.from({ length: n }, (_, i) => 2 * (n - i))
  const total = n * (n + 1)
  const rejectedWith = (beyond: number): boolean =>
    probability({ doubled, zeros: 0, ranked: n, positive: total - 2 * beyond, total }, 'greater') <= alpha
  // About where a 5 % test has it.
  const guess = Math.max(0, Math.round(total / 4 - 1.64 * Math.sqrt(total * (2 * n + 1) / 24)))
  const order = firstKept(rejectedWith, total / 2, guess)
  orders.set(key, order)
  return order
}
