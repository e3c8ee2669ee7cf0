import { binomialQuantile } from './binomial'

/** Of values in order, linear between them: Hyndman and Fan's seventh, as NumPy has it. NaN of none. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const i = Math.floor(place)
  const [low, high] = [sorted[i], sorted[Math.min(i + 1, sorted.length - 1)]]
  return low === undefined ? Number.NaN : low + (place - i) * (high! - low)
}

/**
 * The two of n values in order between which the median lies with at least this confidence, whatever the distribution:
 * the k-th and the k-th from the end, k the largest with 2 P(X < k) ≤ 1 - confidence, X binomial (n, ½). Undefined where
 * so few values bound nothing. NIST/SEMATECH e-Handbook, 7.2.6; Conover, Practical Nonparametric Statistics (1999), 3.2.
 */
export function medianInterval(sorted: readonly number[], confidence: number): { readonly low: number, readonly high: number } | undefined {
  const n = sorted.length
  const k = n === 0 ? 0 : binomialQuantile((1 - confidence) / 2, n, 0.5)
  return k > 0 ? { low: sorted[k - 1]!, high: sorted[n - k]! } : undefined
}
