import { datasets } from '@shared/datasets'
import { measures } from '@shared/measures'
import { paperCorrelations, paperPValues, paperSource } from '@shared/paper/tables'
import { describe, expect, it } from 'vitest'

describe('the paper\'s correlations', () => {
  // Read from slide 24.
  it.each([
    ['fashion-mnist', 'sparse', 'egf1', 'test.loss', 0.419],
    ['fashion-mnist', 'dense', 'gf2', 'test.accuracy', 0.329],
    ['cifar-10', 'sparse', 'egf2', 'test.loss', 0.451],
    ['cifar-10', 'dense', 'gf1', 'test.accuracy', 0.251],
    ['cifar-100', 'dense', 'egf2', 'test.loss', 0.359],
    ['cifar-100', 'sparse', 'gf2', 'test.accuracy', 0.393],
  ])('have %s, %s, %s with %s', (dataset, side, flow, outcome, absoluteTau) => {
    expect(paperCorrelations(dataset).filter(one => one.side === side && one.flow === flow && one.outcome === outcome)).toEqual([{ dataset, side, flow, outcome, absoluteTau }])
  })

  it('are four flow measures with two outcomes on two sides of three data sets, by names that we know', () => {
    expect(paperCorrelations()).toHaveLength(4 * 2 * 2 * 3)
    expect(new Set(paperCorrelations().map(({ dataset }) => dataset))).toEqual(new Set(['fashion-mnist', 'cifar-10', 'cifar-100']))
    expect(datasets.ids).toContain('fashion-mnist')
    for (const { flow, outcome, absoluteTau } of paperCorrelations()) {
      expect([measures.get(flow).direction, measures.get(outcome).per]).toEqual(['neither', 'run'])
      expect(absoluteTau).toBeGreaterThan(0.2)
      expect(absoluteTau).toBeLessThan(0.5)
    }
    expect(paperCorrelations('synthetic')).toEqual([])
  })
})

describe('the paper\'s p-values', () => {
  // Read from slides 29 and 36.
  it.each([
    ['regularisation', 'adam', 'NR', 0],
    ['regularisation', 'sgd', 'NR', 1],
    ['regularisation', 'rmsprop', 'L2_BN', 0.914],
    ['regularisation', 'sgd-momentum-0.9', 'SC_BN', 0.008],
    ['activation', 'adagrad', 'sigmoid', 0.568],
    ['activation', 'sgd-momentum-0.9', 'elu', 0.973],
  ] as const)('have of %s %s with %s', (varied, optimizer, level, p) => {
    expect(paperPValues(varied).filter(one => one.optimizer === optimizer && one.level === level)).toEqual([{ optimizer, level, p }])
  })

  it('are of five optimizers each', () => {
    expect([paperPValues('regularisation').length, paperPValues('activation').length]).toEqual([40, 30])
  })

  it('say where they were read', () => expect(paperSource).toMatch(/2102\.01670.*slides/))
})
