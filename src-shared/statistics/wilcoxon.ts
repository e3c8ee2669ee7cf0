/** A signed-rank test: how many differences spoke, W⁺, and P(W⁺ ≥ it) were signs fair coins. */
export interface SignedRank {
  /** Differences that are not zero. */
  readonly n: number
  /** W⁺, the sum of the ranks of the positive ones; half ranks where magnitudes tie. */
  readonly statistic: number
  /** Exact, one-sided: small where differences tend to be greater than zero. */
  readonly p: number
}

/** Magnitudes that are equal but for the rounding of a subtraction tie: 0.93 - 0.92 and 0.12 - 0.11. */
const ROUNDING = 1e-9

/**
 * Exact one-sided Wilcoxon signed-rank test of H0: differences are symmetric around zero (or lie below it). Zeros are
 * dropped, ties get the mean of their ranks, and the distribution is that of all 2ⁿ signs given these very ranks, so
 * that it is exact with ties too. Wilcoxon (1945), Biometrics Bulletin 1(6), 80-83; the recursion over ranks as in
 * Hollander, Wolfe and Chicken, Nonparametric Statistical Methods (2014), §3.1.
 * @returns undefined where every difference is zero
 * @throws RangeError for a difference that is not finite
 */
export function signedRank(differences: readonly number[]): SignedRank | undefined {
  const strange = differences.find(difference => !Number.isFinite(difference))
  if (strange !== undefined)
    throw new RangeError(`a signed-rank test takes finite differences, and one is ${strange}`)
  const sorted = differences.filter(difference => difference !== 0).sort((a, b) => Math.abs(a) - Math.abs(b))
  if (sorted.length === 0)
    return undefined
  const ranks = doubledRanks(sorted.map(Math.abs))
  const statistic = ranks.reduce((sum, rank, i) => sorted[i]! > 0 ? sum + rank : sum, 0)
  return { n: sorted.length, statistic: statistic / 2, p: upperTail(ranks, statistic) }
}

/** Twice the midranks, whole numbers, of magnitudes in ascending order. */
function doubledRanks(magnitudes: readonly number[]): number[] {
  const tolerance = ROUNDING * magnitudes.at(-1)!
  const ranks: number[] = []
  while (ranks.length < magnitudes.length) {
    const first = ranks.length
    let end = first + 1
    while (end < magnitudes.length && magnitudes[end]! - magnitudes[first]! <= tolerance)
      end++
    // The mean of the ranks first + 1 .. end, doubled.
    ranks.push(...Array.from<number>({ length: end - first }).fill(first + 1 + end))
  }
  return ranks
}

/** P(Σ of the ranks whose coins show heads ≥ statistic). */
function upperTail(ranks: readonly number[], statistic: number): number {
  const probability = distributionOf(ranks)
  let tail = 0
  // The smallest summands first.
  for (let sum = probability.length - 1; sum >= statistic; sum--)
    tail += probability[sum]!
  return Math.min(1, tail)
}

/** Distributions that are kept: both directions of a test have one, and so has a table that is shown again. */
const KEPT = 32
const kept = new Map<string, Float64Array>()

/** P(Σ of the ranks whose coins show heads = index), one coin after the other. */
function distributionOf(ranks: readonly number[]): Float64Array {
  const key = ranks.join()
  const known = kept.get(key)
  if (known)
    return known
  const total = ranks.reduce((sum, rank) => sum + rank, 0)
  const probability = new Float64Array(total + 1)
  probability[0] = 1
  let reached = 0
  for (const rank of ranks) {
    for (let sum = reached; sum >= 0; sum--) {
      const half = probability[sum]! / 2
      probability[sum] = half
      probability[sum + rank]! += half
    }
    reached += rank
  }
  kept.set(key, probability)
  if (kept.size > KEPT)
    kept.delete(kept.keys().next().value!)
  return probability
}
