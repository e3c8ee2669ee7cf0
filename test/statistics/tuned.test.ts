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

  it('leave an experiment without them as it is', () => {
    const same = selectTuned(pairs, [], from([]))
    expect(same.map(({ treatment }) => treatment)).toEqual(['NR · low', 'NR · low', 'NR · high', 'NR · high', 'BN · low', 'BN · low', 'BN · high', 'BN · high'])
    expect(same.map(({ denseRun, sparseRun }) => [denseRun, sparseRun])).toEqual(pairs.map(({ denseRun, sparseRun }) => [denseRun, sparseRun]))
  })
})
