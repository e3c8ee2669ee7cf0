import type { Recording } from '@shared/experiment/parameters'
import type { RunSpecification } from '@shared/plan/specification'
import type { RunState } from '@shared/runs/state'
import type { Store } from './open'
import type { RunEnvironment } from './schema'
import { contains } from '@shared/experiment/cadence'
import { identityDocument } from '@shared/identity/identity'
import { WORK_VERSION } from '@shared/plan/work'
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm'
import { experiments, runs, specifications } from './schema'

export interface StoredRun {
  readonly id: number
  readonly identity: string
  readonly engine: string
  readonly numerics: number
  readonly side: 'dense' | 'sparse'
  readonly epochs: number
  /** The last epoch that was measured. */
  readonly epoch: number
  /** What it costs its engine (`workOf`). */
  readonly work: number
  readonly recording: Recording
  readonly state: RunState
  readonly environment?: RunEnvironment
  readonly startedAt?: Date
  readonly finishedAt?: Date
}

export interface NewRun {
  readonly identity: string
  readonly specification: RunSpecification
  readonly recording: Recording
  readonly engine: string
  readonly numerics: number
  readonly work: number
  /** The one that it is trained for. */
  readonly experiment?: number
  readonly startsFromRun?: number
}

/** A stored run by its number. */
export function getRun({ db }: Store, id: number): StoredRun | undefined {
  const row = db.select().from(runs).where(eq(runs.id, id)).get()
  return row && toRun(row)
}

/** Runs by number, in that order. */
export function getRuns({ db }: Store, ids: readonly number[]): StoredRun[] {
  // As JSON: SQLite takes only so many variables.
  const wanted = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
  return db.select().from(runs).where(sql`${runs.id} IN ${wanted}`).orderBy(runs.id).all().map(toRun)
}

/** Only where each run is and what trains it: for thousands of them. */
export function statesOfRuns({ db }: Store, ids: readonly number[]): Map<number, { readonly state: RunState['kind'], readonly engine: string }> {
  const wanted = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
  return new Map(db.select({ id: runs.id, state: runs.state, engine: runs.engine }).from(runs).where(sql`${runs.id} IN ${wanted}`).all().map(({ id, ...run }) => [id, run]))
}

/** What the identity of a run was the hash of, with the versions of then. */
export function getIdentityDocument({ db }: Store, identity: string): object {
  return db.select().from(specifications).where(eq(specifications.identity, identity)).get()!.identityDocument
}

export function getSpecification({ db }: Store, identity: string): RunSpecification {
  return db.select().from(specifications).where(eq(specifications.identity, identity)).get()!.document
}

/** What each of some runs trains, by run. */
export function specificationsOfRuns({ db }: Store, ids: readonly number[]): Map<number, RunSpecification> {
  const wanted = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
  const found = db.select({ id: runs.id, document: specifications.document }).from(runs).innerJoin(specifications, eq(specifications.identity, runs.identity)).where(sql`${runs.id} IN ${wanted}`).all()
  return new Map(found.map(({ id, document }) => [id, document]))
}

/** Not of removed experiments alone. To be used with the run's own experiment joined. */
const isVisible = sql`(${experiments.removedAt} IS NULL OR EXISTS (
  SELECT 1 FROM pairs JOIN experiments AS its ON its.id = pairs.experiment AND its.removed_at IS NULL
  WHERE pairs.dense_run = ${runs.id} OR pairs.sparse_run = ${runs.id}))`

/** How many runs are in each state; those of removed experiments alone are not counted. */
export function countAllStates({ db }: Store): Readonly<Partial<Record<RunState['kind'], number>>> {
  const rows = db.select({ state: runs.state, n: count() })
    .from(runs)
    .leftJoin(experiments, eq(runs.experiment, experiments.id))
    .where(isVisible)
    .groupBy(runs.state)
    .all()
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}

/** Runs in some states: what has ended newest first, all else in the order in which it is trained. */
export function newestRuns({ db }: Store, states: readonly RunState['kind'][], limit: number): StoredRun[] {
  const ended = states.every(state => state !== 'waiting' && state !== 'running')
  return db.select({ run: runs })
    .from(runs)
    .leftJoin(experiments, eq(runs.experiment, experiments.id))
    .where(and(inArray(runs.state, [...states]), isVisible))
    .orderBy(ended ? desc(runs.finishedAt) : asc(runs.id))
    .limit(limit)
    .all()
    .map(({ run }) => toRun(run))
}

/** Lets a failed or cancelled run wait again. Returns how many do. */
export function retryRun({ db }: Store, id: number): number {
  return db.update(runs)
    .set({ state: 'waiting', deaths: 0, reason: null, finishedAt: null })
    .where(and(eq(runs.id, id), inArray(runs.state, ['failed', 'cancelled'])))
    .run()
    .changes
}

/** Statements for storing many runs: prepared once, which is what takes the time. */
export function prepareRuns({ db }: Store) {
  const insertSpecification = db.insert(specifications)
    .values({ identity: sql.placeholder('identity'), document: sql.placeholder('document'), identityDocument: sql.placeholder('identityDocument') })
    .onConflictDoNothing()
    .prepare()
  const insertRun = db.insert(runs)
    .values({
      identity: sql.placeholder('identity'),
      engine: sql.placeholder('engine'),
      numerics: sql.placeholder('numerics'),
      side: sql.placeholder('side'),
      epochs: sql.placeholder('epochs'),
      work: sql.placeholder('work'),
      workVersion: WORK_VERSION,
      recording: sql.placeholder('recording'),
      experiment: sql.placeholder('experiment'),
      startsFromRun: sql.placeholder('startsFromRun'),
      createdAt: sql.placeholder('createdAt'),
    })
    .returning({ id: runs.id })
    .prepare()
  const finished = db.select({ id: runs.id, epochs: runs.epochs, recording: runs.recording })
    .from(runs)
    .where(and(
      eq(runs.identity, sql.placeholder('identity')),
      eq(runs.engine, sql.placeholder('engine')),
      eq(runs.numerics, sql.placeholder('numerics')),
      inArray(runs.state, ['done', 'diverged']),
    ))
    .orderBy(desc(runs.id))
    .prepare()

  return {
    insert({ identity, specification, recording, engine, numerics, work, experiment, startsFromRun }: NewRun): number {
      insertSpecification.run({ identity, document: specification, identityDocument: identityDocument(specification) })
      return insertRun.get({
        identity,
        engine,
        numerics,
        side: specification.streams.side,
        epochs: specification.settings['training.epochs'],
        work,
        recording,
        experiment: experiment ?? null,
        startsFromRun: startsFromRun ?? null,
        createdAt: new Date(),
      }).id
    },

    /**
     * The newest finished run of the same identity, engine and numerics that stored all that is needed (design §2):
     * it is shared instead of training again.
     */
    findShareable({ identity, engine, numerics, recording }: Pick<NewRun, 'identity' | 'engine' | 'numerics' | 'recording'>): number | undefined {
      return finished.all({ identity, engine, numerics }).find(stored => contains(stored.recording, recording, stored.epochs))?.id
    },
  }
}

type Row = typeof runs.$inferSelect

function toRun(row: Row): StoredRun {
  const { id, identity, engine, numerics, side, epochs, epoch, work, recording, environment, startedAt, finishedAt } = row
  return {
    id,
    identity,
    engine,
    numerics,
    side,
    epochs,
    epoch,
    work,
    recording,
    state: stateOf(row),
    ...environment && { environment },
    ...startedAt && { startedAt },
    ...finishedAt && { finishedAt },
  }
}

function stateOf({ state, attempt, epoch, divergedEpoch, divergedStep, reason }: Row): RunState {
  switch (state) {
    case 'running': return { kind: 'running', attempt, epoch }
    case 'diverged': return { kind: 'diverged', epoch: divergedEpoch!, step: divergedStep! }
    case 'failed': return { kind: 'failed', reason: reason! }
    case 'waiting': return { kind: 'waiting', ...reason !== null && { reason } }
    case 'done':
    case 'cancelled':
      return { kind: state }
  }
}
