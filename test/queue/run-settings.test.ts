import type { Settings } from '@shared/experiment/parameter'
import type { TrainingEngine } from '../../src-main/queue/obstacle'
import { describe, expect, it } from 'vitest'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { storeCalibration } from '../../src-main/store/calibrations'
import { calibrated } from '../calibration/calibrations'
import { create, fresh, started } from './queues'

const native: TrainingEngine = {
  id: 'native',
  numerics: 1,
  device: 'test CPU',
  settings: { instructionSet: 'avx2', sparseDensity: 0.5 },
  obstacle: ({ instructionSet }) => instructionSet === 'avx2' ? undefined : `this machine has no ${String(instructionSet)}`,
}

function openedWith(settings: Settings | undefined): ReturnType<typeof started> {
  return { ...started(), engine: { settings: { ...settings }, device: 'test CPU', versions: {}, threads: 1 } }
}

describe('the settings that runs begin with', () => {
  it('are those of the calibration of when the first run of their experiment began', () => {
    const { store, folder } = fresh()
    create(store, { seeds: [1, 2] }, native)
    create(store, { name: 'another', seeds: [3] }, native)
    const queue = new SqliteQueue(store, folder, [native])
    storeCalibration(store, calibrated())
    const first = queue.claim()!
    expect(first.engineSettings).toEqual({ instructionSet: 'avx2', sparseDensity: 0.62 })
    // Before its worker has said anything, and after.
    storeCalibration(store, calibrated({ settings: { sparseDensity: 0.8 } }))
    expect(queue.claim()!.engineSettings).toEqual(first.engineSettings)
    queue.started(first.run, openedWith(first.engineSettings), 1)
    const claimed = [queue.claim()!, queue.claim()!, queue.claim()!]
    expect(claimed.map(({ run, engineSettings }) => [run, engineSettings?.sparseDensity])).toEqual([[3, 0.62], [4, 0.62], [5, 0.8]])
  })

  it('stay those of the experiment in another process', () => {
    const { store, folder } = fresh()
    create(store, { seeds: [1, 2] }, native)
    storeCalibration(store, calibrated())
    const before = new SqliteQueue(store, folder, [native])
    const { run, engineSettings } = before.claim()!
    before.started(run, openedWith(engineSettings), 1)
    before.ended(run, { kind: 'done' })
    storeCalibration(store, calibrated({ settings: { sparseDensity: 0.8 } }))
    const after = new SqliteQueue(store, folder, [native])
    expect(after.claim()).toMatchObject({ run: 2, engineSettings: { sparseDensity: 0.62 } })
  })

  it('are this machine\'s where it cannot train with the experiment\'s, for all that begin after it', () => {
    const { store, folder } = fresh()
    create(store, { seeds: [1, 2] }, native)
    const elsewhere = new SqliteQueue(store, folder, [{ ...native, settings: { instructionSet: 'avx512', sparseDensity: 0.5 }, obstacle: () => undefined }])
    const { run, engineSettings } = elsewhere.claim()!
    elsewhere.started(run, openedWith(engineSettings), 1)
    elsewhere.ended(run, { kind: 'done' })
    const here = new SqliteQueue(store, folder, [native])
    const first = here.claim()!
    expect(first).toMatchObject({ run: 2, engineSettings: native.settings })
    here.started(first.run, openedWith(first.engineSettings), 1)
    here.ended(first.run, { kind: 'done' })
    storeCalibration(store, calibrated({ settings: { sparseDensity: 0.8 } }))
    expect(new SqliteQueue(store, folder, [native]).claim()).toMatchObject({ run: 3, engineSettings: native.settings })
  })

  it('are the run\'s own when it goes on, whatever was calibrated since', () => {
    const { store, folder } = fresh()
    create(store, {}, native)
    const queue = new SqliteQueue(store, folder, [native])
    const { run, engineSettings } = queue.claim()!
    queue.started(run, openedWith(engineSettings), 1)
    queue.ended(run, { kind: 'stopped' })
    storeCalibration(store, calibrated())
    expect(queue.claim()).toMatchObject({ run, attempt: 2, engineSettings: { sparseDensity: 0.5 } })
  })
})
