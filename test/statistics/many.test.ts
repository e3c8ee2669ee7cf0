import { benjaminiHochberg, holm } from '@shared/statistics/many'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const ps = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 6 }).map(n => 2 ** -n)), { minLength: 1, maxLength: 20 })

/** Holm's procedure as its paper words it: reject the smallest p while it is at most α / (number left). */
function stepDown(values: readonly number[], alpha: number): boolean[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const stop = order.findIndex((i, position) => (values.length - position) * values[i]! > alpha)
  const rejected = new Set(stop < 0 ? order : order.slice(0, stop))
  return values.map((_, i) => rejected.has(i))
}

/** Benjamini and Hochberg's: reject the k smallest, k the largest with p(k) ≤ k q / m. */
function stepUp(values: readonly number[], q: number): boolean[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const last = order.findLastIndex((i, position) => values[i]! * values.length / (position + 1) <= q)
  const rejected = new Set(order.slice(0, last + 1))
  return values.map((_, i) => rejected.has(i))
}

describe('many tests', () => {
  it('agree with the textbook', () => {
    // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), 'holm'), and 'BH'.
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02])
    expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.005])).toEqual([0.02, 0.04, 0.04, 0.02])
  })

  it.each([['Holm', holm, stepDown], ['Benjamini-Hochberg', benjaminiHochberg, stepUp]] as const)('reject what the procedure rejects: %s', (_, adjust, procedure) => {
    fc.assert(fc.property(ps, fc.constantFrom(0.01, 0.05, 0.2, 0.5), (values, alpha) => {
      expect(adjust(values).map(p => p! <= alpha)).toEqual(procedure(values, alpha))
    }))
  })

  it('keep the order, never make a p smaller, and stay probabilities; Holm is the stricter one', () => {
    fc.assert(fc.property(ps, (values) => {
      const [strict, mild] = [holm(values) as number[], benjaminiHochberg(values) as number[]]
      for (const [i, p] of values.entries()) {
        expect(mild[i]).toBeGreaterThanOrEqual(p * (1 - 1e-15))
        expect(strict[i]).toBeGreaterThanOrEqual(mild[i]! * (1 - 1e-15))
        expect(strict[i]).toBeLessThanOrEqual(1)
        for (const [j, other] of values.entries()) {
          if (p <= other)
            expect([strict[i]! <= strict[j]!, mild[i]! <= mild[j]!]).toEqual([true, true])
        }
      }
    }))
  })

  it('do not count cells without a p', () => {
    expect(holm([0.02, null, 0.01])).toEqual([0.02, null, 0.02])
    expect(benjaminiHochberg([null, 0.02, 0.01])).toEqual([null, 0.02, 0.02])
    expect(holm([])).toEqual([])
  })

  it('refuse what is no probability', () => {
    expect(() => holm([0.5, Number.NaN])).toThrow('a p-value is between 0 and 1, and one is NaN')
    expect(() => benjaminiHochberg([1.5])).toThrow('and one is 1.5')
  })
})
