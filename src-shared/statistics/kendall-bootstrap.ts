import type { Resampling } from './bootstrap'
import type { Point } from './correlation'
import { percentileInterval } from './bootstrap'

/**
 * `clusterBootstrap` of Kendall's tau-b, to the same bits and ten times faster, so that a whole table has intervals:
 * with wᵢ how often cluster i was drawn, tau-b of all points drawn is wᵀSw / √(wᵀXw · wᵀYw), where the matrices hold, of
 * all pairs of points of two clusters, concordant less discordant ones and those that x and y order.
 * @returns undefined for fewer than two clusters, or where no resample has a tau-b
 * @throws RangeError for a confidence that is not between 0 and 1, and for NaN
 */
export function kendallBootstrap(clusters: readonly (readonly Point[])[], { seed, resamples = 2000, confidence = 0.95, absolute = false }: Pick<Resampling, 'seed'> & Partial<Resampling> & { absolute?: boolean }): { low: number, high: number, resamples: number } | undefined {
  if (clusters.flat().some(({ x, y }) => Number.isNaN(x) || Number.isNaN(y)))
    throw new RangeError('a correlation takes numbers, and one is NaN: leave such points out')
  const size = clusters.length
  const { together, byX, byY } = ordersOf(clusters)
  const often = new Uint32Array(size)
  return percentileInterval(size, { seed, resamples, confidence }, (chosen) => {
    often.fill(0)
    for (const cluster of chosen)
      often[cluster]!++
    let [t, x, y] = [0, 0, 0]
    for (let i = 0; i < size; i++) {
      // Both halves of a symmetric matrix are one twice.
      for (let j = 0; often[i]! > 0 && j <= i; j++) {
        const weight = often[i]! * often[j]! * (i === j ? 1 : 2)
        const pair = i * size + j
        t += weight * together[pair]!
        x += weight * byX[pair]!
        y += weight * byY[pair]!
      }
    }
    const tau = t / Math.sqrt(x * y)
    return x === 0 || y === 0 ? undefined : absolute ? Math.abs(tau) : tau
  })
}

/** Of each two clusters i ≥ j, over all pairs with a point of each: concordant less discordant, and those that x and y order. */
function ordersOf(clusters: readonly (readonly Point[])[]): { together: Float64Array, byX: Float64Array, byY: Float64Array } {
  const size = clusters.length
  const [together, byX, byY] = [new Float64Array(size ** 2), new Float64Array(size ** 2), new Float64Array(size ** 2)]
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      for (const a of clusters[i]!) {
        for (const b of clusters[j]!) {
          const x = sign(a.x, b.x)
          const y = sign(a.y, b.y)
          together[i * size + j]! += x * y
          byX[i * size + j]! += x * x
          byY[i * size + j]! += y * y
        }
      }
    }
  }
  return { together, byX, byY }
}

/** Also of infinities, which have no difference. */
function sign(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
