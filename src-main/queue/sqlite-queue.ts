import type { MeasuredEpoch } from '@shared/measures'
import type { Assignment, FromWorker, Outcome, Preparation } from '@shared/runs/messages'
import type { Store } from '../store/open'
import type { TrainingEngine } from './obstacle'
import type { Queue } from './queue'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { and, asc, eq, inArray, isNotNull, isNull, lt, notInArray, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { checkpointsOfRun, forgetCheckpoint, recordCheckpoint } from '../store/checkpoints'
import { recordEvent } from '../store/events'
import { recordLayers } from '../store/layers'
import { Measurements } from '../store/measurements'
import { replaceRun } from '../store/pairs'
import { getSpecification, prepareRuns } from '../store/runs'
import { experiments, runs } from '../store/schema'
import { obstacleTo } from './obstacle'
import { RunSettings } from './run-settings'

/** How long a worker may be silent, in milliseconds: longer than any step or batch takes. */
const LEASE = 5 * 60_000
/** How often a sign of life is written down, in milliseconds. */
const HEARTBEAT_EVERY = 5_000
/** Workers that may die on a run without a new checkpoint, beyond the first. */
const RETRIES = 3

type Row = typeof runs.$inferSelect

/** The queue of one data directory, which this process owns. */
export class SqliteQueue implements Queue {
  readonly #measurements: Measurements
  readonly #runs: ReturnType<typeof prepareRuns>
  readonly #heartbeats = new Map<number, number>()
  readonly #settings: RunSettings

  /**
   * @param options.experiment the one to train; all that wait if absent
   * @param options.lease in milliseconds
   * @param options.settled told of runs whose turn came without a training: an equal one is taken instead, it must wait, or it cannot start
   */
  constructor(
    private readonly store: Store,
    private readonly dataDirectory: string,
    private readonly engines: readonly TrainingEngine[],
    private readonly options: { readonly experiment?: number, readonly lease?: number, readonly settled?: (run: number) => void } = {},
  ) {
    this.#measurements = new Measurements(store)
    this.#runs = prepareRuns(store)
    this.#settings = new RunSettings(store, engines)
  }

  /**
   * After a start: whatever was running belonged to a process that is gone, and what could not be trained then may be
   * trained now. Returns how many runs were interrupted.
   */
  recover(): number {
    this.store.db.update(runs).set({ reason: null }).where(eq(runs.state, 'waiting')).run()
    const interrupted = this.store.db.update(runs)
      .set({ state: 'waiting', leaseUntil: null, workerPid: null })
      .where(eq(runs.state, 'running'))
      .returning({ id: runs.id, attempt: runs.attempt })
      .all()
    for (const { id, attempt } of interrupted)
      recordEvent(this.store, id, attempt, 'interrupted: the program ended')
    return interrupted.length
  }

  claim(busy: readonly number[] = []): Assignment | undefined {
    while (true) {
      const row = this.#nextWaiting(busy)
      if (!row)
        return undefined
      const shared = this.#runs.findShareable(row)
      const obstacle = this.#obstacle(row)
      if (shared !== undefined)
        this.#share(row, shared)
      else if (obstacle)
        this.#update(row.id, { reason: obstacle })
      else if (row.startsFromRun !== null && !this.#startingCheckpoint(row))
        this.#finish(row.id, row.attempt, { state: 'failed', reason: this.#whyNoStart(row) }, `failed: ${this.#whyNoStart(row)}`)
      else
        return this.#lease(row)
      this.options.settled?.(shared ?? row.id)
    }
  }

  next(): Preparation | undefined {
    for (let row = this.#nextWaiting(); row; row = this.#nextWaiting()) {
      const obstacle = this.#obstacle(row)
      if (!obstacle)
        return { engine: row.engine, settings: getSpecification(this.store, row.identity).settings }
      this.#update(row.id, { reason: obstacle })
      this.options.settled?.(row.id)
    }
    return undefined
  }

  heartbeat(run: number): void {
    const now = Date.now()
    if (now - (this.#heartbeats.get(run) ?? 0) < HEARTBEAT_EVERY)
      return
    this.#heartbeats.set(run, now)
    this.#update(run, { heartbeatAt: new Date(now), leaseUntil: this.#leaseFrom(now) })
  }

  started(run: number, { epoch, engine, layers }: Extract<FromWorker, { type: 'started' }>, pid: number): void {
    const row = this.#row(run)
    this.store.db.transaction(() => {
      this.#update(run, { workerPid: pid, environment: row.environment ?? engine })
      recordLayers(this.store, run, getSpecification(this.store, row.identity).layers, layers)
      recordEvent(this.store, run, row.attempt, beginning(epoch, row.attempt))
    })
  }

  measured(run: number, measured: readonly MeasuredEpoch[]): void {
    const { epochs, epoch: last } = this.#row(run)
    this.store.db.transaction(() => {
      this.#measurements.record({ id: run, epochs }, measured)
      const epoch = Math.max(last, ...measured.map(({ epoch }) => epoch))
      this.#update(run, { epoch, heartbeatAt: new Date(), leaseUntil: this.#leaseFrom(Date.now()) })
    })
  }

  checkpointed(run: number, { epoch, file, bytes }: { epoch: number, file: string, bytes: number }): void {
    const { recording } = this.#row(run)
    const outdated = this.store.db.transaction(() => {
      recordCheckpoint(this.store, run, { epoch, file: relative(this.dataDirectory, file), bytes })
      // A worker may die as often again once it has got further.
      this.#update(run, { deaths: 0 })
      // The one before stays, should this one be damaged.
      return recording['recording.keep'] === 'all' ? [] : this.#forget(run, checkpointsOfRun(this.store, run).slice(2))
    })
    for (const file of outdated)
      rmSync(join(this.dataDirectory, file), { force: true })
  }

  note(run: number, text: string): void {
    recordEvent(this.store, run, this.#row(run).attempt, text)
  }

  ended(run: number, outcome: Outcome): void {
    const { attempt, state } = this.#row(run)
    // Cancelled meanwhile: that stands, whatever the worker made of it.
    if (state === 'cancelled')
      return recordEvent(this.store, run, attempt, outcome.kind)
    switch (outcome.kind) {
      case 'done':
        return this.#finish(run, attempt, { state: 'done' }, 'done')
      case 'diverged': {
        const { epoch, step } = outcome
        return this.#finish(run, attempt, { state: 'diverged', divergedEpoch: epoch, divergedStep: step }, `diverged at epoch ${epoch}, step ${step}`)
      }
      case 'failed':
        return this.#finish(run, attempt, { state: 'failed', reason: outcome.reason }, `failed: ${outcome.reason}`)
      case 'stopped':
        return this.#wait(run, attempt, 'stopped')
      case 'blocked':
        return this.#wait(run, attempt, `stopped: ${outcome.reason}`)
    }
  }

  died(run: number, how: string, lastLines: readonly string[]): void {
    const { attempt, deaths, state } = this.#row(run)
    const text = [`its worker ${how}`, ...lastLines].join('\n')
    if (state === 'cancelled')
      return recordEvent(this.store, run, attempt, text)
    if (deaths < RETRIES)
      return this.#wait(run, attempt, text, { deaths: deaths + 1 })
    const saying = lastLines.length ? `, saying: ${lastLines.join(' / ')}` : ''
    const reason = `its worker died ${deaths + 1} times without getting further; the last one ${how}${saying}`
    this.#finish(run, attempt, { state: 'failed', reason }, text)
  }

  /** Ends runs that wait or are trained as cancelled; the workers of those that are trained must then be stopped. */
  cancel(ids: readonly number[]): number[] {
    const cancelled = this.store.db.update(runs)
      .set({ state: 'cancelled', reason: null, leaseUntil: null, workerPid: null, finishedAt: new Date() })
      .where(and(inArray(runs.id, [...ids]), inArray(runs.state, ['waiting', 'running'])))
      .returning({ id: runs.id, attempt: runs.attempt })
      .all()
    for (const { id, attempt } of cancelled)
      recordEvent(this.store, id, attempt, 'cancelled')
    return cancelled.map(({ id }) => id)
  }

  expired(): number[] {
    return this.store.db.select({ id: runs.id })
      .from(runs)
      .where(and(eq(runs.state, 'running'), lt(runs.leaseUntil, new Date())))
      .all()
      .map(({ id }) => id)
  }

  /** The first waiting run, in the order of the plan, whose turn it may be. */
  #nextWaiting(busy: readonly number[] = []): Row | undefined {
    const parent = alias(runs, 'parent')
    return this.store.db.select({ run: runs })
      .from(runs)
      .leftJoin(parent, eq(runs.startsFromRun, parent.id))
      .leftJoin(experiments, eq(runs.experiment, experiments.id))
      .where(and(
        eq(runs.state, 'waiting'),
        isNull(runs.reason),
        notInArray(runs.id, [...busy]),
        isNull(experiments.removedAt),
        or(isNull(runs.experiment), eq(experiments.paused, false)),
        or(isNull(runs.startsFromRun), notInArray(parent.state, ['waiting', 'running'])),
        this.options.experiment === undefined ? undefined : eq(runs.experiment, this.options.experiment),
      ))
      .orderBy(asc(runs.id))
      .limit(1)
      .get()
      ?.run
  }

  #obstacle(row: Row): string | undefined {
    return obstacleTo(row, () => getSpecification(this.store, row.identity), this.engines)
  }

  #startingCheckpoint({ startsFromRun, identity }: Row): string | undefined {
    const epoch = getSpecification(this.store, identity).startsFrom?.epoch
    return checkpointsOfRun(this.store, startsFromRun!).find(checkpoint => checkpoint.epoch === epoch)?.file
  }

  #whyNoStart({ startsFromRun, identity }: Row): string {
    const epoch = getSpecification(this.store, identity).startsFrom?.epoch
    const { state } = this.#row(startsFromRun!)
    return state === 'done'
      ? `the checkpoint of epoch ${epoch} of run r${startsFromRun}, from which it starts, was not kept`
      : `run r${startsFromRun}, from whose epoch ${epoch} it starts, ended as ${state}`
  }

  #lease(row: Row): Assignment {
    const { id, identity, engine, recording } = row
    const attempt = row.attempt + 1
    const now = new Date()
    this.#update(id, { state: 'running', attempt, startedAt: row.startedAt ?? now, heartbeatAt: now, leaseUntil: this.#leaseFrom(now.getTime()) })
    const startFrom = row.startsFromRun === null ? undefined : this.#startingCheckpoint(row)
    return {
      run: id,
      attempt,
      specification: getSpecification(this.store, identity),
      recording,
      engine,
      engineSettings: this.#settings.of(row),
      resumeFrom: checkpointsOfRun(this.store, id).map(({ file }) => join(this.dataDirectory, file)),
      ...startFrom !== undefined && { startFrom: join(this.dataDirectory, startFrom) },
      startingEpochs: this.#startingEpochs(id),
      checkpointFolder: join(this.#folder(id), `attempt-${attempt}`),
    }
  }

  /** An equal run has finished since this one was planned: every pair takes that one. */
  #share({ id }: Row, finished: number): void {
    this.store.db.transaction(() => {
      replaceRun(this.store, id, finished)
      this.store.db.update(runs).set({ startsFromRun: finished }).where(eq(runs.startsFromRun, id)).run()
      this.store.db.delete(runs).where(eq(runs.id, id)).run()
    })
    rmSync(this.#folder(id), { recursive: true, force: true })
  }

  #finish(run: number, attempt: number, change: Partial<Row>, text: string): void {
    const { 'recording.keep': keep } = this.#row(run).recording
    // What failed may be tried again: from where it was.
    const kept = change.state === 'failed' || keep === 'all' ? Number.POSITIVE_INFINITY : keep === 'last' ? 1 : 0
    this.store.db.transaction(() => {
      this.#update(run, { ...change, leaseUntil: null, workerPid: null, finishedAt: new Date() })
      recordEvent(this.store, run, attempt, text)
      const stored = checkpointsOfRun(this.store, run)
      this.#forget(run, stored.slice(kept))
    })
    this.#tidy(run)
  }

  #wait(run: number, attempt: number, text: string, change: Partial<Row> = {}): void {
    this.store.db.transaction(() => {
      this.#update(run, { ...change, state: 'waiting', leaseUntil: null, workerPid: null })
      recordEvent(this.store, run, attempt, text)
    })
  }

  /** Epochs of a run from which others wait to start. */
  #startingEpochs(run: number): number[] {
    return this.store.db.select({ identity: runs.identity })
      .from(runs)
      .where(and(isNotNull(runs.startsFromRun), eq(runs.startsFromRun, run), inArray(runs.state, ['waiting', 'running'])))
      .all()
      .map(({ identity }) => getSpecification(this.store, identity).startsFrom!.epoch)
  }

  /** Takes checkpoints out of the database, but for those that a waiting run starts from. Returns their files. */
  #forget(run: number, outdated: readonly { epoch: number, file: string }[]): string[] {
    const needed = this.#startingEpochs(run)
    const forgotten = outdated.filter(({ epoch }) => !needed.includes(epoch))
    for (const { epoch } of forgotten)
      forgetCheckpoint(this.store, run, epoch)
    return forgotten.map(({ file }) => file)
  }

  /** Removes a run's files that the database does not know: outdated checkpoints, and what killed workers left. */
  #tidy(run: number): void {
    const folder = this.#folder(run)
    if (!existsSync(folder))
      return
    const kept = checkpointsOfRun(this.store, run).map(({ file }) => join(this.dataDirectory, file))
    for (const attempt of readdirSync(folder).map(name => join(folder, name))) {
      if (!kept.some(file => dirname(file) === attempt))
        rmSync(attempt, { recursive: true, force: true })
      else
        readdirSync(attempt).map(name => join(attempt, name)).filter(file => !kept.includes(file)).forEach(file => rmSync(file, { force: true }))
    }
    if (kept.length === 0)
      rmSync(folder, { recursive: true, force: true })
  }

  #folder(run: number): string {
    return join(this.dataDirectory, 'checkpoints', `run-${run}`)
  }

  #row(run: number): Row {
    return this.store.db.select().from(runs).where(eq(runs.id, run)).get()!
  }

  #update(run: number, change: Partial<Row>): void {
    this.store.db.update(runs).set(change).where(eq(runs.id, run)).run()
  }

  #leaseFrom(now: number): Date {
    return new Date(now + (this.options.lease ?? LEASE))
  }
}

function beginning(epoch: number, attempt: number): string {
  if (epoch > 0)
    return `went on after epoch ${epoch}`
  return attempt === 1 ? 'started' : 'started again from the beginning: there was no checkpoint yet'
}
