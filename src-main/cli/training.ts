import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { Engine } from '../engines/engine'
import type { Drained } from '../queue/scheduler'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import type { FoundExperiment } from './source'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { differences } from '@shared/experiment/differences'
import { duration } from '@shared/format'
import { atMost, plural } from '@shared/words'
import { compareExperiment } from '../comparison/compare'
import { exportFolder } from '../data-directory'
import { availableEngines, chooseEngine } from '../engines/choose'
import { exportCsv } from '../export/csv'
import { Scheduler } from '../queue/scheduler'
import { SqliteQueue } from '../queue/sqlite-queue'
import { countStates, createExperiment, findNamesakes, findSame, retryExperiment, runsOfExperiment } from '../store/experiments'
import { explain, openStore, StoreProblem } from '../store/open'
import { heldByAnother, ownDataDirectory } from '../store/owner'
import { pairsOfExperiment } from '../store/pairs'
import { getRuns } from '../store/runs'
import { onEnd } from './ends'
import { CommandEnd, exitCodes, LAB } from './exit'
import { Progress } from './progress'
import { reading } from './reading'
import { remarks, resultsJson, resultsText } from './results'
import { mustPlan } from './source'

export interface TrainOptions {
  readonly data: string
  readonly json: boolean
  /** Runs at once. */
  readonly jobs?: number
  /** Train failed and cancelled runs again too, and plan anew what cannot go on as it began. */
  readonly retry?: boolean
  /** The command as the user typed it, to say how to go on. */
  readonly again: string
}

/** An experiment that can be trained here: checked before anything is written. */
export interface Trainable {
  readonly found: FoundExperiment
  readonly plan: Plan
  readonly engine: Engine
}

/** @throws CommandEnd if it cannot be planned, or trained by what is here */
export async function trainable(found: FoundExperiment): Promise<Trainable> {
  const plan = mustPlan(found)
  const choice = await chooseEngine(found.experiment.engine, plan)
  if (choice.kind === 'none')
    throw new CommandEnd('invalid', choice.reasons.join('\n'))
  return { found, plan, engine: choice.engine }
}

/** Opens the store of a data directory, of which this process is then the one writer. */
export async function owningStore<T>(data: string, command: string, action: (store: Store) => Promise<T>): Promise<T> {
  const ownership = ownDataDirectory(data, command)
  if (ownership.kind === 'heldByAnother')
    throw heldByAnother(data, ownership.owner)
  try {
    const store = openStore(data)
    try {
      return await action(store)
    }
    finally {
      store.close()
    }
  }
  finally {
    ownership.release()
  }
}

/** Stores an experiment, or goes on with it, trains what is missing, and prints what came out. Returns it as it is stored. */
export async function trainExperiment(store: Store, { found: { experiment }, plan, engine }: Trainable, options: TrainOptions): Promise<StoredExperiment> {
  const same = findSame(store, experiment)
  const namesake = same ? undefined : nearestNamesake(store, experiment)
  const stored = same ?? createExperiment(store, experiment, plan, engine)
  if (namesake)
    process.stderr.write(`Stored as ${stored.slug}: it differs from ${namesake.slug} in ${atMost(6, namesake.differing)}\n`)
  if (options.retry)
    retryExperiment(store, stored, plan, await engineFor(stored, plan) ?? engine)
  for (const remark of remarks(plan))
    process.stderr.write(`${remark}\n`)
  await train(store, stored, options)
  await report(store, stored, plan, options)
  return stored
}

/** The engine that an experiment began on, if it can still train it here. */
async function engineFor({ engine }: StoredExperiment, plan: Plan): Promise<Engine | undefined> {
  const choice = await chooseEngine(engine, plan)
  return choice.kind === 'chosen' ? choice.engine : undefined
}

/** The experiment of the same name that differs least. */
function nearestNamesake(store: Store, experiment: Experiment): { slug: string, differing: string[] } | undefined {
  return findNamesakes(store, experiment)
    .map(({ slug, experiment: other }) => ({ slug, differing: differences(other, experiment) }))
    .sort((a, b) => a.differing.length - b.differing.length)[0]
}

async function train(store: Store, stored: StoredExperiment, { data, jobs = availableParallelism(), again }: TrainOptions): Promise<void> {
  const queue = new SqliteQueue(store, data, await availableEngines(), { experiment: stored.id })
  queue.recover()
  const runs = getRuns(store, runsOfExperiment(store, stored.id))
  const waiting = runs.filter(({ state }) => state.kind === 'waiting').length
  if (waiting === 0) {
    process.stderr.write(`${stored.experiment.name}: ${plural(runs.length, 'run')}, nothing left to train\n`)
    return
  }
  const toTrain = waiting < runs.length ? `, ${waiting} to train` : ''
  process.stderr.write(`${stored.experiment.name}: ${plural(runs.length, 'run')}${toTrain}, on ${stored.engine}, ${Math.min(jobs, waiting)} at once\n`)

  const start = performance.now()
  const progress = new Progress(runs, pairsOfExperiment(store, stored.id))
  const scheduler = new Scheduler(queue, {
    concurrency: jobs,
    workerFile: join(import.meta.dirname, 'worker.js'),
    update: update => progress.update(update),
  })
  const stopListening = onInterruption(progress, () => scheduler.stop())
  const drained = await scheduler.drain().catch((error: Error) => blockedBy(explain(data, error))).finally(() => {
    progress.close()
    stopListening()
  })
  const { done = 0, diverged = 0 } = countStates(store, stored.id)
  const soFar = `${done + diverged} of ${plural(runsOfExperiment(store, stored.id).length, 'run')} are finished; the others go on where they were with: ${again}`
  switch (drained.kind) {
    case 'drained':
      if (progress.trained)
        process.stderr.write(`${plural(progress.trained, 'run')} in ${duration((performance.now() - start) / 1000)}\n`)
      return
    case 'stopped': throw new CommandEnd('interrupted', `Stopped. ${soFar}`)
    case 'blocked': throw new CommandEnd('data', `${drained.reason}\n${soFar}`)
  }
}

/** Stops at the first signal, ends at the second. Returns how to listen no more. */
function onInterruption(progress: Progress, stop: () => void): () => void {
  return onEnd(() => {
    progress.say('Stopping after the running steps (once more to end at once)...')
    stop()
  }, () => {
    // The workers see that this process is gone, and end too.
    progress.close()
    process.stderr.write('Ended at once; what was not in a checkpoint is trained again.\n')
    process.exit(exitCodes.interrupted.code)
  })
}

/** A data directory that can no longer be written blocks training; anything else is a defect. */
function blockedBy(error: Error): Drained {
  if (error instanceof StoreProblem)
    return { kind: 'blocked', reason: error.message }
  throw error
}

async function report(store: Store, stored: StoredExperiment, plan: Plan, { data, json }: TrainOptions): Promise<void> {
  const { slug, experiment } = stored
  const comparison = compareExperiment(store, stored)
  if (!json)
    process.stdout.write(`\n${resultsText(experiment, comparison)}\n\n`)
  const files = await reading(data, reader => exportCsv(reader, stored, exportFolder(data, slug)))
  const states = countStates(store, stored.id)
  const missing = whatIsMissing(store, stored, states)
  if (json)
    process.stdout.write(`${JSON.stringify({ experiment: slug, runs: states, ...resultsJson(comparison), excluded: plan.excluded, withoutEffect: plan.withoutEffect, files, ...missing && { error: { exit: 'failed', message: missing } } }, null, 2)}\n`)
  else
    process.stdout.write(`${files.map(file => `  ${file}`).join('\n')}\n`)
  if (states.cancelled)
    process.stderr.write(`${plural(states.cancelled, 'run')} cancelled\n`)
  if (missing)
    throw new CommandEnd('failed', missing, json)
}

function whatIsMissing(store: Store, { id, slug }: StoredExperiment, { failed = 0, waiting = 0 }: ReturnType<typeof countStates>): string | undefined {
  const reasons = new Set(getRuns(store, runsOfExperiment(store, id)).flatMap(({ state }) => state.kind === 'waiting' && state.reason !== undefined ? [state.reason] : []))
  const what = [
    ...failed ? [`${plural(failed, 'run')} failed`] : [],
    ...waiting ? [`${plural(waiting, 'run')} cannot go on here as planned${reasons.size ? ` (${[...reasons].join('; ')})` : ''}`] : [],
  ].join(' and ')
  return what && `${what}: "${LAB} show ${slug}" says more, and "${LAB} run stored:${slug} --retry" trains them again, anew where that must be`
}
