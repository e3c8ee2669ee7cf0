import { bootstrapMean } from '@shared/statistics/bootstrap'
import { clusterBootstrap, kendallTauB } from '@shared/statistics/correlation'
import { meanSd } from '@shared/statistics/mean'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '../seed'

/** Quantiles of the mean over all nⁿ samples, each as likely as any other. */
function byAllSamples(values: readonly number[], q: number): number {
  const sums = values.reduce<number[]>(sums => sums.flatMap(sum => values.map(value => sum + value)), [0]).sort((a, b) => a - b)
  return sums[Math.round(q * (sums.length - 1))]! / values.length
}

describe('the bootstrap of a mean', () => {
  it('comes near the quantiles of all samples that can be drawn', () => {
    const values = [3, 10, 11, 19, 40, 47]
    const { low, high } = bootstrapMean(values, { seed: 1, resamples: 20_000, confidence: 0.9 })!
    expect(Math.abs(low - byAllSamples(values, 0.05))).toBeLessThan(0.6)
    expect(Math.abs(high - byAllSamples(values, 0.95))).toBeLessThan(0.6)
  })

  it('is the same for the same seed, moves with its values, and holds more with more confidence', () => {
    const values = [-3, 1, 4, 8, 2]
    const interval = bootstrapMean(values, { seed: 7 })!
    expect(bootstrapMean(values, { seed: 7 })).toEqual(interval)
    expect(bootstrapMean(values, { seed: 8, resamples: 50 })).not.toEqual(bootstrapMean(values, { seed: 7, resamples: 50 }))
    const moved = bootstrapMean(values.map(value => 2 * value + 1), { seed: 7 })!
    expect([moved.low, moved.high]).toEqual([2 * interval.low + 1, 2 * interval.high + 1].map(end => expect.closeTo(end, 12)))
    const wide = bootstrapMean(values, { seed: 7, confidence: 0.99 })!
    expect(wide.low).toBeLessThan(interval.low)
    expect(wide.high).toBeGreaterThan(interval.high)
  })

  it('lies within the values and around their mean', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 2, maxLength: 12 }), fc.nat(), (values, seed) => {
      const { low, high } = bootstrapMean(values, { seed, resamples: 500 })!
      expect(low).toBeGreaterThanOrEqual(Math.min(...values))
      expect(high).toBeLessThanOrEqual(Math.max(...values))
      expect(low).toBeLessThanOrEqual(meanSd(values).mean)
      expect(high).toBeGreaterThanOrEqual(meanSd(values).mean)
    }), cases(50))
  })

  it('needs two values, and refuses what has no mean', () => {
    expect(bootstrapMean([], { seed: 1 })).toBeUndefined()
    expect(bootstrapMean([4], { seed: 1 })).toBeUndefined()
    expect(bootstrapMean([4, 4], { seed: 1 })).toEqual({ low: 4, high: 4 })
    expect(() => bootstrapMean([1, Infinity], { seed: 1 })).toThrow('a mean is taken of finite values, and one is Infinity')
    expect(() => bootstrapMean([1, 2], { seed: 1, confidence: 95 })).toThrow('a confidence is between 0 and 1, not 95')
  })
})

describe('the bootstrap over clusters', () => {
  const tau = (points: readonly { x: number, y: number }[]): number | undefined => kendallTauB(points.map(({ x }) => x), points.map(({ y }) => y))?.tau

  it('draws whole clusters, as many as there are', () => {
    const clusters = [[1, 2], [30], [400, 500, 600]].map((xs, cluster) => xs.map(x => ({ x, y: cluster })))
    clusterBootstrap(clusters, (points) => {
      const counts = clusters.map((cluster, i) => points.filter(({ y }) => y === i).length / cluster.length)
      expect(counts.every(Number.isInteger)).toBe(true)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3)
      return 0
    }, { seed: 3, resamples: 200 })
  })

  it('is wider than one over points where the points of a cluster say the same', () => {
    // Six clusters of five equal points say no more than six points.
    const six = [[1, 3], [2, 1], [3, 5], [4, 2], [5, 6], [6, 4]].map(([x, y]) => ({ x: x!, y: y! }))
    const clustered = clusterBootstrap(six.map(point => Array.from<typeof point>({ length: 5 }).fill(point)), tau, { seed: 1 })!
    const pointwise = clusterBootstrap(six.flatMap(point => Array.from({ length: 5 }, () => [point])), tau, { seed: 1 })!
    expect(clustered).toEqual(clusterBootstrap(six.map(point => [point]), tau, { seed: 1 }))
    expect(clustered.high - clustered.low).toBeGreaterThan(1.5 * (pointwise.high - pointwise.low))
  })

  it('counts the resamples in which the statistic exists', () => {
    // Of two clusters the same is drawn twice half of the time, and one point has no tau.
    const two = [[{ x: 1, y: 1 }], [{ x: 2, y: 2 }]]
    const found = clusterBootstrap(two, tau, { seed: 1, resamples: 1000 })!
    expect(found).toMatchObject({ low: 1, high: 1 })
    expect(Math.abs(found.resamples - 500)).toBeLessThan(60)
    expect(clusterBootstrap(two, () => undefined, { seed: 1 })).toBeUndefined()
    expect(clusterBootstrap(two.slice(1), tau, { seed: 1 })).toBeUndefined()
  })
})
