import type { FromWorker } from '@shared/runs/messages'
import type { TrainingEngine } from '../../src-main/queue/obstacle'
import type { StoredExperiment } from '../../src-main/store/experiments'
import type { Store } from '../../src-main/store/open'
import type { Changes } from '../plans'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { createExperiment } from '../../src-main/store/experiments'
import { openStore } from '../../src-main/store/open'
import { mustPlan, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

export const wasm: TrainingEngine = { id: 'wasm', numerics: 1, settings: { simd: true } }

/** An empty data directory with its store and a queue, until the end of the test. */
export function fresh(): { store: Store, folder: string, queue: SqliteQueue } {
  const folder = temporaryFolder()
  const store = openStore(folder)
  onTestFinished(() => void store.close())
  return { store, folder, queue: new SqliteQueue(store, folder, [wasm]) }
}

/** Stores a small experiment, planned for an engine. */
export function create(store: Store, changes: Changes = {}, engine: Pick<TrainingEngine, 'id' | 'numerics'> = wasm): StoredExperiment {
  const experiment = smallExperiment(changes)
  return createExperiment(store, experiment, mustPlan(experiment), engine)
}

/** What a worker says first. */
export function started(epoch = 0): Extract<FromWorker, { type: 'started' }> {
  return {
    type: 'started',
    epoch,
    engine: { settings: { simd: true }, device: 'test', versions: { tfjs: '1' }, threads: 1 },
    layers: [0, 1, 2].map(() => ({ activeWeights: 1, effectiveActiveWeights: 1, unconnectedUnits: 0 })),
  }
}

/** Writes a checkpoint file where an attempt would, and reports it. */
export function checkpoint(queue: SqliteQueue, run: number, folder: string, epoch: number): string {
  const file = join(folder, `epoch-${epoch}`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, 'x')
  queue.checkpointed(run, { epoch, file, bytes: 1 })
  return file
}

/** Claims and finishes every run that waits. */
export function finishAll(queue: SqliteQueue): void {
  for (let claimed = queue.claim(); claimed; claimed = queue.claim())
    queue.ended(claimed.run, { kind: 'done' })
}
