import { datasets } from '@shared/datasets'
import { binomialQuantile } from '@shared/statistics/binomial'
import { isCollapsed } from '@shared/statistics/collapsed'
import { describe, expect, it } from 'vitest'

describe('the binomial quantile', () => {
  it.each([
    [0.99, 10_000, 0.1, 1070],
    [0.99, 256, 0.25, 80],
    [0.99, 20, 1 / 3, 12],
    [0.5, 10, 0.5, 5],
    [0.01, 1000, 0.02, 10],
    [0.99, 10_000, 0.01, 124],
    [0.999, 5, 0.9, 5],
    [0.99, 1, 0.5, 1],
  ])('q = %d of n = %d with p = %d is SciPy\'s binom.ppf, %d', (q, n, p, k) => {
    expect(binomialQuantile(q, n, p)).toBe(k)
  })

  it('is the smallest k that so much of the distribution does not exceed, in exact arithmetic', () => {
    // Primes as denominators: no sum of such a distribution is 99/100 exactly.
    for (const of of [3, 7, 11, 13]) {
      for (let p = 1; p < of; p++) {
        for (let n = 1; n <= 40; n++)
          expect(binomialQuantile(0.99, n, p / of), `${n} times ${p}/${of}`).toBe(exactQuantile(n, BigInt(p), BigInt(of)))
      }
    }
  })

  it('of what always happens is all of them', () => {
    expect(binomialQuantile(0.99, 7, 1)).toBe(7)
  })
})

/** The 99 % quantile of a binomial distribution with probability p / of. */
function exactQuantile(n: number, p: bigint, of: bigint): number {
  let term = (of - p) ** BigInt(n)
  let below = term
  let k = 0
  while (100n * below < 99n * of ** BigInt(n)) {
    k++
    // Each term is a whole number of 1 / ofⁿ.
    term = term * BigInt(n - k + 1) * p / (BigInt(k) * (of - p))
    below += term
  }
  return k
}

describe('a network is collapsed', () => {
  it.each([
    ['Fashion-MNIST', datasets.get('fashion-mnist').facts({}), 1070],
    ['four classes of 64', { test: 256, testMajority: 64 }, 80],
    ['a test set of one class', { test: 10, testMajority: 10 }, 10],
  ])('up to the 99 %% quantile of guessing the majority class and no further: %s', (_, { test, testMajority }, boundary) => {
    const guessing = { examples: test, majority: testMajority }
    expect(isCollapsed(boundary, guessing)).toBe(true)
    expect(isCollapsed(boundary + 1, guessing)).toBe(false)
    expect(isCollapsed(0, guessing)).toBe(true)
  })
})
