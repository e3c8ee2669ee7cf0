import type { Costs } from '@shared/calibration/calibration'
import type { Experiment } from '@shared/experiment/schema'
import type { Plan, PlannedRun } from '@shared/plan/plan'
import type { Store } from './open'
import { createHash } from 'node:crypto'
import { checkExperiment, experimentDocument } from '@shared/experiment/file'
import { configureRecording } from '@shared/experiment/parameters'
import { workOf } from '@shared/plan/work'
import canonicalize from 'canonicalize'
import { and, count, desc, eq, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { StoreProblem } from './open'
import { pairsOfExperiment, preparePairs, setRunsOfPair } from './pairs'
import { getRuns, prepareRuns } from './runs'
import { experiments, pairs, runs } from './schema'
import { freeSourceSlug } from './slugs'

/** What an experiment's runs are trained on. */
export interface PlannedEngine {
  readonly id: string
  readonly numerics: number
  /** Of an engine without sparse arithmetic if absent. */
  readonly costs?: Costs
}

export interface StoredExperiment {
  readonly id: number
  readonly slug: string
  readonly experiment: Experiment
  /** What its runs are trained on: `auto` resolved when it was started. */
  readonly engine: string
  readonly createdAt: Date
  /** Its waiting runs are not begun. */
  readonly paused: boolean
}

/** The newest experiment with exactly this document: the same file run again goes on with it. */
export function findSame({ db }: Store, experiment: Experiment): StoredExperiment | undefined {
  const row = db.select()
    .from(experiments)
    .where(and(eq(experiments.documentHash, hashOf(experiment)), isNull(experiments.removedAt)))
    .orderBy(desc(experiments.id))
    .get()
  return row && toExperiment(row)
}

/** Experiments of the same name, the newest first. */
export function findNamesakes({ db }: Store, { name }: Experiment): StoredExperiment[] {
  return db.select().from(experiments).where(and(eq(experiments.name, name), isNull(experiments.removedAt))).orderBy(desc(experiments.id)).all().flatMap(row => ifReadable(row) ?? [])
}

export function getExperiment({ db }: Store, slug: string): StoredExperiment | undefined {
  const row = db.select().from(experiments).where(and(eq(experiments.slug, slug), isNull(experiments.removedAt))).get()
  return row && toExperiment(row)
}

/** Experiments that this program can read, in the order in which they were stored. */
export function listExperiments(store: Store): StoredExperiment[] {
  return visible(store).flatMap(row => ifReadable(row) ?? [])
}

/** A sentence for each that it cannot: a newer program knew more. */
export function unreadableExperiments(store: Store): string[] {
  return visible(store).flatMap(row => whyUnreadable(row) ?? [])
}

/** What experiments are called on the command line. */
export function slugs(store: Store): string[] {
  return visible(store).map(({ slug }) => slug)
}

function visible({ db }: Store): Row[] {
  return db.select().from(experiments).where(isNull(experiments.removedAt)).orderBy(experiments.id).all()
}

/**
 * Stores an experiment and its plan, all or nothing: its pairs, and a waiting run for each planned one that no
 * finished run can be shared for.
 */
export function createExperiment(store: Store, experiment: Experiment, plan: Plan, engine: PlannedEngine): StoredExperiment {
  return store.db.transaction(() => {
    const storing = beginExperiment(store, experiment, engine)
    storing.addRuns(plan.runs)
    storing.addPairs(plan.pairs.map(({ dense, sparse, ...pair }) => ({ ...pair, dense: dense.identity, sparse: sparse.identity })))
    return storing.finish()
  })
}

/** A pair of planned runs, by their identities. */
export interface PlannedPair extends Omit<Plan['pairs'][number], 'dense' | 'sparse'> {
  readonly dense: string
  readonly sparse: string
}

/**
 * The same part by part: runs first, then pairs in the order of the plan. Out of sight until it is finished; what never
 * is, is as an experiment that was removed.
 */
export function beginExperiment(store: Store, experiment: Experiment, engine: PlannedEngine) {
  const { db } = store
  const { id } = db.insert(experiments).values({
    slug: freeSourceSlug(store, experiment.name),
    name: experiment.name,
    document: experimentDocument(experiment),
    documentHash: hashOf(experiment),
    engine: engine.id,
    createdAt: new Date(),
    removedAt: new Date(),
  }).returning({ id: experiments.id }).get()
  const ids = new Map<string, number>()
  const [stored, insertPair] = [prepareRuns(store), preparePairs(store)]
  let position = 0
  return {
    addRuns(runs: readonly PlannedRun[]): void {
      db.transaction(() => storeRuns(stored, id, experiment, runs, engine, ids))
    },
    addPairs(pairs: readonly PlannedPair[]): void {
      db.transaction(() => {
        for (const { treatment, capacity, seed, dense, sparse } of pairs)
          insertPair.run({ experiment: id, position: position++, treatment, capacity, seed, denseRun: ids.get(dense)!, sparseRun: ids.get(sparse)! })
      })
    },
    finish(): StoredExperiment {
      return toExperiment(db.update(experiments).set({ removedAt: null }).where(eq(experiments.id, id)).returning().get())
    },
  }
}

/** Adds to `ids`, by identity, the stored run of each planned one that is not there: one that is shared, else one that waits now. */
function storeRuns(stored: ReturnType<typeof prepareRuns>, experiment: number, { recording: given }: Experiment, planned: readonly PlannedRun[], engine: PlannedEngine, ids: Map<string, number>): void {
  const recording = configureRecording(given)
  for (const { identity, specification } of planned.filter(({ identity }) => !ids.has(identity))) {
    const run = { identity, specification, recording, engine: engine.id, numerics: engine.numerics, work: workOf(specification, recording, engine.costs), experiment }
    const parent = specification.startsFrom && ids.get(specification.startsFrom.identity)
    if (specification.startsFrom && parent === undefined)
      throw new Error(`run ${identity} starts from run ${specification.startsFrom.identity}, which is not planned`)
    ids.set(identity, stored.findShareable(run) ?? stored.insert({ ...run, ...parent !== undefined && { startsFromRun: parent } }))
  }
}

/**
 * Lets failed and cancelled runs wait again. A pair with a run that cannot go on as it began (its definition, engine or
 * the engine's version has changed) is planned anew with both its sides, so that it is never of two engines; what the
 * old runs measured stays.
 * @param only the runs that wait again; all that failed or were cancelled if absent
 */
export function retryExperiment(store: Store, { id, experiment }: StoredExperiment, plan: Plan, engine: PlannedEngine, only?: readonly number[]): void {
  const { db } = store
  const wanted = only && new Set(only)
  const isWanted = (run: number): boolean => wanted?.has(run) ?? true
  db.transaction(() => {
    const stored = new Map(getRuns(store, runsOfExperiment(store, id)).map(run => [run.id, run]))
    const isOpen = (run: number): boolean => !['done', 'diverged'].includes(stored.get(run)!.state.kind)
    const isOutdated = (run: number, { identity }: PlannedRun): boolean => {
      const { identity: then, engine: by, numerics } = stored.get(run)!
      return then !== identity || by !== engine.id || numerics !== engine.numerics
    }
    const planned = new Map(plan.pairs.map(pair => [placeOf(pair), pair]))
    const outdated = pairsOfExperiment(store, id).flatMap((pair) => {
      const now = planned.get(placeOf(pair))
      const sides = now ? [[pair.denseRun, now.dense], [pair.sparseRun, now.sparse]] as const : []
      return now && sides.some(([run]) => isOpen(run) && isWanted(run)) && sides.some(([run, side]) => isOutdated(run, side)) ? [{ pair, now }] : []
    })
    const anew = new Map(outdated.flatMap(({ now: { dense, sparse } }) => [dense, sparse]).map(run => [run.identity, run]))
    const ofNow = [...stored.values()].filter(run => run.engine === engine.id && run.numerics === engine.numerics)
    const ids = new Map(ofNow.map(run => [run.identity, run.id]))
    storeRuns(prepareRuns(store), id, experiment, [...anew.values()], engine, ids)
    for (const { pair: { position }, now: { dense, sparse } } of outdated)
      setRunsOfPair(store, id, position, ids.get(dense.identity)!, ids.get(sparse.identity)!)
    const kept = new Set(runsOfExperiment(store, id))
    for (const run of [...stored.values()].filter(run => isOpen(run.id))) {
      const isLetGo = !kept.has(run.id)
      if (isLetGo || (isWanted(run.id) && (run.state.kind === 'failed' || run.state.kind === 'cancelled')))
        db.update(runs).set(isLetGo ? { state: 'cancelled', reason: null } : { state: 'waiting', deaths: 0, reason: null, finishedAt: null }).where(eq(runs.id, run.id)).run()
    }
    db.update(experiments).set({ engine: engine.id }).where(eq(experiments.id, id)).run()
  })
}

function placeOf({ treatment, capacity, seed }: { treatment: string, capacity: number, seed: number }): string {
  return JSON.stringify([treatment, capacity, seed])
}

/** Numbers of its runs, each once, in the order of the plan. */
export function runsOfExperiment({ db }: Store, experiment: number): number[] {
  const rows = db.select({ dense: pairs.denseRun, sparse: pairs.sparseRun })
    .from(pairs)
    .where(eq(pairs.experiment, experiment))
    .orderBy(pairs.position)
    .all()
  return [...new Set(rows.flatMap(({ dense, sparse }) => [dense, sparse]))]
}

/** How many runs of an experiment are in each state. */
export function countStates({ db }: Store, experiment: number): Readonly<Partial<Record<typeof runs.$inferSelect['state'], number>>> {
  const itsRuns = db.selectDistinct({ id: runs.id })
    .from(runs)
    .innerJoin(pairs, or(eq(pairs.denseRun, runs.id), eq(pairs.sparseRun, runs.id)))
    .where(eq(pairs.experiment, experiment))
  const rows = db.select({ state: runs.state, n: count() })
    .from(runs)
    .where(inArray(runs.id, itsRuns))
    .groupBy(runs.state)
    .all()
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}

/** Whether an experiment's runs may be begun. */
export function setPaused({ db }: Store, id: number, paused: boolean): void {
  db.update(experiments).set({ paused }).where(eq(experiments.id, id)).run()
}

/** Puts an experiment out of sight, or back; its waiting runs are not begun meanwhile. Whether that changed anything. */
export function setRemoved({ db }: Store, slug: string, removed: boolean): boolean {
  return db.update(experiments).set({ removedAt: removed ? new Date() : null }).where(and(eq(experiments.slug, slug), removed ? isNull(experiments.removedAt) : isNotNull(experiments.removedAt))).run().changes > 0
}

/**
 * Forgets removed experiments and the runs that no other one has.
 * @returns those runs, whose files can go too
 */
export function purgeRemoved({ db }: Store): number[] {
  return db.transaction(() => {
    const removed = db.select({ id: experiments.id }).from(experiments).where(isNotNull(experiments.removedAt)).all().map(({ id }) => id)
    if (removed.length === 0)
      return []
    const candidates = db.select({ id: runs.id })
      .from(runs)
      .leftJoin(pairs, or(eq(pairs.denseRun, runs.id), eq(pairs.sparseRun, runs.id)))
      // One that was never stored whole has runs without pairs.
      .where(or(inArray(pairs.experiment, removed), inArray(runs.experiment, removed)))
    const ids = [...new Set(candidates.all().map(({ id }) => id))]
    db.delete(pairs).where(inArray(pairs.experiment, removed)).run()
    db.delete(experiments).where(inArray(experiments.id, removed)).run()
    const wanted = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
    const needed = db.select().from(pairs).where(or(eq(pairs.denseRun, runs.id), eq(pairs.sparseRun, runs.id)))
    return db.delete(runs).where(and(sql`${runs.id} IN ${wanted}`, notExists(needed), isNull(runs.startsFromRun))).returning({ id: runs.id }).all().map(({ id }) => id)
  })
}

function hashOf(experiment: Experiment): string {
  return createHash('sha256').update(canonicalize(experimentDocument(experiment))!).digest('hex')
}

/** @throws StoreProblem where this program does not know what it sets */
function toExperiment(row: Row): StoredExperiment {
  const experiment = ifReadable(row)
  if (!experiment)
    throw new StoreProblem(whyUnreadable(row)!)
  return experiment
}

function ifReadable({ id, slug, document, engine, createdAt, paused }: Row): StoredExperiment | undefined {
  const checked = checkExperiment(document)
  return checked.kind === 'valid' ? { id, slug, experiment: checked.experiment, engine, createdAt, paused } : undefined
}

type Row = typeof experiments.$inferSelect

function whyUnreadable({ slug, document }: Row): string | undefined {
  const checked = checkExperiment(document)
  return checked.kind === 'valid' ? undefined : `the stored experiment ${slug} cannot be read by this version of the program: ${checked.problems.map(({ message }) => message).join('; ')}`
}
