/** A network is called collapsed if it answers no better than this quantile of guessing the majority class. */
const QUANTILE = 0.99

/**
 * Whether so many correct answers are within the 99 % binomial quantile of guessing the majority class each time.
 * @param test number of test examples, and how many of them are of the largest class
 */
export function isCollapsed(correct: number, test: { examples: number, majority: number }): boolean {
  return correct <= guessing(test.examples, test.majority)
}

/** By test set: thousands of runs share one. */
const quantiles = new Map<string, number>()

function guessing(examples: number, majority: number): number {
  const key = `${majority} of ${examples}`
  const known = quantiles.get(key) ?? binomialQuantile(QUANTILE, examples, majority / examples)
  quantiles.set(key, known)
  return known
}

/** The smallest k with P(X ≤ k) ≥ q for X binomial (n, p). */
export function binomialQuantile(q: number, n: number, p: number): number {
  if (p >= 1)
    return n
  const mode = Math.min(n, Math.floor((n + 1) * p))
  // Relative to the mode's, so that nothing underflows where it matters.
  const weights = new Float64Array(n + 1)
  weights[mode] = 1
  for (let k = mode; k < n; k++)
    weights[k + 1] = weights[k]! * (n - k) / (k + 1) * p / (1 - p)
  for (let k = mode; k > 0; k--)
    weights[k - 1] = weights[k]! * k / (n - k + 1) * (1 - p) / p
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let below = 0
  for (let k = 0; k <= n; k++) {
    below += weights[k]!
    if (below >= q * total)
      return k
  }
  return n
}
