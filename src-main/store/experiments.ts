import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { Store } from './open'
import { createHash } from 'node:crypto'
import { checkExperiment, experimentDocument } from '@shared/experiment/file'
import { configureRecording } from '@shared/experiment/parameters'
import { workOf } from '@shared/plan/work'
import canonicalize from 'canonicalize'
import { count, desc, eq, inArray, or } from 'drizzle-orm'
import { pairsOfExperiment, preparePairs, replaceRun } from './pairs'
import { getRuns, prepareRuns } from './runs'
import { experiments, pairs, runs } from './schema'

export interface StoredExperiment {
  readonly id: number
  readonly slug: string
  readonly experiment: Experiment
  /** What its runs are trained on: `auto` resolved when it was started. */
  readonly engine: string
  readonly createdAt: Date
}

/** The newest experiment with exactly this document: the same file run again goes on with it. */
export function findSame({ db }: Store, experiment: Experiment): StoredExperiment | undefined {
  const row = db.select()
    .from(experiments)
    .where(eq(experiments.documentHash, hashOf(experiment)))
    .orderBy(desc(experiments.id))
    .get()
  return row && toExperiment(row)
}

/** The newest experiment of the same name. */
export function findNamesake({ db }: Store, { name }: Experiment): StoredExperiment | undefined {
  const row = db.select().from(experiments).where(eq(experiments.name, name)).orderBy(desc(experiments.id)).get()
  return row && toExperiment(row)
}

export function getExperiment({ db }: Store, slug: string): StoredExperiment | undefined {
  const row = db.select().from(experiments).where(eq(experiments.slug, slug)).get()
  return row && toExperiment(row)
}

export function listExperiments({ db }: Store): StoredExperiment[] {
  return db.select().from(experiments).orderBy(experiments.id).all().map(toExperiment)
}

/**
 * Stores an experiment and its plan, all or nothing: its pairs, and a waiting run for each planned one that no
 * finished run can be shared for.
 */
export function createExperiment(store: Store, experiment: Experiment, plan: Plan, engine: { id: string, numerics: number }): StoredExperiment {
  const { db } = store
  return db.transaction(() => {
    const row = db.insert(experiments).values({
      slug: freeSlug(store, experiment.name),
      name: experiment.name,
      document: experimentDocument(experiment),
      documentHash: hashOf(experiment),
      engine: engine.id,
      createdAt: new Date(),
    }).returning().get()
    const ids = storeRuns(store, row.id, experiment, plan, engine)
    const insertPair = preparePairs(store)
    for (const [position, { treatment, capacity, seed, dense, sparse }] of plan.pairs.entries()) {
      const [denseRun, sparseRun] = [ids.get(dense.identity)!, ids.get(sparse.identity)!]
      insertPair.run({ experiment: row.id, position, treatment, capacity, seed, denseRun, sparseRun })
    }
    return toExperiment(row)
  })
}

/** The stored run of each planned one, by identity: one that is shared, else one that waits now. */
function storeRuns(store: Store, experiment: number, { recording: given }: Experiment, plan: Pick<Plan, 'runs'>, engine: { id: string, numerics: number }): Map<string, number> {
  const recording = configureRecording(given)
  const stored = prepareRuns(store)
  const ids = new Map<string, number>()
  for (const { identity, specification } of plan.runs) {
    const run = { identity, specification, recording, engine: engine.id, numerics: engine.numerics, work: workOf(specification, recording), experiment }
    const parent = specification.startsFrom && ids.get(specification.startsFrom.identity)
    ids.set(identity, stored.findShareable(run) ?? stored.insert({ ...run, ...parent !== undefined && { startsFromRun: parent } }))
  }
  return ids
}

/**
 * Lets failed and cancelled runs wait again, and plans anew those that cannot go on as they began: their definition,
 * engine or its version has changed. What they measured stays.
 */
export function retryExperiment(store: Store, { id, experiment }: StoredExperiment, plan: Plan, engine: { id: string, numerics: number }): void {
  const { db } = store
  db.transaction(() => {
    const unfinished = new Map(getRuns(store, runsOfExperiment(store, id))
      .filter(({ state }) => state.kind !== 'done' && state.kind !== 'diverged')
      .map(run => [run.id, run]))
    const pairs = pairsOfExperiment(store, id)
    const outdated = plan.pairs.flatMap(({ dense, sparse }, i) => [
      { planned: dense, run: unfinished.get(pairs[i]!.denseRun) },
      { planned: sparse, run: unfinished.get(pairs[i]!.sparseRun) },
    ]).flatMap(({ planned, run }) => run && !(run.identity === planned.identity && run.engine === engine.id && run.numerics === engine.numerics) ? [{ planned, run }] : [])
    const anew = storeRuns(store, id, experiment, { runs: outdated.map(({ planned }) => planned) }, engine)
    for (const { planned, run } of outdated) {
      replaceRun(store, run.id, anew.get(planned.identity)!)
      db.update(runs).set({ state: 'cancelled', reason: null }).where(eq(runs.id, run.id)).run()
    }
    const again = [...unfinished.values()].filter(run => !outdated.some(one => one.run === run) && (run.state.kind === 'failed' || run.state.kind === 'cancelled'))
    for (const { id } of again)
      db.update(runs).set({ state: 'waiting', deaths: 0, reason: null, finishedAt: null }).where(eq(runs.id, id)).run()
  })
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

function hashOf(experiment: Experiment): string {
  return createHash('sha256').update(canonicalize(experimentDocument(experiment))!).digest('hex')
}

/** "First look" → first-look, first-look-2, ...; never what means a run (r12). */
function freeSlug(store: Store, name: string): string {
  const words = name.toLowerCase().normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'experiment'
  const base = /^r\d+$/.test(words) ? `experiment-${words}` : words
  const taken = (slug: string): boolean => getExperiment(store, slug) !== undefined
  let slug = base
  for (let i = 2; taken(slug); i++)
    slug = `${base}-${i}`
  return slug
}

function toExperiment({ id, slug, document, engine, createdAt }: typeof experiments.$inferSelect): StoredExperiment {
  const checked = checkExperiment(document)
  if (checked.kind === 'invalid')
    throw new Error(`the stored experiment ${slug} cannot be read: ${checked.problems.map(({ message }) => message).join('; ')}`)
  return {
    id,
    slug,
    experiment: checked.experiment,
    engine,
    createdAt,
  }
}
