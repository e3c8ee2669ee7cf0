/**
 * P(X = k), k = 0 .. n, of X binomial (n, p), each times one same number: relative to the mode's, so that nothing
 * underflows where it matters.
 */
export function binomialWeights(n: number, p: number): Float64Array {
  const weights = new Float64Array(n + 1)
  const mode = Math.min(n, Math.floor((n + 1) * p))
  weights[mode] = 1
  for (let k = mode; k < n; k++)
    weights[k + 1] = weights[k]! * (n - k) / (k + 1) * p / (1 - p)
  for (let k = mode; k > 0; k--)
    weights[k - 1] = weights[k]! * k / (n - k + 1) * (1 - p) / p
  return weights
}

/** The smallest k with P(X ≤ k) ≥ q for X binomial (n, p). */
export function binomialQuantile(q: number, n: number, p: number): number {
  if (p >= 1)
    return n
  const weights = binomialWeights(n, p)
  const total = sum(weights)
  let below = 0
  for (let k = 0; k <= n; k++) {
    below += weights[k]!
    if (below >= q * total)
      return k
  }
  return n
}

/** P(X ≥ k) of n fair coins. */
export function coinsAtLeast(k: number, n: number): number {
  const weights = binomialWeights(n, 0.5)
  return sum(weights.subarray(k)) / sum(weights)
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
