import type { Experiment } from '@shared/experiment/schema'
import type { Changes } from '../plans'
import { planExperiment } from '@shared/plan/plan'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mustPlan, smallBase, smallExperiment } from '../plans'

function refusals(changes: Changes): string[] {
  const planned = planExperiment(smallExperiment(changes))
  return planned.kind === 'refused' ? planned.problems.map(({ message }) => message) : []
}

function level(name: string, set: Record<string, unknown> = {}, sided: Partial<Experiment['factors'][number]['levels'][number]> = {}): Experiment['factors'][number]['levels'][number] {
  return {
    name,
    set: set as never,
    setDense: {},
    setSparse: {},
    ...sided,
  }
}

const batchNorm = { name: 'BatchNorm', levels: [level('NR'), level('BN', { 'network.batchNorm': true })] }
const optimizer = {
  name: 'optimizer',
  levels: [level('sgd', { 'training.optimizer': 'sgd' }), level('adam', { 'training.optimizer': 'adam' })],
}

describe('an SC-SDC plan', () => {
  it('gives the sparse side exactly the dense one\'s active weights, layer by layer, whatever the sizes', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 6 }), (width, more, depth) => {
      const { cells, runs } = mustPlan(smallExperiment({
        base: { ...smallBase, 'network.maximumWidth': width + more, 'network.mlp.hiddenLayers': depth },
        capacities: [width],
      }))
      const { layers } = cells[0]!
      expect(layers).toHaveLength(depth + 1)
      for (const { dense, sparse } of layers) {
        expect(dense.activeWeights).toBe(dense.inputs * dense.outputs)
        expect(sparse.activeWeights).toBe(dense.activeWeights)
        expect(sparse.activeWeights).toBeLessThanOrEqual(sparse.inputs * sparse.outputs)
        expect(sparse.density).toBeCloseTo(dense.inputs * dense.outputs / (sparse.inputs * sparse.outputs), 12)
      }
      // Input and output layers have density W / N, hidden ones (W / N)².
      const ratio = width / (width + more)
      expect(layers[0]!.sparse.density).toBeCloseTo(ratio, 12)
      expect(layers.at(-1)!.sparse.density).toBeCloseTo(ratio, 12)
      for (const { sparse } of layers.slice(1, -1))
        expect(sparse.density).toBeCloseTo(ratio ** 2, 12)
      expect(runs.map(({ specification }) => specification.widths)).toEqual([
        Array.from({ length: depth }).fill(width),
        Array.from({ length: depth }).fill(width + more),
      ])
    }), { numRuns: 50 })
  })

  it('of the first look is the paper\'s design on Fashion-MNIST', () => {
    const { cells } = mustPlan(smallExperiment({ base: { 'network.mlp.hiddenLayers': 2 }, capacities: [236] }))
    expect(cells[0]!.layers.map(({ dense, sparse }) => [
      dense.outputs,
      dense.inputs,
      sparse.outputs,
      sparse.inputs,
      sparse.activeWeights,
    ])).toEqual([
      [236, 784, 788, 784, 185_024],
      [236, 236, 788, 788, 55_696],
      [10, 236, 10, 788, 2_360],
    ])
  })

  it('initialises both sides as the dense network\'s layers', () => {
    const { pairs } = mustPlan(smallExperiment())
    const [pair] = pairs
    for (const side of ['dense', 'sparse'] as const) {
      expect(pair![side].specification.layers.map(({ initialisedAs }) => initialisedAs)).toEqual([
        { inputs: 9, outputs: 5 },
        { inputs: 5, outputs: 5 },
        { inputs: 5, outputs: 3 },
      ])
    }
  })

  it.each([
    [{}, { dense: 5 + 5 + 3, sparse: 14 + 14 + 3 }],
    [{ 'network.bias': false }, { dense: 0, sparse: 0 }],
    [{ 'network.batchNorm': true }, { dense: 2 * 10 + 3, sparse: 2 * 28 + 3 }],
    [{ 'network.batchNorm': true, 'network.affine': false }, { dense: 3, sparse: 3 }],
    [{ 'network.batchNorm': true, 'network.bias': false }, { dense: 20, sparse: 56 }],
  ])('counts the parameters outside every mask with %o', (set, expected) => {
    expect(mustPlan(smallExperiment({ base: { ...smallBase, ...set } })).cells[0]!.unmaskedParameters).toEqual(expected)
  })

  it('keys both sides by the dense network\'s widths, never by treatment', () => {
    const { pairs } = mustPlan(smallExperiment({ factors: [batchNorm] }))
    expect(new Set(pairs.map(({ dense, sparse }) => JSON.stringify([dense.specification.streams, sparse.specification.streams])))).toEqual(new Set([
      JSON.stringify([{ seed: 7, capacity: '[5,5]', side: 'dense' }, { seed: 7, capacity: '[5,5]', side: 'sparse' }]),
    ]))
  })
})

describe('a plan of a network and its own sparse version', () => {
  it('has one width and the asked density in every layer', () => {
    const { cells, pairs } = mustPlan(smallExperiment({
      base: { ...smallBase, 'masks.distribution': 'uniform', 'masks.density': 0.25 },
      capacities: [40],
    }))
    expect(pairs[0]!.sparse.specification.widths).toEqual(pairs[0]!.dense.specification.widths)
    expect(cells[0]!.layers.map(({ sparse }) => sparse.activeWeights)).toEqual([90, 400, 30])
  })
})

describe('treatments', () => {
  it('are the product of all levels less the exclusions', () => {
    const { treatments, pairs, runs } = mustPlan(smallExperiment({
      factors: [batchNorm, optimizer],
      exclude: [{ BatchNorm: 'BN', optimizer: ['adam'] }],
      capacities: [4, 5],
      seeds: [1, 2, 3],
    }))
    expect(treatments.map(({ name }) => name)).toEqual(['NR · sgd', 'NR · adam', 'BN · sgd'])
    expect(pairs).toHaveLength(3 * 2 * 3)
    expect(runs).toHaveLength(2 * 3 * 2 * 3)
  })

  it('share the dense runs that masks do not touch', () => {
    const masks = {
      name: 'N',
      levels: [level('14', { 'network.maximumWidth': 14 }), level('20', { 'network.maximumWidth': 20 })],
    }
    const { pairs, runs } = mustPlan(smallExperiment({ factors: [masks] }))
    expect(pairs).toHaveLength(2)
    expect(runs).toHaveLength(3)
    expect(pairs[0]!.dense.identity).toBe(pairs[1]!.dense.identity)
  })

  it('may give each side its own learning rate', () => {
    const rates = {
      name: 'rate',
      levels: [
        level('tuned', {}, { setDense: { 'training.learningRate': 0.1 }, setSparse: { 'training.learningRate': 0.2 } }),
      ],
    }
    const { pairs } = mustPlan(smallExperiment({ factors: [rates] }))
    expect([pairs[0]!.dense, pairs[0]!.sparse].map(({ specification }) => specification.settings['training.learningRate'])).toEqual([0.1, 0.2])
  })

  it('that cannot be trained are excluded and listed with the reason', () => {
    const batch = {
      name: 'batch',
      levels: [level('one', { 'training.batchSize': 1 }), level('sixteen', { 'training.batchSize': 16 })],
    }
    const { treatments, excluded } = mustPlan(smallExperiment({ factors: [batchNorm, batch] }))
    expect(treatments.map(({ name }) => name)).toEqual(['NR · one', 'NR · sixteen', 'BN · sixteen'])
    expect(excluded).toEqual([
      { treatment: 'BN · one', reason: 'BatchNorm needs at least two examples a batch, and training.batchSize is 1' },
    ])
  })

  it('at any capacity are excluded and listed; the others are compared at all', () => {
    const width = { name: 'N', levels: [level('N 10', { 'network.maximumWidth': 10 }), level('N 40', { 'network.maximumWidth': 40 })] }
    const { treatments, excluded, cells } = mustPlan(smallExperiment({ factors: [batchNorm, width], capacities: [12, 13] }))
    expect(treatments.map(({ name }) => name)).toEqual(['NR · N 40', 'BN · N 40'])
    expect(cells.map(({ treatment, capacity }) => [treatment, capacity])).toEqual([['NR · N 40', 12], ['NR · N 40', 13], ['BN · N 40', 12], ['BN · N 40', 13]])
    const reason = 'the dense width W = 12 must be smaller than the maximum width N = 10 (network.maximumWidth); it is impossible at the other capacities too'
    expect(excluded).toEqual([{ treatment: 'NR · N 10', reason }, { treatment: 'BN · N 10', reason }])
  })

  it('have no say in which parameters have an effect', () => {
    const masks = { name: 'masks', levels: [level('wide', { 'network.maximumWidth': 40 }), level('narrow', { 'network.maximumWidth': 5, 'training.optimizer': 'adam' })] }
    const { excluded, withoutEffect } = mustPlan(smallExperiment({ base: { ...smallBase, 'training.adam.beta1': 0.8 }, factors: [masks] }))
    expect(excluded).toEqual([{ treatment: 'narrow', reason: 'the dense width W = 5 must be smaller than the maximum width N = 5 (network.maximumWidth)' }])
    expect(withoutEffect.map(({ path }) => path)).toEqual(['training.adam.beta1'])
  })
})

describe('treatments that train the same networks', () => {
  it('are excluded but for the first, with a sentence that names it', () => {
    const plain = {
      name: 'plain',
      levels: [
        level('none'),
        level('default', { 'training.l2': false }),
        level('L2', { 'training.l2': true }),
        level('default λ', { 'training.l2': true, 'training.lambda': 5e-4 }),
        level('of no effect', { 'training.lambda': 1 }),
      ],
    }
    const { treatments, excluded, cells, pairs, runs } = mustPlan(smallExperiment({ factors: [plain], capacities: [4, 5], seeds: [1, 2] }))
    expect(excluded).toEqual([
      { treatment: 'default', reason: 'it trains the same networks as none' },
      { treatment: 'default λ', reason: 'it trains the same networks as L2' },
      { treatment: 'of no effect', reason: 'it trains the same networks as none' },
    ])
    expect(treatments.map(({ name }) => name)).toEqual(['none', 'L2'])
    expect(cells.map(({ treatment, capacity }) => [treatment, capacity])).toEqual([['none', 4], ['none', 5], ['L2', 4], ['L2', 5]])
    expect(pairs.map(({ treatment }) => treatment)).toEqual(['none', 'L2', 'none', 'L2', 'none', 'L2', 'none', 'L2'])
    expect(runs).toHaveLength(16)
  })

  it('are not those that share one side only', () => {
    const masks = {
      name: 'masks',
      levels: [level('any'), level('connected', { 'masks.connected': true }), level('tuned', {}, { setDense: { 'training.learningRate': 0.2 } })],
    }
    const { treatments, excluded } = mustPlan(smallExperiment({ factors: [masks] }))
    expect(treatments.map(({ name }) => name)).toEqual(['any', 'connected', 'tuned'])
    expect(excluded).toEqual([])
  })

  it('are not those that differ at some capacity', () => {
    const density = { name: 'density', levels: [level('25 %', { 'masks.density': 0.25 }), level('25.1 %', { 'masks.density': 0.251 })] }
    const base = { ...smallBase, 'masks.distribution': 'uniform' }
    const planned = (capacities: number[]) => mustPlan(smallExperiment({ base, factors: [density], capacities }))
    // A quarter of 9 x 5 weights is as many as 25.1 % of them; of 40 x 40 it is not.
    expect(planned([5]).excluded).toEqual([{ treatment: '25.1 %', reason: 'it trains the same networks as 25 %' }])
    for (const capacities of [[5, 40], [40, 5]]) {
      const { excluded, pairs, runs } = planned(capacities)
      expect(excluded).toEqual([])
      expect(pairs).toHaveLength(4)
      // At W = 5 they share both runs, at W = 40 the dense one.
      expect(runs).toHaveLength(5)
    }
  })

  it('are listed after those that cannot be trained', () => {
    const batch = {
      name: 'batch',
      levels: [level('sixteen', { 'training.batchSize': 16 }), level('the same', { 'training.batchSize': 16 }), level('one', { 'training.batchSize': 1 })],
    }
    const { treatments, excluded } = mustPlan(smallExperiment({ base: { ...smallBase, 'network.batchNorm': true }, factors: [batch] }))
    expect(treatments.map(({ name }) => name)).toEqual(['sixteen'])
    expect(excluded.map(({ treatment, reason }) => `${treatment}: ${reason}`)).toEqual([
      'one: BatchNorm needs at least two examples a batch, and training.batchSize is 1',
      'the same: it trains the same networks as sixteen',
    ])
  })
})

describe('parameters without effect', () => {
  const withoutEffect = (changes: Changes) => mustPlan(smallExperiment(changes)).withoutEffect

  it('are those that apply in no treatment, with what they would need', () => {
    expect(withoutEffect({ base: { ...smallBase, 'training.adam.beta1': 0.8, 'masks.density': 0.5, 'network.affine': false } })).toEqual([
      { path: 'training.adam.beta1', condition: 'only with training.optimizer = adam' },
      { path: 'masks.density', condition: 'only with masks.distribution = uniform' },
      { path: 'network.affine', condition: 'only with network.batchNorm = true' },
    ])
    expect(withoutEffect({ base: { ...smallBase, 'data.dataset': 'fashion-mnist', 'network.maximumWidth': 788 } }).map(({ path }) => path))
      .toEqual(['data.synthetic.train', 'data.synthetic.test', 'data.synthetic.side', 'data.synthetic.classes'])
  })

  it('are not those that apply in one treatment, or on one side', () => {
    const base = { ...smallBase, 'training.adam.beta1': 0.8 }
    expect(withoutEffect({ base, factors: [optimizer] })).toEqual([])
    const oneSided = { name: 'o', levels: [level('adam on the right', {}, { setSparse: { 'training.optimizer': 'adam' } })] }
    expect(withoutEffect({ base, factors: [oneSided] })).toEqual([])
    // Its one treatment is excluded.
    expect(withoutEffect({ base, factors: [optimizer], exclude: [{ optimizer: 'adam' }] }).map(({ path }) => path)).toEqual(['training.adam.beta1'])
  })

  it('are found in the levels of factors too, each once', () => {
    const lambda = {
      name: 'λ',
      levels: [
        level('small', { 'training.lambda': 0.1 }, { setDense: { 'training.momentum.momentum': 0.5 } }),
        level('large', { 'training.lambda': 0.2, 'training.learningRate': 0.3 }, { setSparse: { 'training.adam.epsilon': 0.1 } }),
      ],
    }
    expect(withoutEffect({ factors: [lambda] })).toEqual([
      { path: 'training.lambda', condition: 'only with training.l2 = true' },
      { path: 'training.momentum.momentum', condition: 'only with training.optimizer = momentum' },
      { path: 'training.adam.epsilon', condition: 'only with training.optimizer = adam' },
    ])
  })
})

describe('a plan is refused with a sentence that names the value', () => {
  it.each<[string, Changes, string[]]>([
    [
      'W = N',
      { capacities: [14] },
      ['the dense width W = 14 must be smaller than the maximum width N = 14 (network.maximumWidth)'],
    ],
    [
      'W > N, N by default',
      { base: {}, capacities: [5, 900] },
      ['the dense width W = 900 must be smaller than the maximum width N = 788 (network.maximumWidth)'],
    ],
    [
      'a fractional W',
      { capacities: [0.5] },
      ['the hidden width of an MLP is a whole number, and 0.5 is not'],
    ],
    [
      'two factors on one path',
      { factors: [optimizer, { name: 'again', levels: [level('a', { 'training.optimizer': 'momentum' })] }] },
      ['factors "optimizer" and "again" both set training.optimizer; only one factor may'],
    ],
    [
      'two factors on one side of a path',
      {
        factors: [
          { name: 'a', levels: [level('x', {}, { setDense: { 'training.learningRate': 1 } })] },
          { name: 'b', levels: [level('y', { 'training.learningRate': 2 })] },
        ],
      },
      ['factors "a" and "b" both set training.learningRate; only one factor may'],
    ],
    [
      'one level that sets a path twice',
      {
        factors: [
          {
            name: 'a',
            levels: [level('x', { 'training.learningRate': 1 }, { setSparse: { 'training.learningRate': 2 } })],
          },
        ],
      },
      ['training.learningRate is set for both sides and again for one of them; give it once a side'],
    ],
    [
      'sides that would not be comparable',
      { factors: [{ name: 'a', levels: [level('x', {}, { setSparse: { 'training.epochs': 2 } })] }] },
      ['training.epochs must be the same on both sides of a pair: give it in "set", not in "setSparse"'],
    ],
    [
      'masks on the dense side',
      { factors: [{ name: 'a', levels: [level('x', {}, { setDense: { 'masks.connected': true } })] }] },
      ['masks.connected concerns the sparse side only: give it in "set" or "setSparse"'],
    ],
    [
      'two factors of one name',
      { factors: [batchNorm, { ...optimizer, name: 'BatchNorm' }] },
      ['there are two factors named "BatchNorm"'],
    ],
    [
      'two levels of one name',
      { factors: [{ name: 'a', levels: [level('x'), level('x')] }] },
      ['factor "a" has two levels named "x"'],
    ],
    [
      'treatments whose names come out equal',
      {
        factors: [
          { name: 'a', levels: [level('x'), level('x · y', { 'training.learningRate': 1 })] },
          { name: 'b', levels: [level('y · z'), level('z', { 'network.bias': false })] },
        ],
      },
      ['two treatments are named "x · y · z": give their levels other names'],
    ],
    [
      'an exclusion of an unknown factor',
      { factors: [batchNorm], exclude: [{ BN: 'NR' }] },
      ['exclude names the factor "BN"; there is "BatchNorm"'],
    ],
    [
      'an exclusion of an unknown level',
      { factors: [batchNorm], exclude: [{ BatchNorm: 'L2' }] },
      ['exclude names the level "L2" of factor "BatchNorm", which has "NR", "BN"'],
    ],
    [
      'everything excluded',
      { factors: [batchNorm], exclude: [{ BatchNorm: ['NR', 'BN'] }] },
      ['every treatment is excluded; nothing is left to train'],
    ],
    [
      'a seed listed twice',
      { seeds: [1, 2, 1] },
      ['seed 1 is listed twice: its pairs would be counted twice'],
    ],
    [
      'a capacity listed twice',
      { capacities: [5, 5] },
      ['capacity 5 is listed twice'],
    ],
    [
      'a configuration that makes no sense',
      { base: { ...smallBase, 'network.batchNorm': true, 'data.subset': 49 } },
      ['BatchNorm needs at least two examples a batch, and the last batch of 49 examples in batches of 16 has one'],
    ],
    [
      'more examples than there are',
      { base: { ...smallBase, 'data.subset': 50, 'data.validation': 20 } },
      ['a subset of 50 and a validation split of 20 are more than the 60 training examples of synthetic'],
    ],
    [
      'a validation split of everything',
      { base: { ...smallBase, 'data.validation': 60 } },
      ['a validation split of 60 leaves none of the 60 training examples of synthetic'],
    ],
    [
      'too few active weights to connect every unit',
      { base: { ...smallBase, 'network.maximumWidth': 788, 'masks.connected': true } },
      ['at W = 5 the 45 active weights of layers.0 cannot connect its 788 units (masks.connected)'],
    ],
    [
      'a treatment that is possible at some capacities only',
      { factors: [{ name: 'masks', levels: [level('any'), level('connected', { 'masks.connected': true })] }], capacities: [1, 5] },
      ['connected: at W = 1 the 9 active weights of layers.0 cannot connect its 14 units (masks.connected)'],
    ],
    [
      'a capacity that no treatment can have',
      { factors: [batchNorm], capacities: [5, 14] },
      ['the dense width W = 14 must be smaller than the maximum width N = 14 (network.maximumWidth)'],
    ],
    [
      'treatments that are possible nowhere, each for a reason of its own',
      { factors: [{ name: 'N', levels: [level('N 10', { 'network.maximumWidth': 10 }), level('N 12', { 'network.maximumWidth': 12 })] }], capacities: [12] },
      [
        'N 10: the dense width W = 12 must be smaller than the maximum width N = 10 (network.maximumWidth)',
        'N 12: the dense width W = 12 must be smaller than the maximum width N = 12 (network.maximumWidth)',
      ],
    ],
    [
      'a grid beyond reason',
      { seeds: Array.from({ length: 60_000 }, (_, i) => i) },
      ['this makes 120000 runs; an experiment may have 100000'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(refusals(changes)).toEqual(expected)
  })

  it('where the problem stands in the document', () => {
    const planned = planExperiment(smallExperiment({ capacities: [5, 14] }))
    expect(planned.kind === 'refused' && planned.problems[0]!.path).toEqual(['capacities', 1])
  })
})
