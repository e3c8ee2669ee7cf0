import type { Zeros } from './signed-ranks'
import { ascending } from './differences'
import { isExact, probability } from './sign-flips'
import { signedRanksAt } from './signed-ranks'

/** Which differences a small p speaks for: greater than zero, less, or either. */
export type Alternative = 'greater' | 'less' | 'two-sided'

/** What a signed-rank test found. */
export interface SignedRank {
  /** Differences that are not zero. */
  readonly n: number
  readonly zeros: number
  /** W⁺, the sum of the ranks of the positive ones; half ranks where magnitudes tie. */
  readonly statistic: number
  readonly p: number
  /** Whether p is that of all 2ⁿ signs, or a normal approximation. */
  readonly method: 'exact' | 'normal'
  /** Matched rank-biserial correlation, (W⁺ - W⁻) / (W⁺ + W⁻): -1 .. 1. */
  readonly effect: number
}

/**
 * Wilcoxon's signed-rank test of H0: differences are symmetric around zero (or lie to its other side). Magnitudes that
 * tie share the mean of their ranks. Up to 200 differences p is that of all 2ⁿ signs given these very ranks, so that it
 * is exact with ties too; beyond, a normal approximation (see `isExact`, `probability`). Zeros are dropped before
 * ranking (Wilcoxon) or ranked and then dropped (Pratt). Infinite differences are beyond all finite ones and tie.
 * Wilcoxon (1945), Biometrics Bulletin 1(6), 80-83; Pratt (1959), JASA 54, 655-667; effect: Kerby (2014),
 * Comprehensive Psychology 3, 11.IT.3.1.
 * @returns undefined where no difference is other than zero
 * @throws RangeError for a difference that is NaN
 */
export function signedRank(differences: readonly number[], { alternative = 'greater', zeros = 'wilcoxon' }: { alternative?: Alternative, zeros?: Zeros } = {}): SignedRank | undefined {
  const ranks = signedRanksAt(ascending(differences), 0, zeros)
  const n = ranks.doubled.length
  if (n === 0)
    return undefined
  return {
    n,
    zeros: ranks.zeros,
    statistic: ranks.positive / 2,
    p: probability(ranks, alternative),
    method: isExact(ranks) ? 'exact' : 'normal',
    effect: (2 * ranks.positive - ranks.total) / ranks.total,
  }
}
