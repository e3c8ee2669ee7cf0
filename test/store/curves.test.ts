import { describe, expect, it, onTestFinished } from 'vitest'
import { curveReader } from '../../src-main/comparison/curve-reader'
import { gatherPairs } from '../../src-main/comparison/gather'
import { createExperiment } from '../../src-main/store/experiments'
import { Measurements } from '../../src-main/store/measurements'
import { openStore } from '../../src-main/store/open'
import { mustPlan, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

describe('curves of stored runs', () => {
  it('are every epoch of those that were measured, shares divided, NaN where not finite, by the run\'s id', () => {
    const store = openStore(temporaryFolder())
    onTestFinished(() => void store.close())
    const experiment = smallExperiment({ seeds: [1, 2] })
    const pairs = gatherPairs(store, createExperiment(store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 }))
    const measurements = new Measurements(store)
    for (const { dense } of pairs) {
      for (const epoch of [2, 0, 1]) {
        measurements.record({ id: dense.run!, epochs: 3 }, [{ epoch, measurements: [
          { measure: 'train.loss', layer: 0, value: epoch === 1 ? Infinity : dense.run! / 3 + epoch },
          { measure: 'layer.weights.l2', layer: 1, value: 5 },
          { measure: 'test.accuracy.subset', layer: 0, value: 0, correct: epoch, total: 7 },
        ] }])
      }
    }
    const runs = pairs.flatMap(({ dense, sparse }) => [sparse, dense, dense])
    const { curves, flops } = curveReader(store)
    const [first, second] = pairs.map(({ dense }) => dense)
    expect([...curves('train.loss', runs)]).toEqual([first, second].map(run => [run!.id, { epochs: [0, 1, 2], values: [run!.run! / 3, Number.NaN, run!.run! / 3 + 2] }]))
    expect(curves('test.accuracy.subset', [second!]).get(second!.id)!.values).toEqual([0, 1 / 7, 2 / 7])
    expect(curves('egf2', runs).size).toBe(0)
    const { run: _, ...imported } = first!
    expect(curves('train.loss', [imported]).size).toBe(0)
    // 9 x 5, 5 x 5, 5 x 3 weights, 60 examples.
    const active = 2 * 60 * (3 * 85 - 45)
    expect([...flops(runs)].map(([id, { active }]) => [id, active])).toEqual(expect.arrayContaining([[first!.id, active], [second!.id, active]]))
    expect(flops(runs).size).toBe(4)
  })
})
