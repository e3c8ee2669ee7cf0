import type { Measurement } from '@shared/measures'
import type { Store } from '../../src-main/store/open'
import { elevenEpochs } from '@shared/experiment/cadence'
import { configureRecording } from '@shared/experiment/parameters'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Measurements } from '../../src-main/store/measurements'
import { openStore } from '../../src-main/store/open'
import { prepareRuns } from '../../src-main/store/runs'
import { mustPlan, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

const EPOCHS = 40

/** A store with runs of 40 epochs. */
function storeWithRuns(count: number): { store: Store, runs: { id: number, epochs: number }[] } {
  const store = openStore(temporaryFolder())
  onTestFinished(() => void store.close())
  const { identity, specification } = mustPlan(smallExperiment()).runs[0]!
  const runs = Array.from({ length: count }, () => ({
    id: prepareRuns(store).insert({
      identity,
      specification,
      recording: configureRecording({}),
      engine: 'wasm',
      numerics: 1,
      work: 1,
    }),
    epochs: EPOCHS,
  }))
  return { store, runs }
}

const loss = (value: number): Measurement => ({ measure: 'test.loss', layer: 0, value })
function accuracy(correct: number, total = 200): Measurement {
  return {
    measure: 'test.accuracy',
    layer: 0,
    value: correct / total,
    correct,
    total,
  }
}

describe('measurements', () => {
  it('come back as curves, by run, measure and layer', () => {
    const { store, runs: [a, b] } = storeWithRuns(2)
    const measurements = new Measurements(store)
    measurements.record(a!, [{ epoch: 0, measurements: [
      loss(2.5),
      accuracy(20),
      { measure: 'layer.gradient.l1', layer: 1, value: 7 },
      { measure: 'layer.gradient.l1', layer: 2, value: 8 },
    ] }])
    measurements.record(a!, [{ epoch: 3, measurements: [loss(1.5), accuracy(150)] }])
    measurements.record(b!, [{ epoch: 0, measurements: [loss(9)] }])
    expect(measurements.curve(a!.id, 'test.loss')).toEqual([{ epoch: 0, value: 2.5 }, { epoch: 3, value: 1.5 }])
    expect(measurements.curve(a!.id, 'test.accuracy')).toEqual([{ epoch: 0, value: 0.1 }, { epoch: 3, value: 0.75 }])
    expect(measurements.curve(a!.id, 'layer.gradient.l1', 2)).toEqual([{ epoch: 0, value: 8 }])
    expect(measurements.curve(b!.id, 'test.accuracy')).toEqual([])
  })

  it('keep a share\'s counts exactly', () => {
    const { store, runs: [run] } = storeWithRuns(1)
    const measurements = new Measurements(store)
    measurements.record(run!, [{ epoch: 1, measurements: [accuracy(8123, 10_000)] }])
    expect(measurements.all(run!.id)).toEqual([
      {
        measure: 'test.accuracy',
        layer: 0,
        epoch: 1,
        value: 0.8123,
        correct: 8123,
        total: 10_000,
      },
    ])
    expect(measurements.summaries('test.accuracy').get(run!.id)!.counts).toEqual({ correct: 8123, total: 10_000 })
  })

  it('that are not finite come back as NaN and are never the best', () => {
    const { store, runs: [run] } = storeWithRuns(1)
    const measurements = new Measurements(store)
    for (const [epoch, value] of [Number.NaN, 3, Infinity].entries()) {
      measurements.record(run!, [{ epoch, measurements: [loss(value)] }])
    }
    expect(measurements.curve(run!.id, 'test.loss').map(({ value }) => value)).toEqual([Number.NaN, 3, Number.NaN])
    expect(measurements.summaries('test.loss').get(run!.id)).toMatchObject({
      last: Number.NaN,
      lastEpoch: 2,
      best: 3,
      bestEpoch: 1,
    })
  })

  it('measured again replace what was stored', () => {
    const { store, runs: [run] } = storeWithRuns(1)
    const measurements = new Measurements(store)
    const record = (): void => {
      for (let epoch = 0; epoch <= 5; epoch++) {
        measurements.record(run!, [{ epoch, measurements: [loss(10 - epoch), accuracy(epoch)] }])
      }
    }
    record()
    const [once, summary] = [measurements.all(run!.id), measurements.summaries('test.loss').get(run!.id)]
    record()
    expect(measurements.all(run!.id)).toEqual(once)
    expect(measurements.summaries('test.loss').get(run!.id)).toEqual(summary)
  })

  it('of an epoch are stored together, or not at all', () => {
    const { store, runs: [run] } = storeWithRuns(1)
    const measurements = new Measurements(store)
    expect(() => measurements.record(run!, [{ epoch: 1, measurements: [
      loss(1),
      { measure: 'unknown', layer: 0, value: 1 },
    ] }])).toThrow('unknown measure \'unknown\'')
    expect(measurements.all(run!.id)).toEqual([])
  })

  it('have summaries that say what the curve says, however many epochs are stored at once', () => {
    const curve = (minLength: number, maxLength: number) => fc.array(fc.integer({ min: 0, max: 200 }), { minLength, maxLength })
    fc.assert(fc.property(fc.oneof(curve(1, EPOCHS), curve(EPOCHS + 1, EPOCHS + 1)), fc.integer({ min: 1, max: EPOCHS + 1 }), (counts, atOnce) => {
      const { store, runs: [run] } = storeWithRuns(1)
      const measurements = new Measurements(store)
      const epochs = counts.map((correct, epoch) => ({ epoch, measurements: [accuracy(correct), loss(correct)] }))
      for (let i = 0; i < epochs.length; i += atOnce)
        measurements.record(run!, epochs.slice(i, i + atOnce))
      const eleven = elevenEpochs(EPOCHS)
      const mean = eleven.reduce((sum, epoch) => sum + counts[epoch]!, 0) / eleven.length
      const summary = measurements.summaries('test.accuracy', [run!.id]).get(run!.id)!
      expect(summary).toMatchObject({
        last: counts.at(-1)! / 200,
        lastEpoch: counts.length - 1,
        best: Math.max(...counts) / 200,
        bestEpoch: counts.indexOf(Math.max(...counts)),
      })
      expect(summary.meanEleven).toEqual(counts.length > EPOCHS ? expect.closeTo(mean / 200, 12) : undefined)
      expect(measurements.summaries('test.loss').get(run!.id)).toMatchObject({
        best: Math.min(...counts),
        bestEpoch: counts.indexOf(Math.min(...counts)),
      })
    }), { numRuns: 20 })
  })

  it('have no best that is not finite, and say where the last is not', () => {
    const { store, runs: [run] } = storeWithRuns(1)
    const measurements = new Measurements(store)
    measurements.record(run!, [Number.NaN, 2, 1, Infinity].map((value, epoch) => ({ epoch, measurements: [loss(value)] })))
    expect(measurements.summaries('test.loss').get(run!.id)).toEqual({ last: Number.NaN, lastEpoch: 3, best: 1, bestEpoch: 2 })
    measurements.record(run!, [{ epoch: 4, measurements: [loss(Number.NaN)] }])
    expect(measurements.summaries('test.loss').get(run!.id)).toEqual({ last: Number.NaN, lastEpoch: 4, best: 1, bestEpoch: 2 })
  })

  it('have no best where neither way is better', () => {
    const { store, runs: [run] } = storeWithRuns(1)
    const measurements = new Measurements(store)
    measurements.record(run!, [{ epoch: 1, measurements: [{ measure: 'egf2', layer: 0, value: 3 }] }])
    expect(measurements.summaries('egf2').get(run!.id)).toEqual({ last: 3, lastEpoch: 1 })
  })

  it('are gone with their run', () => {
    const { store, runs: [run] } = storeWithRuns(1)
    new Measurements(store).record(run!, [{ epoch: 1, measurements: [loss(1)] }])
    store.sqlite.exec(`DELETE FROM runs WHERE id = ${run!.id}`)
    expect(store.sqlite.prepare('SELECT count(*) FROM measurements').pluck().get()).toBe(0)
  })
})
