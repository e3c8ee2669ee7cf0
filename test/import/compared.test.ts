import { comparedPair } from '@shared/import/compared'
import { meantParameter } from '@shared/import/meant'
import { compareCells } from '@shared/statistics/cells'
import { describe, expect, it } from 'vitest'
import { resultsOf, study } from './files'

describe('imported pairs in a table of cells', () => {
  const cells = compareCells(resultsOf(study).results.pairs.map(comparedPair))

  it('are tested as pairs that were trained here', () => {
    expect(cells.map(({ treatment, capacity, pairs, diverged, untied, p }) => [treatment, capacity, pairs, diverged, untied, p.sparseBetter, p.denseBetter])).toEqual([
      ['no', 79, 2, 0, 2, 1, 1 / 4],
      ['no', 236, 1, 1, 1, 1, 1 / 2],
      ['no', undefined, 3, 1, 3, 1, 1 / 8],
      ['yes', 79, 2, 0, 2, 1 / 4, 1],
      ['yes', 236, 2, 0, 2, 1 / 4, 1],
      ['yes', undefined, 4, 0, 4, 1 / 16, 1],
    ])
    expect(cells[0]!.accuracy.dense.mean).toBeCloseTo(0.92015, 12)
    expect(cells[0]!.accuracy.difference.mean).toBeCloseTo(-0.00105, 12)
    expect(cells[0]!.egf2.sparse.mean).toBeCloseTo(0.6, 12)
    // The file has none.
    expect(cells[0]!.egf1.dense.mean).toBeNaN()
  })

  it('say why they have no values as those of experiments do', () => {
    const [pair] = resultsOf(study).results.pairs
    const kind = (dense: 'done' | 'diverged' | 'failed', sparse: 'done' | 'diverged' | 'cancelled'): string =>
      comparedPair({ ...pair!, dense: { ...pair!.dense, state: dense }, sparse: { ...pair!.sparse, state: sparse } }).outcome.kind
    expect([kind('done', 'done'), kind('done', 'diverged'), kind('failed', 'diverged'), kind('diverged', 'cancelled')]).toEqual(['complete', 'diverged', 'failed', 'cancelled'])
  })
})

it.each([
  ['optimizer', 'training.optimizer'],
  ['Learning rate', 'training.learningRate'],
  ['lr', 'training.learningRate'],
  ['batch_norm', 'network.batchNorm'],
  ['data_dataset', 'data.dataset'],
  ['training.optimizer', undefined],
  ['hardware', undefined],
])('the column %s is meant as %s', (column, parameter) => {
  expect(meantParameter(column)).toBe(parameter)
})
