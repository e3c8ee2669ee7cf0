import type { Store } from './open'
import { eq, max, or } from 'drizzle-orm'
import { pairs, runs } from './schema'

/** Final accuracies of both sides of an experiment's complete pairs, 0 .. 1. */
export function finalAccuracies({ sqlite }: Store, experiment: number): { dense: number, sparse: number }[] {
  return sqlite.prepare(`
    SELECT dense_series.last / dense_series.total AS dense, sparse_series.last / sparse_series.total AS sparse
    FROM pairs
    JOIN runs dense ON dense.id = dense_run AND dense.state = 'done'
    JOIN runs sparse ON sparse.id = sparse_run AND sparse.state = 'done'
    JOIN measures ON measures.name = 'test.accuracy'
    JOIN series dense_series ON dense_series.run = dense.id AND dense_series.measure = measures.id AND dense_series.layer = 0
    JOIN series sparse_series ON sparse_series.run = sparse.id AND sparse_series.measure = measures.id AND sparse_series.layer = 0
    WHERE pairs.experiment = ? ORDER BY pairs.position`).all(experiment) as { dense: number, sparse: number }[]
}

/** When the last of its runs ended; undefined before the first. */
export function lastEnd({ db }: Store, experiment: number): Date | undefined {
  return db.select({ at: max(runs.finishedAt) })
    .from(runs)
    .innerJoin(pairs, or(eq(pairs.denseRun, runs.id), eq(pairs.sparseRun, runs.id)))
    .where(eq(pairs.experiment, experiment))
    .get()
    ?.at ?? undefined
}
