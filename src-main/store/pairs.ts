import type { Store } from './open'
import { and, eq, sql } from 'drizzle-orm'
import { pairs } from './schema'

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

/** A pair, and the experiment that it belongs to. */
export interface PlacedPair extends StoredPair {
  readonly experiment: string
  readonly name: string
}

/** The pairs that runs belong to, by run; not those of removed experiments. */
export function pairsOfRuns({ sqlite }: Store, runs: readonly number[]): Map<number, PlacedPair[]> {
  const rows = sqlite.prepare(`
    SELECT run, slug AS experiment, name, position, treatment, capacity, seed, dense_run AS denseRun, sparse_run AS sparseRun
    FROM (SELECT value AS run FROM json_each(:runs))
    CROSS JOIN pairs ON dense_run = run OR sparse_run = run
    CROSS JOIN experiments ON experiments.id = pairs.experiment AND removed_at IS NULL
    ORDER BY pairs.experiment, position`).all({ runs: JSON.stringify(runs) }) as (PlacedPair & { run: number })[]
  const placed = new Map<number, PlacedPair[]>(runs.map(run => [run, []]))
  for (const { run, ...pair } of rows)
    placed.get(run)!.push(pair)
  return placed
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
