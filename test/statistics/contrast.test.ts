import type { RunValue, TreatedPair, TreatedRun } from '@shared/statistics/contrast'
import { contrast, differenceInDifferences } from '@shared/statistics/contrast'
import { describe, expect, it } from 'vitest'

const value = (of: number | Exclude<RunValue['kind'], 'finished'>): RunValue => typeof of === 'number' ? { kind: 'finished', value: of } : { kind: of }
type Given = Parameters<typeof value>[0]
const run = (capacity: number, seed: number, of: Given): TreatedRun => ({ capacity, seed, run: value(of) })
const pair = (capacity: number, seed: number, dense: Given, sparse: Given): TreatedPair => ({ capacity, seed, dense: value(dense), sparse: value(sparse) })

describe('a contrast of two treatments', () => {
  it('pairs runs by capacity and seed, in whatever order they come', () => {
    expect(contrast(
      [run(10, 1, 80), run(10, 2, 70), run(20, 1, 90)],
      [run(20, 1, 91), run(10, 1, 85), run(10, 2, 60)],
    )).toEqual({
      pairs: [{ capacity: 10, seed: 1, difference: 5 }, { capacity: 10, seed: 2, difference: -10 }, { capacity: 20, seed: 1, difference: 1 }],
      leftOut: [],
    })
  })

  it('leaves out what is not in both or did not finish, and says why', () => {
    expect(contrast(
      [run(10, 1, 80), run(10, 2, 'diverged'), run(10, 3, 'unfinished'), run(10, 5, 1)],
      [run(10, 1, 'failed'), run(10, 2, 60), run(10, 3, 'cancelled'), run(10, 4, 60), run(10, 5, 2)],
    )).toEqual({
      pairs: [{ capacity: 10, seed: 5, difference: 1 }],
      leftOut: [
        { capacity: 10, seed: 1, why: 'failed' },
        { capacity: 10, seed: 2, why: 'diverged' },
        { capacity: 10, seed: 3, why: 'cancelled' },
        { capacity: 10, seed: 4, why: 'missing' },
      ],
    })
  })

  it('refuses runs that are more than one of a capacity and seed: which is meant?', () => {
    expect(() => contrast([run(10, 1, 80), run(10, 1, 81)], [])).toThrow('capacity 10, seed 1 comes twice')
  })
})

describe('the difference in differences', () => {
  it('is what sparse less dense changes between treatments', () => {
    expect(differenceInDifferences(
      [pair(10, 1, 80, 70), pair(10, 2, 80, 75)],
      [pair(10, 2, 81, 82), pair(10, 1, 85, 78)],
    ).pairs).toEqual([
      // Sparse was 10 behind and is 7 behind; was 5 behind and is 1 ahead.
      { capacity: 10, seed: 1, difference: 3 },
      { capacity: 10, seed: 2, difference: 6 },
    ])
  })

  it('is the difference of the contrasts of both sides', () => {
    const [nr, bn] = [[pair(10, 1, 80, 70), pair(20, 1, 88, 90)], [pair(10, 1, 77, 73), pair(20, 1, 92, 93)]]
    const side = (side: 'dense' | 'sparse') => contrast(...[nr, bn].map(pairs => pairs.map(({ capacity, seed, ...runs }) => ({ capacity, seed, run: runs[side] }))) as [TreatedRun[], TreatedRun[]]).pairs
    expect(differenceInDifferences(nr, bn).pairs.map(({ difference }) => difference))
      .toEqual(side('sparse').map(({ difference }, i) => difference - side('dense')[i]!.difference))
  })

  it('leaves out and counts a pair of which any of the four runs diverged', () => {
    expect(differenceInDifferences(
      [pair(10, 1, 80, 'diverged'), pair(10, 2, 1, 2), pair(10, 3, 1, 2)],
      [pair(10, 1, 80, 81), pair(10, 2, 'diverged', 'failed'), pair(10, 3, 1, 2)],
    )).toEqual({
      pairs: [{ capacity: 10, seed: 3, difference: 0 }],
      leftOut: [{ capacity: 10, seed: 1, why: 'diverged' }, { capacity: 10, seed: 2, why: 'failed' }],
    })
  })
})
