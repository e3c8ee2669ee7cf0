import { thinned } from '@shared/comparison/curves/thinned'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '../../seed'

const columns = fc.array(fc.oneof({ weight: 9, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(null) }), { minLength: 1, maxLength: 300 })

describe('a thinned curve', () => {
  it('keeps of each bucket the lowest and the highest value of every column, gaps and both ends, and no more than that', () => {
    fc.assert(fc.property(columns, columns, fc.integer({ min: 1, max: 40 }), (first, other, buckets) => {
      const second = first.map((_, i) => other[i] ?? null)
      const xs = first.map((_, i) => i * i / 7)
      const range = { from: 0, to: xs.at(-1)! || 1, buckets }
      const kept = thinned(xs, [first, second], range)
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b))
      if (xs.length <= 2 * buckets) {
        expect(kept).toHaveLength(xs.length)
        return
      }
      const bucketOf = (i: number): number => Math.min(buckets - 1, Math.floor(xs[i]! / range.to * buckets))
      const all = Map.groupBy(xs.keys(), bucketOf)
      for (const [, inBucket] of all) {
        for (const column of [first, second]) {
          const extremes = (indices: readonly number[]): number[] => {
            const values = indices.flatMap(i => column[i] ?? [])
            return [Math.min(...values), Math.max(...values)]
          }
          const [keptHere, gaps] = [inBucket.filter(i => kept.includes(i)), inBucket.filter(i => column[i] === null)]
          expect(extremes(keptHere)).toEqual(extremes(inBucket))
          expect(keptHere.some(i => column[i] === null)).toBe(gaps.length > 0)
        }
      }
      expect([kept[0], kept.at(-1)]).toEqual([0, xs.length - 1])
      expect(kept.length).toBeLessThanOrEqual(6 * all.size + 2)
    }), cases(200))
  })

  it('of one smooth column has two points a bucket', () => {
    const xs = Array.from({ length: 10_000 }, (_, i) => i)
    const kept = thinned(xs, [xs.map(x => Math.sin(x / 900))], { from: 0, to: 9999, buckets: 400 })
    expect(kept.length).toBeGreaterThan(790)
    expect(kept.length).toBeLessThanOrEqual(802)
  })

  it('loses no spike', () => {
    const values = Array.from({ length: 5000 }, (_, i) => i === 3217 ? 99 : 1)
    expect(thinned(values.map((_, i) => i), [values], { from: 0, to: 4999, buckets: 100 })).toContain(3217)
  })
})
