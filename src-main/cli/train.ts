import type { Experiment } from '@shared/experiment/schema'
import type { Drained } from '../queue/scheduler'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { plural } from '@shared/words'
import { compareExperiment } from '../comparison/compare'
import { exportFolder } from '../data-directory'
import { availableEngines, chooseEngine } from '../engines/choose'
import { exportCsv } from '../export/csv'
import { Scheduler } from '../queue/scheduler'
import { SqliteQueue } from '../queue/sqlite-queue'
import { countStates, createExperiment, findSame, runsOfExperiment } from '../store/experiments'
import { explain, openStore, StoreProblem } from '../store/open'
import { heldByAnother, ownDataDirectory } from '../store/owner'
import { pairsOfExperiment } from '../store/pairs'
import { getRuns } from '../store/runs'
import { CommandEnd } from './exit'
import { Progress } from './progress'
import { resultsJson, resultsText } from './results'
import { mustPlan } from './source'

export interface TrainOptions {
  readonly data: string
  readonly json: boolean
  /** Runs at once. */
  readonly jobs?: number
  /** Train failed and cancelled runs again too. */
  readonly retry?: boolean
  /** The command as the user typed it, to say how to go on. */
  readonly again: string
}

/** Plans an experiment, or goes on with it, trains what is missing, and prints what came out. */
export async function trainExperiment(experiment: Experiment, options: TrainOptions): Promise<void> {
  const plan = mustPlan(experiment)
  const choice = await chooseEngine(experiment.engine, plan)
  if (choice.kind === 'none')
    throw new CommandEnd('invalid', choice.reasons.join('\n'))
  const { id, numerics } = choice.engine

  const ownership = ownDataDirectory(options.data, options.again)
  if (ownership.kind === 'heldByAnother')
    throw heldByAnother(options.data, ownership.owner)
  try {
    const store = openStore(options.data)
    try {
      const stored = findSame(store, experiment) ?? createExperiment(store, experiment, plan, { id, numerics })
      await train(store, stored, options)
      await report(store, stored, options)
    }
    finally {
      store.close()
    }
  }
  finally {
    ownership.release()
  }
}

async function train(store: Store, stored: StoredExperiment, { data, jobs = availableParallelism(), retry = false, again }: TrainOptions): Promise<void> {
  const ids = runsOfExperiment(store, stored.id)
  const engines = (await availableEngines()).map(({ id, numerics }) => ({ id, numerics }))
  const queue = new SqliteQueue(store, data, engines, { experiment: stored.id })
  queue.recover()
  if (retry)
    queue.retry(ids)
  const runs = getRuns(store, ids)
  if (!queue.hasWaiting())
    return
  const waiting = runs.filter(({ state }) => state.kind === 'waiting').length
  const toTrain = waiting < runs.length ? `, ${waiting} to train` : ''
  process.stderr.write(`${stored.experiment.name}: ${plural(runs.length, 'run')}${toTrain}, on ${stored.engine}, ${Math.min(jobs, waiting)} at once\n`)

  const progress = new Progress(runs, pairsOfExperiment(store, stored.id))
  const scheduler = new Scheduler(queue, {
    concurrency: jobs,
    workerFile: join(import.meta.dirname, 'worker.js'),
    update: update => progress.update(update),
  })
  const interrupt = (): void => {
    // A second Ctrl-C ends at once; the workers see that and end too.
    process.once('SIGINT', () => process.exit(130))
    process.stderr.write('\nStopping after the running steps...\n')
    scheduler.stop()
  }
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const drained = await scheduler.drain().catch((error: Error) => blockedBy(explain(data, error))).finally(() => {
    progress.close()
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  })
  const { done = 0, diverged = 0 } = countStates(store, stored.id)
  const soFar = `${done + diverged} of ${plural(runsOfExperiment(store, stored.id).length, 'run')} are finished; the others go on where they were with: ${again}`
  switch (drained.kind) {
    case 'drained': return
    case 'stopped': throw new CommandEnd('interrupted', `Stopped. ${soFar}`)
    case 'blocked': throw new CommandEnd('data', `${drained.reason}\n${soFar}`)
  }
}

/** A data directory that can no longer be written blocks training; anything else is a defect. */
function blockedBy(error: Error): Drained {
  if (error instanceof StoreProblem)
    return { kind: 'blocked', reason: error.message }
  throw error
}

async function report(store: Store, stored: StoredExperiment, { data, json }: TrainOptions): Promise<void> {
  const comparison = compareExperiment(store, stored)
  const files = await exportCsv(store, stored, exportFolder(data, stored.slug))
  const states = countStates(store, stored.id)
  if (json) {
    process.stdout.write(`${JSON.stringify({
      experiment: stored.slug,
      runs: states,
      ...resultsJson(comparison),
      files,
    }, null, 2)}\n`)
  }
  else {
    process.stdout.write(`\n${resultsText(stored.experiment, mustPlan(stored.experiment), comparison)}\n\n`)
    process.stdout.write(`${files.map(file => `  ${file}`).join('\n')}\n`)
  }
  const { failed = 0, waiting = 0, cancelled = 0 } = states
  if (failed)
    throw new CommandEnd('failed', `${plural(failed, 'run')} failed; "npm run lab -- show ${stored.slug}" says why, and "npm run lab -- run ${stored.slug} --retry" trains them again`)
  if (waiting)
    throw new CommandEnd('failed', `${plural(waiting, 'run')} wait: they began on an engine, or a version of it, that is not here ("lab engines" lists what is)`)
  if (cancelled)
    process.stderr.write(`${plural(cancelled, 'run')} cancelled\n`)
}
