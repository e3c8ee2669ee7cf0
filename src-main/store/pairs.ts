import type { Store } from './open'
import { and, eq, or, sql } from 'drizzle-orm'
import { experiments, pairs } from './schema'

export interface StoredPair {
  readonly position: number
  readonly treatment: string
  readonly capacity: number
  readonly seed: number
  readonly denseRun: number
  readonly sparseRun: number
}

/** The pairs of an experiment in the order of its plan. */
export function pairsOfExperiment({ db }: Store, experiment: number): StoredPair[] {
  return db.select({
    position: pairs.position,
    treatment: pairs.treatment,
    capacity: pairs.capacity,
    seed: pairs.seed,
    denseRun: pairs.denseRun,
    sparseRun: pairs.sparseRun,
  }).from(pairs).where(eq(pairs.experiment, experiment)).orderBy(pairs.position).all()
}

/** The pairs that a run belongs to, and the experiments that they belong to. */
export function pairsOfRun({ db }: Store, run: number): (StoredPair & { readonly experiment: string })[] {
  return db.select({
    experiment: experiments.slug,
    position: pairs.position,
    treatment: pairs.treatment,
    capacity: pairs.capacity,
    seed: pairs.seed,
    denseRun: pairs.denseRun,
    sparseRun: pairs.sparseRun,
  })
    .from(pairs)
    .innerJoin(experiments, eq(experiments.id, pairs.experiment))
    .where(or(eq(pairs.denseRun, run), eq(pairs.sparseRun, run)))
    .orderBy(pairs.experiment, pairs.position)
    .all()
}

/** The statement that stores a pair, for storing many. */
export function preparePairs({ db }: Store) {
  return db.insert(pairs).values({
    experiment: sql.placeholder('experiment'),
    position: sql.placeholder('position'),
    treatment: sql.placeholder('treatment'),
    capacity: sql.placeholder('capacity'),
    seed: sql.placeholder('seed'),
    denseRun: sql.placeholder('denseRun'),
    sparseRun: sql.placeholder('sparseRun'),
  }).prepare()
}

/** Lets every pair of one run have another instead. */
export function replaceRun({ db }: Store, run: number, by: number): void {
  db.update(pairs).set({ denseRun: by }).where(eq(pairs.denseRun, run)).run()
  db.update(pairs).set({ sparseRun: by }).where(eq(pairs.sparseRun, run)).run()
}

/** Gives one pair other runs. */
export function setRunsOfPair({ db }: Store, experiment: number, position: number, denseRun: number, sparseRun: number): void {
  db.update(pairs).set({ denseRun, sparseRun }).where(and(eq(pairs.experiment, experiment), eq(pairs.position, position))).run()
}
