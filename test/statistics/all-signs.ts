import type { Zeros } from '@shared/statistics/signed-ranks'

/** What a signed-rank test is by its definition, by trying all signs. For lists of up to 16 whole numbers. */
export interface AllSigns {
  readonly n: number
  readonly statistic: number
  readonly greater: number
  readonly less: number
  readonly twoSided: number
}

export function byAllSigns(differences: readonly number[], zeros: Zeros): AllSigns {
  const magnitudes = differences.filter(value => zeros === 'pratt' || value !== 0).map(Math.abs)
  const rank = (magnitude: number): number =>
    magnitudes.filter(other => other < magnitude).length + (magnitudes.filter(other => other === magnitude).length + 1) / 2
  const signed = differences.filter(value => value !== 0)
  const ranks = signed.map(value => rank(Math.abs(value)))
  const statistic = ranks.reduce((sum, one, i) => signed[i]! > 0 ? sum + one : sum, 0)
  // W+ of every pattern of signs: with the next difference negative, then positive.
  const all = ranks.reduce<number[]>((sums, one) => [...sums, ...sums.map(sum => sum + one)], [0])
  const share = (isAsExtreme: (sum: number) => boolean): number => all.filter(isAsExtreme).length / all.length
  const centre = ranks.reduce((sum, one) => sum + one, 0) / 2
  return {
    n: signed.length,
    statistic,
    greater: share(sum => sum >= statistic),
    less: share(sum => sum <= statistic),
    twoSided: share(sum => Math.abs(sum - centre) >= Math.abs(statistic - centre)),
  }
}
