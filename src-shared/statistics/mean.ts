/** Mean and sample standard deviation (n - 1). */
export interface MeanSd {
  readonly n: number
  /** NaN if n is 0. */
  readonly mean: number
  /** NaN if n is below 2. */
  readonly sd: number
}

export function meanSd(values: readonly number[]): MeanSd {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { n, mean, sd: n < 2 ? Number.NaN : Math.sqrt(squares / (n - 1)) }
}
