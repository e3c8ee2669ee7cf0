/** What becomes of differences of zero: dropped before ranking, or ranked and then dropped. */
export type Zeros = 'wilcoxon' | 'pratt'

/** The ranks of the magnitudes of differences, doubled so that the mean ranks of ties are whole numbers. */
export interface SignedRanks {
  /** Of those that are not zero, in descending order. */
  readonly doubled: readonly number[]
  readonly zeros: number
  /** How many were ranked: with Pratt's zeros all, with Wilcoxon's those that are not zero. */
  readonly ranked: number
  /** Twice W⁺, the sum over positive differences. */
  readonly positive: number
  /** The sum of `doubled`. */
  readonly total: number
}

/**
 * The signed ranks of differences less a shift. With Pratt's zeros, what the differences of any subset F sum to,
 * Σ_F sign(dᵢ)·rankᵢ = ½ Σ_F [sign(dᵢ) + Σⱼ sign(dᵢ + dⱼ) + Σⱼ sign(xᵢ - xⱼ)], can only fall as the shift grows.
 * @param ascending in ascending order, none NaN
 */
export function signedRanksAt(ascending: Float64Array, shift: number, policy: Zeros): SignedRanks {
  const doubled: number[] = []
  const at = (i: number): number => ascending[i]! - shift
  let [low, high] = [0, ascending.length - 1]
  let [positives, positive, total] = [0, 0, 0]
  // The largest magnitude that is left stands at an end.
  while (low <= high) {
    const magnitude = Math.max(Math.abs(at(low)), Math.abs(at(high)))
    if (magnitude === 0)
      break
    const left = high - low + 1
    let above = 0
    while (low <= high && at(high) === magnitude) {
      high--
      above++
    }
    while (low <= high && at(low) === -magnitude)
      low++
    const tied = left - (high - low + 1)
    // Twice the mean of the ranks left - tied + 1 .. left.
    const rank = 2 * left - tied + 1
    for (let i = 0; i < tied; i++)
      doubled.push(rank)
    positives += above
    positive += above * rank
    total += tied * rank
  }
  const zeros = high - low + 1
  if (policy === 'pratt' || zeros === 0)
    return { doubled, zeros, ranked: ascending.length, positive, total }
  const less = 2 * zeros
  return {
    doubled: doubled.map(rank => rank - less),
    zeros,
    ranked: doubled.length,
    positive: positive - less * positives,
    total: total - less * doubled.length,
  }
}
