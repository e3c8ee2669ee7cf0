import type { SignedRanks } from './signed-ranks'
import type { Alternative } from './wilcoxon'
import { normalUpperTail } from './normal-tail'

/** Up to so many ranked differences p is exact. */
const EXACT = 200
/** And where so few are not zero, however many zeros are ranked with them: no normal curve describes those. */
const EXACT_NONZERO = 50

/** Whether p is that of all 2ⁿ signs. By what no shift of the differences changes but where nearly all become zero. */
export function isExact({ ranked, doubled }: SignedRanks): boolean {
  return ranked <= EXACT || doubled.length <= EXACT_NONZERO
}

/**
 * How probable a W⁺ at least as extreme is, were the sign of every difference a fair coin; 1 where all are zero. Exact by
 * the recursion over ranks (Hollander, Wolfe and Chicken, Nonparametric Statistical Methods (2014), §3.1), of which
 * doubled ranks with ties are as good a case as 1 .. n. Else normal with mean Σr/2 and variance Σr²/4, which holds the
 * corrections for ties and zeros, and a continuity correction of 1/2. Two-sided is twice the smaller tail.
 */
export function probability(ranks: SignedRanks, alternative: Alternative): number {
  const tail = isExact(ranks) ? exactTail : normalTail
  switch (alternative) {
    case 'greater': return tail(ranks, ranks.positive)
    case 'less': return tail(ranks, ranks.total - ranks.positive)
    case 'two-sided': return Math.min(1, 2 * tail(ranks, Math.max(ranks.positive, ranks.total - ranks.positive)))
  }
}

/** P(Σ of the ranks whose coins show heads ≥ doubled statistic); the distribution is symmetric around half the total. */
function exactTail(ranks: SignedRanks, statistic: number): number {
  // The shorter tail is summed: P(W ≥ w) = P(W ≤ total - w) = 1 - P(W ≤ w - 1).
  return 2 * statistic > ranks.total
    ? lowerTail(ranks.doubled, ranks.total - statistic)
    : 1 - lowerTail(ranks.doubled, statistic - 1)
}

/** P(Σ of the ranks whose coins show heads ≤ most). Without rounding up to 53 ranks: every term is a whole number of 2⁻ⁿ. */
function lowerTail(doubled: readonly number[], most: number): number {
  if (most < 0)
    return 0
  // Sums of even ranks alone are even.
  const unit = doubled.some(rank => rank % 2 === 1) ? 1 : 2
  const last = Math.floor(most / unit)
  const chance = new Float64Array(last + 1)
  chance[0] = 2 ** -doubled.length
  let reached = 0
  for (let i = doubled.length - 1; i >= 0; i--) {
    const rank = doubled[i]! / unit
    reached = Math.min(last, reached + rank)
    for (let sum = reached; sum >= rank; sum--)
      chance[sum]! += chance[sum - rank]!
  }
  let tail = 0
  for (let sum = 0; sum <= last; sum++)
    tail += chance[sum]!
  return tail
}

function normalTail({ doubled, total }: SignedRanks, statistic: number): number {
  const variance = doubled.reduce((sum, rank) => sum + rank ** 2, 0) / 16
  return normalUpperTail((statistic / 2 - total / 4 - 0.5) / Math.sqrt(variance))
}
