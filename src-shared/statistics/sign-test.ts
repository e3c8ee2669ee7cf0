import type { Alternative } from './wilcoxon'
import { coinsAtLeast } from './binomial'
import { ascending } from './differences'

/** What a sign test found. */
export interface SignTest {
  /** Differences that are not zero. */
  readonly n: number
  readonly positive: number
  readonly p: number
}

/**
 * The exact sign test: how probable so many positive differences are, were each sign a fair coin; zeros are dropped. It
 * asks nothing of the differences but their sign. Two-sided is twice the smaller tail. Conover, Practical Nonparametric
 * Statistics (1999), §3.4.
 * @returns undefined where no difference is other than zero
 * @throws RangeError for a difference that is NaN
 */
export function signTest(differences: readonly number[], { alternative = 'greater' }: { alternative?: Alternative } = {}): SignTest | undefined {
  const signs = ascending(differences).filter(difference => difference !== 0)
  const n = signs.length
  if (n === 0)
    return undefined
  const positive = signs.filter(difference => difference > 0).length
  return { n, positive, p: probability(n, positive, alternative) }
}

function probability(n: number, positive: number, alternative: Alternative): number {
  switch (alternative) {
    case 'greater': return coinsAtLeast(positive, n)
    case 'less': return coinsAtLeast(n - positive, n)
    case 'two-sided': return Math.min(1, 2 * coinsAtLeast(Math.max(positive, n - positive), n))
  }
}
