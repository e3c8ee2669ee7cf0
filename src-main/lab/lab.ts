import type { Experiment } from '@shared/experiment/schema'
import type { OptionValues } from '@shared/exports/format'
import type { Plan } from '@shared/plan/plan'
import type { Engine } from '../engines/engine'
import type { RunUpdate } from '../queue/scheduler'
import type { Reads } from '../reads'
import type { Reader } from '../reads/reader'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import type { Measure } from './calibrating'
import type { Created } from './creation'
import type { ExportedFile, ExportFiles } from './exporting'
import type { PlanInParts } from './planning'
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { availableEngines } from '../engines/choose'
import { SqliteQueue } from '../queue/sqlite-queue'
import { startReader } from '../reads/reader'
import { purgeRemoved, retryExperiment, runsOfExperiment, setPaused, setRemoved } from '../store/experiments'
import { openStore } from '../store/open'
import { heldByAnother, ownDataDirectory } from '../store/owner'
import { pairsOfRuns } from '../store/pairs'
import { retryRun } from '../store/runs'
import { getSetting, setSetting } from '../store/settings'
import { Calibrating, measureInProcess } from './calibrating'
import { ChangeFeed } from './changes'
import { planAndStore } from './creation'
import { exportInProcess } from './exporting'
import { planInThread } from './planning'
import { Training } from './training'

/** The program behind a window: it owns a data directory, trains what waits in it, and tells what changes. */
export interface Lab {
  readonly dataDirectory: string
  readonly store: Store
  /** Answers what is asked of the store alone. */
  readonly reads: Reads
  readonly changes: ChangeFeed
  readonly training: Training
  readonly calibrating: Calibrating
  readonly isTraining: boolean
  /** Plans and stores an experiment, or finds the same one, and puts its runs in the queue. */
  readonly create: (experiment: Experiment) => Promise<Created>
  readonly pause: (experiment: StoredExperiment) => void
  readonly resume: (experiment: StoredExperiment) => void
  /** The runs that are cancelled. */
  readonly cancel: (experiment: StoredExperiment) => number[]
  readonly cancelRun: (run: number) => number
  /** Of failed and cancelled runs: all, or those that are named. */
  readonly retry: (experiment: StoredExperiment, plan: Plan, engine: Engine, only?: readonly number[]) => void
  readonly retryRun: (run: number) => number
  readonly remove: (experiment: StoredExperiment) => void
  /** Whether there was such a removed experiment. */
  readonly restore: (slug: string) => boolean
  readonly pauseQueue: () => Promise<void>
  readonly resumeQueue: () => void
  readonly setConcurrency: (concurrency: number) => void
  readonly exportFiles: (slug: string, format: string, options: OptionValues) => Promise<ExportedFile[]>
  /** Workers finish their step, the store is closed, the data directory is free for another process. */
  readonly stop: () => Promise<void>
}

export interface LabOptions {
  /** The built worker; beside this file if absent. */
  readonly workerFile?: string
  /** What answers questions of the store; a thread of the built program if absent. */
  readonly startReader?: (dataDirectory: string) => Reader
  /** What plans experiments; a thread of the built program if absent. */
  readonly plan?: PlanInParts
  /** How experiments become files; a process of the built command line if absent. */
  readonly exportFiles?: ExportFiles
  /** What measures engines; a process of the built program if absent. */
  readonly measure?: Measure
  /** Told of everything that happens to runs. */
  readonly watch?: ((update: RunUpdate) => void) | undefined
}

const concurrencySetting = z.int().min(1).max(256)

/**
 * Opens a data directory and begins to train what waits in it.
 * @throws StoreProblem where the directory cannot be used, or another process owns it
 */
export async function openLab(dataDirectory: string, command: string, options: LabOptions = {}): Promise<Lab> {
  const ownership = ownDataDirectory(dataDirectory, command)
  if (ownership.kind === 'heldByAnother')
    throw heldByAnother(dataDirectory, ownership.owner)
  try {
    const store = openStore(dataDirectory)
    return await begin(store, dataDirectory, options, ownership.release)
  }
  catch (error) {
    ownership.release()
    throw error
  }
}

async function begin(store: Store, dataDirectory: string, options: LabOptions, release: () => void): Promise<Lab> {
  const {
    workerFile = join(import.meta.dirname, 'worker.js'),
    startReader: start = data => startReader(join(import.meta.dirname, 'reader.js'), data),
    plan = planInThread(join(import.meta.dirname, 'planner.js')),
    exportFiles = exportInProcess(join(import.meta.dirname, 'cli.js')),
    measure = measureInProcess(join(import.meta.dirname, 'calibrator.js')),
    watch,
  } = options
  purge(store, dataDirectory)
  const { reads, close: closeReader } = start(dataDirectory)
  const changes = new ChangeFeed()
  const experimentsOf = (run: number): string[] => [...new Set(pairsOfRuns(store, [run]).get(run)!.map(({ experiment }) => experiment))]
  const queue = new SqliteQueue(store, dataDirectory, await availableEngines(), {
    settled: run => changes.publish({ kind: 'run', run, experiments: experimentsOf(run) }),
  })
  queue.recover()
  const training = new Training(queue, {
    workerFile,
    watch,
    changes,
    experimentsOf,
    concurrency: getSetting(store, 'concurrency', concurrencySetting, availableParallelism()),
    paused: getSetting(store, 'paused', z.boolean(), false),
  })
  const changed = (): void => {
    changes.publish({ kind: 'experiments' })
    changes.publish({ kind: 'queue' })
    training.wake()
  }
  const ending = new AbortController()
  let creating: Promise<unknown> = Promise.resolve()
  const calibrating = new Calibrating(store, changes, measure, ending.signal)
  const stopRunsOf = ({ id }: StoredExperiment): void => training.stopRuns(runsOfExperiment(store, id))
  training.wake()
  return {
    dataDirectory,
    store,
    reads,
    changes,
    training,
    calibrating,
    get isTraining() {
      return training.isTraining
    },
    create(experiment) {
      // One after the other: a second of the same finds the first.
      const created = creating.catch(() => {}).then(() => planAndStore(store, experiment, plan, ending.signal))
      creating = created
      void created.then(changed, () => {})
      return created
    },
    pause(experiment) {
      setPaused(store, experiment.id, true)
      stopRunsOf(experiment)
      changed()
    },
    resume(experiment) {
      setPaused(store, experiment.id, false)
      changed()
    },
    cancel(experiment) {
      const cancelled = queue.cancel(runsOfExperiment(store, experiment.id))
      training.stopRuns(cancelled)
      changed()
      return cancelled
    },
    cancelRun(run) {
      const cancelled = queue.cancel([run])
      training.stopRuns(cancelled)
      changed()
      return cancelled.length
    },
    retry(experiment, plan, engine, only) {
      retryExperiment(store, experiment, plan, engine, only)
      setPaused(store, experiment.id, false)
      changed()
    },
    retryRun(run) {
      const waiting = retryRun(store, run)
      changed()
      return waiting
    },
    remove(experiment) {
      setRemoved(store, experiment.slug, true)
      stopRunsOf(experiment)
      changed()
    },
    restore(slug) {
      const found = setRemoved(store, slug, false)
      changed()
      return found
    },
    async pauseQueue() {
      setSetting(store, 'paused', true)
      await training.pause()
    },
    resumeQueue() {
      setSetting(store, 'paused', false)
      training.resume()
    },
    setConcurrency(concurrency) {
      setSetting(store, 'concurrency', concurrency)
      training.setConcurrency(concurrency)
    },
    exportFiles: (slug, format, options) => exportFiles(dataDirectory, slug, format, options),
    async stop() {
      ending.abort()
      await Promise.all([training.stop(), creating.catch(() => {}), calibrating.settled])
      await closeReader()
      purge(store, dataDirectory)
      store.close()
      release()
    },
  }
}

function purge(store: Store, dataDirectory: string): void {
  for (const run of purgeRemoved(store))
    rmSync(join(dataDirectory, 'checkpoints', `run-${run}`), { recursive: true, force: true })
}
