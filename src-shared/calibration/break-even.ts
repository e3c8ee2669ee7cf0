import type { CurvePoint } from './calibration'

/**
 * The density at which a layer that stores active weights only begins to take longer than the dense product with a
 * mask. The latter does the same at every density, so its median counts; the former can only grow, so what noise makes
 * fall is taken at its mean (isotonic regression). A crossing beyond the measured densities is the last one of them.
 * @param curve by density, the lowest first
 */
export function breakEven(curve: readonly CurvePoint[]): number {
  const masked = curve.map(point => point.masked).sort((a, b) => a - b)[Math.floor(curve.length / 2)]!
  const sparse = growing(curve.map(point => point.sparse))
  const above = sparse.findIndex(seconds => seconds > masked)
  if (above === 0)
    return 0
  if (above < 0)
    return curve.at(-1)!.density
  const [low, high] = [curve[above - 1]!.density, curve[above]!.density]
  const [from, to] = [sparse[above - 1]!, sparse[above]!]
  return low + (high - low) * (masked - from) / (to - from)
}

/** The nearest values, in least squares, that never fall (pool adjacent violators). */
function growing(values: readonly number[]): number[] {
  const pools: { readonly sum: number, readonly count: number }[] = []
  for (const value of values) {
    let pool = { sum: value, count: 1 }
    while (pools.length && mean(pools.at(-1)!) > mean(pool)) {
      const { sum, count } = pools.pop()!
      pool = { sum: pool.sum + sum, count: pool.count + count }
    }
    pools.push(pool)
  }
  return pools.flatMap(pool => Array.from({ length: pool.count }, () => mean(pool)))
}

function mean({ sum, count }: { readonly sum: number, readonly count: number }): number {
  return sum / count
}
