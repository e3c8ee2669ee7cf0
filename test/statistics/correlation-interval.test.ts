import type { Point } from '@shared/statistics/correlation'
import { clusterBootstrap, kendallTauB, spearman } from '@shared/statistics/correlation'
import { correlationInterval } from '@shared/statistics/correlation-interval'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const plain = {
  kendall: (points: readonly Point[]) => kendallTauB(points.map(({ x }) => x), points.map(({ y }) => y))?.tau,
  spearman: (points: readonly Point[]) => spearman(points.map(({ x }) => x), points.map(({ y }) => y))?.rho,
}
/** Few values, so that many tie, and some far apart. */
const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -1e300, max: 1e300 }))
const clusters = fc.array(fc.array(fc.record({ x: value, y: value }), { maxLength: 4 }), { maxLength: 9 })

describe.each(['kendall', 'spearman'] as const)('the interval of %s', (coefficient) => {
  it('is that of the statistic computed anew from the points of each resample', () => {
    fc.assert(fc.property(clusters, fc.nat(100), (clusters, seed) => {
      const resampling = { seed, resamples: 30 }
      const [fast, slow] = [correlationInterval(clusters, coefficient, resampling), clusterBootstrap(clusters, plain[coefficient], resampling)]
      expect(fast === undefined).toBe(slow === undefined)
      if (fast && slow) {
        expect(fast.resamples).toBe(slow.resamples)
        expect(fast.low).toBeCloseTo(slow.low, 10)
        expect(fast.high).toBeCloseTo(slow.high, 10)
      }
    }), { numRuns: 300 })
  })

  it('is what a dependence within clusters makes it: wider than that of as many points on their own', () => {
    // Twelve clusters of six points each that say the same.
    const centres = Array.from({ length: 12 }, (_, i) => ({ x: i, y: (i * 5) % 12 }))
    const grouped = centres.map(({ x, y }) => Array.from({ length: 6 }, (_, k) => ({ x: x + k / 100, y: y + k / 100 })))
    const width = ({ low, high }: { low: number, high: number }): number => high - low
    expect(width(correlationInterval(grouped, coefficient, { seed: 1 })!)).toBeGreaterThan(1.5 * width(correlationInterval(grouped.flat().map(point => [point]), coefficient, { seed: 1 })!))
  })

  it('is the same again by the same seed, and none of fewer than two clusters', () => {
    const some = [[{ x: 1, y: 2 }], [{ x: 2, y: 1 }, { x: 3, y: 4 }], [{ x: 4, y: 3 }]]
    expect(correlationInterval(some, coefficient, { seed: 7 })).toEqual(correlationInterval(some, coefficient, { seed: 7 }))
    expect(correlationInterval([some.flat()], coefficient, { seed: 7 })).toBeUndefined()
    expect(correlationInterval([[{ x: 1, y: 1 }], [{ x: 1, y: 2 }]], coefficient, { seed: 7 })).toBeUndefined()
  })
})
