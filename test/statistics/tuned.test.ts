import type { LevelledPair, Validation } from '@shared/statistics/tuned'
import { selectTuned } from '@shared/statistics/tuned'
import { describe, expect, it } from 'vitest'

/** BN off and on x rates low and high x 2 seeds; runs are numbered as they come: dense, sparse, dense, ... */
const pairs: LevelledPair[] = ['NR', 'BN'].flatMap(bn => ['low', 'high'].flatMap(rate => [1, 2].map(seed => ({ bn, rate, seed }))))
  .map(({ bn, rate, seed }, i) => ({ levels: { BatchNorm: bn, rate }, capacity: 5, seed, denseRun: 2 * i, sparseRun: 2 * i + 1 }))

/** Validation by run, in the order of `pairs`: [dense, sparse] each. */
const from = (values: readonly Validation[]) => (run: number): Validation => values[run]!

describe('tuned factors', () => {
  const values = [
    // NR low, NR high: dense better low (0.8, 0.7 v 0.9, 0.5), sparse better high
    [0.8, 0.1],
    [0.7, 0.2],
    [0.9, 0.6],
    [0.5, 0.3],
    // BN low, BN high
    [0.1, 0.9],
    [0.1, 0.9],
    [0.2, 'diverged'],
    [0.2, 0.95],
  ].flat() as Validation[]

  it('are taken at the level with the best mean validation, per treatment and side', () => {
    const selected = selectTuned(pairs, ['rate'], from(values))
    expect(selected.map(({ treatment, seed, denseRun, sparseRun, selected }) => ({ treatment, seed, denseRun, sparseRun, selected }))).toEqual([
      { treatment: 'NR', seed: 1, denseRun: 0, sparseRun: 5, selected: { dense: 'low', sparse: 'high' } },
      { treatment: 'NR', seed: 2, denseRun: 2, sparseRun: 7, selected: { dense: 'low', sparse: 'high' } },
      // A diverged seed counts as 0: 0.9 beats (0 + 0.95) / 2.
      { treatment: 'BN', seed: 1, denseRun: 12, sparseRun: 9, selected: { dense: 'high', sparse: 'low' } },
      { treatment: 'BN', seed: 2, denseRun: 14, sparseRun: 11, selected: { dense: 'high', sparse: 'low' } },
    ])
  })

  it('select nothing while a run of the cell is unfinished', () => {
    const open = values.with(6, 'unfinished')
    const selected = selectTuned(pairs, ['rate'], from(open))
    expect(selected.map(({ treatment, selected }) => [treatment, selected?.dense])).toEqual([['NR', undefined], ['NR', undefined], ['BN', 'high'], ['BN', 'high']])
  })

  it('take the first of equally good levels, in the order of the file', () => {
    const levels = ['0.5', '0.01', '0.1']
    const tied = levels.flatMap(rate => [1, 2].map(seed => ({ rate, seed }))).map(({ rate, seed }, i) => ({ levels: { rate }, capacity: 5, seed, denseRun: 2 * i, sparseRun: 2 * i + 1 }))
    const selected = (values: readonly (readonly [Validation, Validation])[]) => selectTuned(tied, ['rate'], from(values.flat()))[0]!.selected
    // Dense means: 0.5, 0.5, 0.5; sparse: 0.25, 0.5, 0.5.
    expect(selected([[0.5, 0.25], [0.5, 0.25], [0.75, 0.5], [0.25, 0.5], [0.5, 0.25], [0.5, 0.75]])).toEqual({ dense: '0.5', sparse: '0.01' })
    // Where every level diverged, too.
    expect(selected([['diverged', 'diverged'], ['diverged', 'diverged'], ['diverged', 'diverged'], ['diverged', 'diverged'], ['diverged', 'diverged'], ['diverged', 0.1]])).toEqual({ dense: '0.5', sparse: '0.1' })
  })

  it('count a diverged run as 0, no worse', () => {
    const seeds = ['low', 'high'].flatMap(rate => [1, 2, 3].map(seed => ({ rate, seed }))).map(({ rate, seed }, i) => ({ levels: { rate }, capacity: 5, seed, denseRun: i, sparseRun: i }))
    // (0 + 0.9 + 0.9) / 3 beats 0.5.
    expect(selectTuned(seeds, ['rate'], from([0.5, 0.5, 0.5, 'diverged', 0.9, 0.9]))[0]!.selected).toEqual({ dense: 'high', sparse: 'high' })
    expect(selectTuned(seeds, ['rate'], from([0.61, 0.61, 0.61, 'diverged', 0.9, 0.9]))[0]!.selected).toEqual({ dense: 'low', sparse: 'low' })
  })

  it('are selected for each capacity by itself, and together where there are several', () => {
    const planned = [5, 10].flatMap(capacity => ['a', 'b'].flatMap(rate => ['x', 'y'].map(decay => ({ capacity, rate, decay }))))
      .map(({ capacity, rate, decay }, i) => ({ levels: { rate, decay }, capacity, seed: 1, denseRun: 2 * i, sparseRun: 2 * i + 1 }))
    const best = (run: number): Validation => [2, 7, 14, 9].includes(run) ? 0.9 : 0.1
    expect(selectTuned(planned, ['rate', 'decay'], best).map(({ treatment, capacity, denseRun, sparseRun, selected }) => ({ treatment, capacity, denseRun, sparseRun, selected }))).toEqual([
      { treatment: 'base', capacity: 5, denseRun: 2, sparseRun: 7, selected: { dense: 'a · y', sparse: 'b · y' } },
      { treatment: 'base', capacity: 10, denseRun: 14, sparseRun: 9, selected: { dense: 'b · y', sparse: 'a · x' } },
    ])
  })

  it.each(['unfinished', 'failed'] as const)('select nothing for both sides where a run of one side is %s: the first level stands there', (why) => {
    const selected = selectTuned(pairs, ['rate'], from(values.with(5, why)))
    expect(selected.slice(0, 2)).toEqual([
      { ...pairs[0], treatment: 'NR', unselected: why },
      { ...pairs[1], treatment: 'NR', unselected: why },
    ])
    expect(selected.slice(2).map(({ selected, unselected }) => [selected?.dense, unselected])).toEqual([['high', undefined], ['high', undefined]])
    expect(selectTuned(pairs, ['rate'], from(values.with(5, 'unfinished').with(0, 'failed')))[0]!.unselected).toBe('failed')
  })

  it('leave an experiment without them as it is', () => {
    const same = selectTuned(pairs, [], from([]))
    expect(same.map(({ treatment }) => treatment)).toEqual(['NR · low', 'NR · low', 'NR · high', 'NR · high', 'BN · low', 'BN · low', 'BN · high', 'BN · high'])
    expect(same.map(({ denseRun, sparseRun }) => [denseRun, sparseRun])).toEqual(pairs.map(({ denseRun, sparseRun }) => [denseRun, sparseRun]))
  })
})

it('equal means are equal in whatever order the seeds come', () => {
  const pairs = ['a', 'b'].flatMap(rate => [1, 2, 3].map(seed => ({ rate, seed }))).map(({ rate, seed }, i) => ({ levels: { rate }, capacity: 5, seed, denseRun: i, sparseRun: i }))
  expect(selectTuned(pairs, ['rate'], run => [0.3, 0.2, 0.1, 0.1, 0.2, 0.3][run]!)[0]!.selected).toEqual({ dense: 'a', sparse: 'a' })
})
