import { medianInterval, quantile } from '@shared/statistics/quantile'
import { studentQuantile, studentTails } from '@shared/statistics/student-t'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '../seed'

describe('student\'s t', () => {
  it('has the quantiles that SciPy 1.17 gives', () => {
    const expected = [[1, 12.706204736174694], [2, 4.302652729749462], [3, 3.1824463052837078], [4, 2.7764451051977934], [9, 2.262157162798205], [30, 2.0422724563012378], [100, 1.9839715185235518], [999, 1.9623414611334493]]
    for (const [ν, t] of expected)
      expect(studentQuantile(0.95, ν!) / t!).toBeCloseTo(1, 11)
    expect(studentQuantile(0.99, 7)).toBeCloseTo(3.4994832973504924, 11)
  })

  it('has the tails of the Cauchy distribution for one degree of freedom, and of t / √(2 + t²) for two', () => {
    for (const t of [0.1, 1, 12, 1e3]) {
      const tails = (ν: number): number => studentTails(t / Math.sqrt(ν + t * t), ν / (ν + t * t), ν)
      expect(tails(1) / (2 / Math.PI * Math.atan(1 / t))).toBeCloseTo(1, 11)
      // 1 - t/√(2+t²) without cancelling.
      expect(tails(2) / (2 / (2 + t * t) / (1 + t / Math.sqrt(2 + t * t)))).toBeCloseTo(1, 11)
    }
  })
})

describe('quantiles', () => {
  it('are NumPy\'s', () => {
    const sorted = [1, 1.5, 2.6, 3, 4, 9]
    expect([0.25, 0.5, 0.75].map(share => quantile(sorted, share))).toEqual([1.775, expect.closeTo(2.8, 14), 3.75])
    expect([quantile(sorted, 0), quantile(sorted, 1), quantile([7], 0.3)]).toEqual([1, 9, 7])
    expect(quantile([], 0.5)).toBeNaN()
  })
})

describe('the interval of a median', () => {
  it('is between the order statistics that SciPy 1.17 finds by the binomial distribution', () => {
    // k by n, from scipy.stats.binom: the largest with 2 P(X < k) ≤ 0.05.
    const largest = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 8, 8, 8, 9, 9]
    for (const [n, k] of largest.entries()) {
      const sorted = Array.from({ length: n }, (_, i) => i + 1)
      expect(medianInterval(sorted, 0.95)).toEqual(k === 0 ? undefined : { low: k, high: n + 1 - k })
    }
  })

  it('holds the median of a distribution in at least so many of all samples', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 14 }), (n) => {
      // Whether each of n independent values is below the median: all 2ⁿ cases are equally likely.
      let held = 0
      for (let signs = 0; signs < 2 ** n; signs++) {
        const sorted = Array.from({ length: n }, (_, i) => (signs >> i) & 1 ? 1 : -1).sort((a, b) => a - b)
        const found = medianInterval(sorted, 0.9)
        held += found ? Number(found.low <= 0 && found.high >= 0) : 1
      }
      expect(held / 2 ** n).toBeGreaterThanOrEqual(0.9)
    }), cases(20))
  })
})
