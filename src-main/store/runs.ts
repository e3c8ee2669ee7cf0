import type { Recording } from '@shared/experiment/parameters'
import type { RunSpecification } from '@shared/plan/specification'
import type { RunState } from '@shared/runs/state'
import type { Store } from './open'
import type { RunEnvironment } from './schema'
import { contains } from '@shared/experiment/cadence'
import { and, desc, eq, inArray } from 'drizzle-orm'
import { runs, specifications } from './schema'

export interface StoredRun {
  readonly id: number
  readonly identity: string
  readonly engine: string
  readonly numerics: number
  readonly side: 'dense' | 'sparse'
  readonly epochs: number
  /** The last epoch that was measured. */
  readonly epoch: number
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
  readonly startsFromRun?: number
}

/** A stored run by its number. */
export function getRun({ db }: Store, id: number): StoredRun | undefined {
  const row = db.select().from(runs).where(eq(runs.id, id)).get()
  return row && toRun(row)
}

/** Runs by number, in that order. */
export function getRuns({ db }: Store, ids: readonly number[]): StoredRun[] {
  return db.select().from(runs).where(inArray(runs.id, [...ids])).orderBy(runs.id).all().map(toRun)
}

/** Every run, for lists: the resolved documents stay where they are. */
export function listRuns({ db }: Store): StoredRun[] {
  return db.select().from(runs).orderBy(runs.id).all().map(toRun)
}

export function getSpecification({ db }: Store, identity: string): RunSpecification {
  return db.select().from(specifications).where(eq(specifications.identity, identity)).get()!.document
}

export function insertRun({ db }: Store, { identity, specification, recording, engine, numerics, work, startsFromRun }: NewRun): number {
  db.insert(specifications).values({ identity, document: specification }).onConflictDoNothing().run()
  const { id } = db.insert(runs).values({
    identity,
    engine,
    numerics,
    side: specification.streams.side,
    epochs: specification.settings['training.epochs'],
    work,
    recording,
    createdAt: new Date(),
    ...startsFromRun !== undefined && { startsFromRun },
  }).returning({ id: runs.id }).get()
  return id
}

/**
 * The newest finished run of the same identity, engine and numerics that stored all that is needed (design §2):
 * it is shared instead of training again.
 */
export function findShareable({ db }: Store, { identity, engine, numerics, recording }: Pick<NewRun, 'identity' | 'engine' | 'numerics' | 'recording'>): number | undefined {
  const finished = db.select({ id: runs.id, epochs: runs.epochs, recording: runs.recording })
    .from(runs)
    .where(and(
      eq(runs.identity, identity),
      eq(runs.engine, engine),
      eq(runs.numerics, numerics),
      inArray(runs.state, ['done', 'diverged']),
    ))
    .orderBy(desc(runs.id))
    .all()
  return finished.find(stored => contains(stored.recording, recording, stored.epochs))?.id
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
    case 'waiting':
    case 'done':
    case 'cancelled':
      return { kind: state }
  }
}
