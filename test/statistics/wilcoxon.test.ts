import { signedRank } from '@shared/statistics/wilcoxon'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** P(W⁺ ≥ observed) by trying all signs, with ranks as their definition counts them. */
function byAllSigns(differences: readonly number[]): { n: number, statistic: number, p: number } {
  const values = differences.filter(value => value !== 0)
  const magnitudes = values.map(Math.abs)
  const rank = (magnitude: number): number =>
    magnitudes.filter(other => other < magnitude).length + (magnitudes.filter(other => other === magnitude).length + 1) / 2
  const ranks = magnitudes.map(rank)
  const sum = (heads: (i: number) => boolean): number => ranks.reduce((total, one, i) => heads(i) ? total + one : total, 0)
  const statistic = sum(i => values[i]! > 0)
  const patterns = Array.from({ length: 2 ** values.length }, (_, signs) => signs)
  const extreme = patterns.filter(signs => sum(i => (signs >> i & 1) === 1) >= statistic).length
  return { n: values.length, statistic, p: extreme / patterns.length }
}

describe('the signed-rank test', () => {
  it('is exact with ties and zeros: brute force over all signs', () => {
    // Few distinct whole numbers: ties and zeros abound.
    fc.assert(fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 12 }), (differences) => {
      if (differences.every(difference => difference === 0))
        expect(signedRank(differences)).toBeUndefined()
      else
        expect(signedRank(differences)).toEqual(byAllSigns(differences))
    }), { numRuns: 150 })
  })

  it.each<[string, number[], number, number]>([
    // scipy.stats.wilcoxon 1.17.1: method='exact'; with ties or zeros PermutationMethod(n_resamples=inf).
    ['eight', [1.1, -0.3, 2.2, 0.7, -1.4, 3.1, 0.9, 1.6], 30, 0.0546875],
    ['ties', [2, -2, 3, 3, -1, 5, 4, 2, 2, -3], 43.5, 0.0625],
    ['zeros', [1, 2, 3, 0, 0, -1, 4, 4, -2], 23, 0.0859375],
    ['forty', Array.from({ length: 40 }, (_, i) => (i * 7919 % 10 < 4 ? -1 : 1) * (i + 1)), 468, 0.2218666590142675],
  ])('agrees with SciPy: %s', (_, differences, statistic, p) => {
    const found = signedRank(differences)!
    expect(found.statistic).toBe(statistic)
    expect(found.p).toBeCloseTo(p, 14)
  })

  it('is symmetric: both directions share the probability of what was observed, and signs and order mirror', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -9, max: 9 }).filter(value => value !== 0), { minLength: 1, maxLength: 60 }), (differences) => {
      const up = signedRank(differences)!
      const down = signedRank(differences.map(difference => -difference))!
      expect(up.statistic + down.statistic).toBe(up.n * (up.n + 1) / 2)
      expect(up.p + down.p).toBeGreaterThanOrEqual(1 - 1e-12)
      expect(signedRank(differences.toReversed())!.p).toBe(up.p)
      expect(signedRank(differences.map(difference => difference * 0.125))!.p).toBe(up.p)
    }))
  })

  it('ties what is equal but for the rounding of a subtraction', () => {
    expect(0.93 - 0.92).not.toBe(0.12 - 0.11)
    expect(signedRank([0.93 - 0.92, 0.11 - 0.12, 0.75 - 0.71])).toEqual(signedRank([1, -1, 4]))
  })

  it('reaches 2⁻ⁿ and no less, for hundreds of pairs too, at once', () => {
    for (const n of [1, 6, 500]) {
      expect(signedRank(Array.from({ length: n }, (_, i) => i + 1))!.p).toBe(2 ** -n)
      expect(signedRank(Array.from({ length: n }, (_, i) => -i - 1))!.p).toBeCloseTo(1, 12)
    }
  })

  it('has no answer where nothing differs, and refuses what is not finite', () => {
    expect(signedRank([])).toBeUndefined()
    expect(signedRank([0, -0])).toBeUndefined()
    expect(() => signedRank([1, Number.NaN])).toThrow('takes finite differences, and one is NaN')
  })
})
