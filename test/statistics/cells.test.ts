import type { ComparedPair } from '@shared/statistics/cells'
import { compareCells, pairsInWords } from '@shared/statistics/cells'
import { meanSd } from '@shared/statistics/mean'
import { describe, expect, it } from 'vitest'

const TESTED = 1000

function pair(treatment: string, capacity: number, seed: number, dense: number, sparse: number): ComparedPair {
  return {
    treatment,
    capacity,
    seed,
    outcome: { kind: 'complete', dense: { ...counted(dense), egf1: 1, egf2: 2, collapsed: dense <= 0.1 }, sparse: { ...counted(sparse), egf1: 3, egf2: 5, collapsed: sparse <= 0.1 } },
  }
}

function counted(accuracy: number): { accuracy: number, correct: number, total: number } {
  return { accuracy, correct: Math.round(accuracy * TESTED), total: TESTED }
}

describe('cells', () => {
  const pairs: ComparedPair[] = [
    pair('NR', 20, 1, 0.8, 0.7),
    pair('NR', 10, 1, 0.5, 0.6),
    pair('NR', 10, 2, 0.7, 0.6),
    { treatment: 'NR', capacity: 10, seed: 3, outcome: { kind: 'diverged' } },
    { treatment: 'NR', capacity: 20, seed: 2, outcome: { kind: 'unfinished' } },
    pair('BN', 10, 1, 0.9, 0.9),
  ]

  it('compare each treatment at each capacity, then over all of them', () => {
    expect(compareCells(pairs).map(({ treatment, capacity, pairs, diverged, unfinished }) => [treatment, capacity, pairs, diverged, unfinished])).toEqual([
      ['NR', 10, 2, 1, 0],
      ['NR', 20, 1, 0, 1],
      ['NR', undefined, 3, 1, 1],
      ['BN', 10, 1, 0, 0],
    ])
  })

  it('give mean and sd of each side and of the difference, pair by pair', () => {
    const [ten] = compareCells(pairs)
    expect(ten!.accuracy.dense).toEqual({ n: 2, mean: 0.6, sd: expect.closeTo(Math.SQRT2 / 10, 12) as number })
    expect(ten!.accuracy.sparse).toEqual({ n: 2, mean: 0.6, sd: 0 })
    expect(ten!.accuracy.difference).toEqual({ n: 2, mean: expect.closeTo(0, 12) as number, sd: expect.closeTo(Math.SQRT2 / 10, 12) as number })
    expect(ten!.egf2.difference.mean).toBe(3)
  })

  it('count the pairs that differ in accuracy at all, and the sides that collapsed', () => {
    const counted = compareCells([
      pair('NR', 10, 1, 0.5, 0.5),
      pair('NR', 10, 2, 0.1, 0.6),
      pair('NR', 10, 3, 0.1, 0.1),
      pair('NR', 20, 1, 0.7, 0.1),
      pair('NR', 20, 2, 0.1, 0.8),
      { treatment: 'NR', capacity: 20, seed: 3, outcome: { kind: 'diverged' } },
    ])
    expect(counted.map(({ capacity, pairs, untied, collapsed }) => ({ capacity, pairs, untied, collapsed }))).toEqual([
      { capacity: 10, pairs: 3, untied: 1, collapsed: { dense: 2, sparse: 1 } },
      { capacity: 20, pairs: 2, untied: 2, collapsed: { dense: 1, sparse: 1 } },
      { capacity: undefined, pairs: 5, untied: 3, collapsed: { dense: 3, sparse: 2 } },
    ])
    // They are kept.
    expect(counted[1]!.accuracy.dense.mean).toBeCloseTo(0.4, 12)
  })

  it('test counts, in which equal differences tie: both directions', () => {
    // 0.93 - 0.92 and 0.12 - 0.11 differ as floating-point numbers. Ranks are 1.5, 1.5, 3: W+ 4.5 and 1.5.
    const [cell] = compareCells([pair('NR', 10, 1, 0.92, 0.93), pair('NR', 10, 2, 0.12, 0.11), pair('NR', 10, 3, 0.71, 0.75), pair('NR', 10, 4, 0.5, 0.5)])
    expect(cell!.p).toEqual({ sparseBetter: 3 / 8, denseBetter: 7 / 8 })
    expect(compareCells([pair('NR', 10, 1, 0.5, 0.5)])[0]!.p).toEqual({})
  })

  it('count pairs of which a side failed apart from those that are unfinished', () => {
    const outcome = (kind: 'failed' | 'unfinished' | 'diverged', seed: number): ComparedPair => ({ treatment: 'NR', capacity: 10, seed, outcome: { kind } })
    expect(compareCells([outcome('failed', 1), outcome('failed', 2), outcome('failed', 3), outcome('unfinished', 4), outcome('diverged', 5), outcome('diverged', 6)]))
      .toMatchObject([{ pairs: 0, failed: 3, unfinished: 1, diverged: 2, untied: 0, collapsed: { dense: 0, sparse: 0 } }])
  })

  it('say their n in words', () => {
    const [ten, twenty, all, bn] = compareCells(pairs)
    expect(pairsInWords(ten!)).toBe('2 pairs = 1 capacity x 2 seeds')
    expect(pairsInWords(twenty!)).toBe('1 pair = 1 capacity x 1 seed')
    expect(pairsInWords(all!)).toBe('3 pairs')
    expect(pairsInWords(bn!)).toBe('1 pair = 1 capacity x 1 seed')
    expect(pairsInWords({ pairs: 0, capacities: 0, seeds: 0 })).toBe('0 pairs')
  })
})

it('mean and sd are those of a sample', () => {
  expect(meanSd([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ n: 8, mean: 5, sd: expect.closeTo(2.138089935299395, 12) as number }) // numpy.std(ddof=1)
  expect(meanSd([3])).toEqual({ n: 1, mean: 3, sd: Number.NaN })
  expect(meanSd([])).toEqual({ n: 0, mean: Number.NaN, sd: Number.NaN })
})
