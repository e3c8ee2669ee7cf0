import type { Store } from './open'
import type { StoredPair } from './pairs'
import { eq, max, or } from 'drizzle-orm'
import { pairs, runs } from './schema'

/** Final accuracies of both sides of those pairs that are complete, 0 .. 1. */
export function finalAccuracies({ sqlite }: Store, pairs: readonly Pick<StoredPair, 'denseRun' | 'sparseRun'>[]): { dense: number, sparse: number }[] {
  // CROSS JOIN keeps this order: whatever SQLite guesses of a JSON array, it is not how long it is.
  return sqlite.prepare(`
    SELECT dense_series.last / dense_series.total AS dense, sparse_series.last / sparse_series.total AS sparse
    FROM measures
    CROSS JOIN json_each(:pairs) AS pair
    CROSS JOIN runs AS dense ON dense.id = pair.value ->> 0 AND dense.state = 'done'
    CROSS JOIN runs AS sparse ON sparse.id = pair.value ->> 1 AND sparse.state = 'done'
    CROSS JOIN series AS dense_series ON dense_series.run = dense.id AND dense_series.measure = measures.id AND dense_series.layer = 0
    CROSS JOIN series AS sparse_series ON sparse_series.run = sparse.id AND sparse_series.measure = measures.id AND sparse_series.layer = 0
    WHERE measures.name = 'test.accuracy'`)
    .all({ pairs: JSON.stringify(pairs.map(({ denseRun, sparseRun }) => [denseRun, sparseRun])) }) as { dense: number, sparse: number }[]
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
