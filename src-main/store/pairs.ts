import type { Store } from './open'
import { eq } from 'drizzle-orm'
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

/** Lets every pair of one run have another instead. */
export function replaceRun({ db }: Store, run: number, by: number): void {
  db.update(pairs).set({ denseRun: by }).where(eq(pairs.denseRun, run)).run()
  db.update(pairs).set({ sparseRun: by }).where(eq(pairs.sparseRun, run)).run()
}
