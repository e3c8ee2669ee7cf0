import type { Costs } from '@shared/calibration/calibration'
import type { RunSpecification } from '@shared/plan/specification'
import { configureRecording } from '@shared/experiment/parameters'
import { denseCosts, inMultiplyAdds, secondsOf, WORK_VERSION, workOf } from '@shared/plan/work'
import { describe, expect, it } from 'vitest'
import { engines } from '../../src-main/engines'
import { planRuns } from '../plans'

const nothing: Costs = { run: 0, draw: 0, step: 0, weight: 0, active: 0, update: 0, unit: 0, norm: 0, input: 0, sparseDensity: 0.5 }
const recording = configureRecording({})
/** Widths 5 and 14, 60 examples in 4 steps of 16, 3 epochs, 20 test examples. */
const [dense, sparse] = planRuns({}, [5]) as [RunSpecification, RunSpecification]

function weights({ layers }: RunSpecification): number {
  return layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0)
}

function active({ layers }: RunSpecification): number {
  return layers.reduce((sum, { activeWeights }) => sum + activeWeights, 0)
}

describe('what a training costs', () => {
  it('counts the multiply-adds of its passes: three for a weight and example, two in the first layer, one forward', () => {
    const [first] = dense.layers
    const [all, once] = [weights(dense), first!.inputs * first!.outputs]
    // Trained on for 3 epochs; flow at epochs 0 to 3 on all 60; the test set of 20 at epochs 0 to 3, and whole at the last.
    expect(workOf(dense, recording, denseCosts)).toBeCloseTo((3 + 4) * 60 * (3 * all - once) + (4 + 1) * 20 * all, 6)
  })

  it('follows active weights where layers are stored sparse, and all weights above the threshold', () => {
    const training = (costs: Partial<Costs>): number => workOf(sparse, recording, { ...nothing, ...costs })
    const [all, once] = [active(sparse), sparse.layers[0]!.activeWeights]
    // Of gradient flow, the product that makes the gradient of all weights is dense.
    expect(training({ active: 3, sparseDensity: 1 })).toBeCloseTo(3 * 60 * (3 * all - once) + 4 * 60 * (2 * all - once) + (4 + 1) * 20 * all, 6)
    expect(training({ active: 3, sparseDensity: 0 })).toBe(0)
    // Masks do not spare the gradient flow of masked weights.
    expect(training({ weight: 3, sparseDensity: 1 })).toBe(4 * 60 * weights(sparse))
    // A dense network has no masks to skip.
    expect(workOf(dense, recording, { ...nothing, active: 3, sparseDensity: 1 })).toBe(0)
  })

  it('counts runs, steps, updates, units and what BatchNorm normalises', () => {
    expect(workOf(dense, recording, { ...nothing, run: 7 })).toBe(7)
    expect(workOf(dense, recording, { ...nothing, step: 2 })).toBe(2 * 3 * 4)
    expect(workOf(dense, recording, { ...nothing, update: 1 })).toBe(3 * 4 * weights(dense))
    expect(workOf(sparse, recording, { ...nothing, update: 1, sparseDensity: 1 })).toBe(3 * 4 * active(sparse))
    const [adam] = planRuns({ 'training.optimizer': 'adam' }, [5])
    expect(workOf(adam!, recording, { ...nothing, update: 1 })).toBe(3 * 3 * 4 * weights(dense))
    expect(workOf(dense, recording, { ...nothing, draw: 1 })).toBe(weights(dense))
    expect(workOf(sparse, recording, { ...nothing, draw: 1 })).toBe(weights(sparse) + active(sparse))
    const [normed] = planRuns({ 'network.batchNorm': true }, [5])
    expect(workOf(dense, recording, { ...nothing, norm: 1 })).toBe(0)
    expect(workOf(normed!, recording, { ...nothing, norm: 1 })).toBe((3 + 4) * 60 * 10 + 5 * 20 * 10 / 2)
  })

  it('is the same in seconds as in multiply-adds, but for the unit', () => {
    const costs = { ...nothing, run: 0.4, draw: 1e-7, step: 2e-5, weight: 6e-11, active: 8e-11, update: 7e-10, unit: 1e-9 }
    for (const run of [dense, sparse])
      expect(workOf(run, recording, inMultiplyAdds(costs)) * costs.weight / 3).toBeCloseTo(workOf(run, recording, costs), 12)
  })
})

describe('stored counts', () => {
  // Where this fails, raise WORK_VERSION: what is stored was counted otherwise.
  it('are those of their version', () => {
    const counts = [engines.get('wasm'), engines.get('native')].map(({ costs }) => planRuns({ 'network.batchNorm': true }, [5]).map(run => Number(workOf(run, recording, costs).toPrecision(13))))
    expect({ version: WORK_VERSION, counts }).toEqual({ version: 1, counts: [[96700, 442120], [31146988696.23, 31150736105.28]] })
  })
})

describe('the time of runs', () => {
  it('is each side\'s costs at its speed', () => {
    const costs = { ...nothing, run: 10 }
    const runs = [{ run: dense, count: 2 }, { run: sparse, count: 3 }]
    expect(secondsOf(runs, recording, costs, { dense: 2, sparse: 5 })).toBe(2 * 10 / 2 + 3 * 10 / 5)
    expect(secondsOf(runs, recording, costs, { sparse: 5 })).toBe(5 * 10 / 5)
    expect(secondsOf(runs, recording, costs, {})).toBeUndefined()
  })
})
