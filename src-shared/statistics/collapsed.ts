import { binomialQuantile } from './binomial'

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
