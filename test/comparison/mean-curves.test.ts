import type { StoredExperiment } from '../../src-main/store/experiments'
import type { Store } from '../../src-main/store/open'
import type { Changes } from '../plans'
import { meanSd } from '@shared/statistics/mean'
import { describe, expect, it, onTestFinished } from 'vitest'
import { meanCurves } from '../../src-main/comparison/mean-curves'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { createExperiment } from '../../src-main/store/experiments'
import { Measurements } from '../../src-main/store/measurements'
import { openStore } from '../../src-main/store/open'
import { pairsOfExperiment } from '../../src-main/store/pairs'
import { mustPlan, smallBase, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

function stored(changes: Changes): { store: Store, folder: string, experiment: StoredExperiment } {
  const folder = temporaryFolder()
  const store = openStore(folder)
  onTestFinished(() => void store.close())
  const experiment = smallExperiment(changes)
  return { store, folder, experiment: createExperiment(store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 }) }
}

describe('mean curves', () => {
  it('are mean and sd over the seeds of each treatment, capacity and side, what is not finite left out of n', () => {
    const { store, experiment } = stored({ seeds: [1, 2, 3], capacities: [6, 5] })
    const measurements = new Measurements(store)
    // Large with a small spread: a difference of sums of squares would lose it.
    const value = (run: number, epoch: number): number => 1e7 + run * run / 8 + epoch
    for (const { denseRun, sparseRun, capacity, seed } of pairsOfExperiment(store, experiment.id)) {
      for (const epoch of [0, 1, 2]) {
        measurements.record({ id: denseRun, epochs: 3 }, [{ epoch, measurements: [{ measure: 'test.loss', layer: 0, value: epoch === 2 && seed > 1 ? Number.NaN : value(denseRun, epoch) }] }])
        if (capacity === 5)
          measurements.record({ id: sparseRun, epochs: 3 }, [{ epoch, measurements: [{ measure: 'test.loss', layer: 0, value: epoch === 1 ? Infinity : 2 }] }])
      }
    }
    const curves = meanCurves(store, experiment, 'test.loss')
    expect(curves.map(({ treatment, capacity, side }) => [treatment, capacity, side])).toEqual([['base', 5, 'dense'], ['base', 5, 'sparse'], ['base', 6, 'dense']])
    for (const { capacity, epochs, n, mean, sd } of curves.filter(({ side }) => side === 'dense')) {
      const runs = pairsOfExperiment(store, experiment.id).filter(pair => pair.capacity === capacity).map(({ denseRun }) => denseRun)
      expect(epochs).toEqual([0, 1, 2])
      expect(n).toEqual([3, 3, 1])
      for (const epoch of [0, 1]) {
        const expected = meanSd(runs.map(run => value(run, epoch)))
        expect(mean[epoch]).toBeCloseTo(expected.mean, 6)
        expect(sd[epoch]! / expected.sd).toBeCloseTo(1, 9)
      }
      expect([mean[2], sd[2]]).toEqual([value(runs[0]!, 2), null])
    }
    expect(curves[1]).toMatchObject({ n: [3, 0, 3], mean: [2, null, 2], sd: [0, null, 0] })
  })

  it('of shares divide counts by their totals', () => {
    const { store, experiment } = stored({ seeds: [1, 2] })
    const measurements = new Measurements(store)
    for (const [i, { denseRun }] of pairsOfExperiment(store, experiment.id).entries())
      measurements.record({ id: denseRun, epochs: 3 }, [{ epoch: 1, measurements: [{ measure: 'test.accuracy', layer: 0, value: 0, correct: [150, 100][i]!, total: 200 }] }])
    expect(meanCurves(store, experiment, 'test.accuracy')).toEqual([
      { treatment: 'base', capacity: 5, side: 'dense', epochs: [1], n: [2], mean: [0.625], sd: [expect.closeTo(0.25 / Math.SQRT2, 12)] },
    ])
  })

  it('of tuned experiments are those of the levels that validation selects, and absent before', () => {
    const levels = [0.1, 0.01].map(rate => ({ name: String(rate), set: { 'training.learningRate': rate }, setDense: {}, setSparse: {} }))
    const { store, folder, experiment } = stored({ base: { ...smallBase, 'data.validation': 10 }, factors: [{ name: 'rate', role: 'tuned', levels }] })
    const queue = new SqliteQueue(store, folder, [{ id: 'wasm', numerics: 1, settings: {} }])
    // Runs come by rate, then side; the dense side is best at 0.1, the sparse one at 0.01.
    for (const [test, validation] of [[1, 0.9], [2, 0.3], [3, 0.5], [4, 0.8]] as const) {
      expect(meanCurves(store, experiment, 'test.loss')).toEqual([])
      const { run } = queue.claim()!
      queue.measured(run, [{ epoch: 3, measurements: [{ measure: 'test.loss', layer: 0, value: test }, { measure: 'validation.accuracy', layer: 0, value: validation, correct: validation * 10, total: 10 }] }])
      queue.ended(run, { kind: 'done' })
    }
    expect(meanCurves(store, experiment, 'test.loss').map(({ side, mean }) => [side, mean])).toEqual([['dense', [1]], ['sparse', [4]]])
  })

  it('are of one capacity, or over all of them, where that is asked for', () => {
    const { store, experiment } = stored({ seeds: [1, 2], capacities: [5, 6] })
    const measurements = new Measurements(store)
    for (const [i, { denseRun }] of pairsOfExperiment(store, experiment.id).entries())
      measurements.record({ id: denseRun, epochs: 3 }, [{ epoch: 1, measurements: [{ measure: 'test.loss', layer: 0, value: [1, 2, 4, 9][i]! }] }])
    const of = (capacity?: number | null) => meanCurves(store, experiment, 'test.loss', capacity).map(({ capacity, n, mean }) => [capacity, n[0], mean[0]])
    const each = of()
    expect(each.map(([capacity, n]) => [capacity, n])).toEqual([[5, 2], [6, 2]])
    expect(of(6)).toEqual([each[1]])
    expect(of(null)).toEqual([[null, 4, 4]])
  })

  it('are of whole runs', () => {
    const { store, experiment } = stored({})
    expect(() => meanCurves(store, experiment, 'layer.weights.l2')).toThrow('is a measure of layers')
    expect(() => meanCurves(store, experiment, 'nothing')).toThrow('unknown measure')
  })
})
