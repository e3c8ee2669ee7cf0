import type { RunSpecification } from '@shared/plan/specification'
import { connectivity } from '@shared/masks/connectivity'
import { initialState } from '@shared/runs/network-state'
import { describe, expect, it } from 'vitest'
import { mustPlan, planRuns, smallBase, smallExperiment } from '../plans'

/** Layers large enough for statistics; the two between hidden layers have one shape and one number of active weights. */
const large = {
  'data.synthetic.side': 8,
  'data.synthetic.classes': 10,
  'network.mlp.hiddenLayers': 3,
  'network.maximumWidth': 120,
}
const [dense, sparse] = planRuns(large, [40]) as [RunSpecification, RunSpecification]
const anotherSeed = mustPlan(smallExperiment({ base: { ...smallBase, ...large }, capacities: [40], seeds: [8] })).pairs[0]!

function weightsOf(run: RunSpecification): Float32Array[] {
  const { parameters } = initialState(run)
  return run.layers.map(({ name }) => parameters[`${name}.weight`]!)
}

function masksOf(run: RunSpecification): Uint8Array[] {
  const { masks } = initialState(run)
  return run.layers.map(({ name }) => masks[`${name}.weight`]!)
}

const ones = (mask: Uint8Array): number => mask.reduce((sum, bit) => sum + bit, 0)

/** How many entries two masks share, against what chance would give: its mean, and 5 of its standard deviations. */
function expectIndependent(a: Uint8Array, b: Uint8Array): void {
  const shared = a.reduce((sum, bit, i) => sum + (bit & b[i]!), 0)
  const mean = ones(a) * ones(b) / a.length
  expect(Math.abs(shared - mean)).toBeLessThan(5 * Math.sqrt(mean))
}

/** Places at which two networks that drew independently have the same weight other than 0. */
function shared(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, weight, i) => sum + (weight !== 0 && weight === b[i] ? 1 : 0), 0)
}

describe('initial weights', () => {
  it.each([
    ['dense', dense],
    ['sparse of equal capacity', sparse],
    ['sparse of the same architecture', planRuns({ ...large, 'masks.distribution': 'uniform', 'masks.density': 0.4 }, [40])[1]!],
  ])('of the %s network are normal with variance 2 / fan-in of the dense one, active ones only', (_, run) => {
    const masks = masksOf(run)
    weightsOf(run).forEach((weights, l) => {
      const mask = masks[l]
      const fanIn = l === 0 ? 64 : 40
      const deviation = Math.sqrt(2 / fanIn)
      const active = weights.filter((_, i) => !mask || mask[i])
      const n = active.length
      const sum = (of: (weight: number) => number): number => active.reduce((total, weight) => total + of(weight), 0)
      const measured = Math.sqrt(sum(weight => weight ** 2) / n)
      expect(n).toBe(run.layers[l]!.activeWeights)
      expect(Math.abs(measured / deviation - 1), `deviation of layer ${l}`).toBeLessThan(4 / Math.sqrt(2 * n))
      expect(Math.abs(sum(weight => weight) / n), `mean of layer ${l}`).toBeLessThan(4 * deviation / Math.sqrt(n))
      // 68.27 % of a normal distribution, 57.7 % of a uniform one.
      const within = sum(weight => Math.abs(weight) < deviation ? 1 : 0) / n
      expect(Math.abs(within - 0.6827), `share within a deviation in layer ${l}`).toBeLessThan(4 * Math.sqrt(0.6827 * 0.3173 / n))
      if (mask)
        expect(weights.every((weight, i) => mask[i] || Object.is(weight, 0)), `layer ${l} is zero outside its mask`).toBe(true)
    })
  })

  it('are of other draws in each layer, with each seed and on each side', () => {
    const [, first, second] = weightsOf(dense)
    expect(shared(first!, second!), 'two layers').toBe(0)
    const sameArchitecture = planRuns({ ...large, 'masks.distribution': 'uniform', 'masks.density': 0.4 }, [40])
    for (const [what, one, other] of [
      ['dense networks of two seeds', dense, anotherSeed.dense.specification],
      ['sparse networks of two seeds', sparse, anotherSeed.sparse.specification],
      ['the sides of a pair of equal capacity', dense, sparse],
      ['the sides of a pair of the same architecture', sameArchitecture[0]!, sameArchitecture[1]!],
    ] as const) {
      const others = weightsOf(other)
      weightsOf(one).forEach((weights, l) => expect(shared(weights, others[l]!), `${what}, layer ${l}`).toBe(0))
    }
  })

  it('and masks are those of seed, capacity and side, whatever the treatment', () => {
    const treated = planRuns({
      ...large,
      'network.batchNorm': true,
      'training.optimizer': 'adam',
      'training.learningRate': 0.001,
      'training.l2': true,
    }, [40])
    for (const [i, run] of [dense, sparse].entries()) {
      expect(weightsOf(treated[i]!)).toEqual(weightsOf(run))
      expect(masksOf(treated[i]!)).toEqual(masksOf(run))
    }
  })
})

describe('initial masks', () => {
  it('have exactly the dense network\'s number of weights in each layer', () => {
    expect(masksOf(sparse).map(ones)).toEqual([64 * 40, 40 * 40, 40 * 40, 40 * 10])
    expect(weightsOf(dense).map(({ length }) => length)).toEqual([64 * 40, 40 * 40, 40 * 40, 40 * 10])
    expect(initialState(dense).masks).toEqual({})
  })

  it('are independent from layer to layer and from seed to seed', () => {
    const [, first, second] = masksOf(sparse)
    expectIndependent(first!, second!)
    const others = masksOf(anotherSeed.sparse.specification)
    masksOf(sparse).forEach((mask, l) => expectIndependent(mask, others[l]!))
  })

  it('leave no unit unconnected where that is asked', () => {
    const unconnected = (connected: boolean): number[] => mustPlan(smallExperiment({
      base: { ...smallBase, 'masks.connected': connected },
      seeds: Array.from({ length: 20 }, (_, seed) => seed),
    })).pairs.map(({ sparse: { specification: run } }) => connectivity(run.layers, masksOf(run)).reduce((sum, { unconnectedUnits }) => sum + unconnectedUnits, 0))
    expect(unconnected(true)).toEqual(Array.from({ length: 20 }).fill(0))
    expect(Math.max(...unconnected(false))).toBeGreaterThan(0)
  })
})

describe('what else a network begins with', () => {
  const constants = (run: RunSpecification): Record<string, number[]> => {
    const { parameters, buffers } = initialState(run)
    return Object.fromEntries(Object.entries({ ...parameters, ...buffers })
      .filter(([name]) => !/^layers\.\d\.weight$/.test(name))
      .map(([name, values]) => [name, [...new Set(values)]]))
  }

  it('are biases of 0, and with BatchNorm scales of 1, shifts of 0, running means of 0 and variances of 1', () => {
    for (const run of planRuns({}, [5]))
      expect(constants(run)).toEqual({ 'layers.0.bias': [0], 'layers.1.bias': [0], 'layers.2.bias': [0] })
    for (const run of planRuns({ 'network.batchNorm': true }, [5])) {
      expect(constants(run)).toEqual({
        'norms.0.weight': [1],
        'norms.0.bias': [0],
        'norms.0.running_mean': [0],
        'norms.0.running_var': [1],
        'norms.1.weight': [1],
        'norms.1.bias': [0],
        'norms.1.running_mean': [0],
        'norms.1.running_var': [1],
        'layers.2.bias': [0],
      })
    }
  })

  it('is one value for each unit, no optimizer step and no slot', () => {
    const { parameters, buffers, slots, step } = initialState(planRuns({ 'network.batchNorm': true, 'training.optimizer': 'adam' }, [5])[1]!)
    expect([parameters['norms.0.weight'], parameters['norms.1.bias'], buffers['norms.0.running_var'], parameters['layers.2.bias']].map(values => values!.length))
      .toEqual([14, 14, 14, 3])
    expect({ slots, step }).toEqual({ slots: {}, step: 0 })
  })
})
