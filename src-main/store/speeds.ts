import type { Store } from './open'
import { WORK_VERSION } from '@shared/plan/work'

/** The newest runs that speak for how fast an engine is now. */
const NEWEST = 200

/** How much of an engine's costs a run of each side does in a second, over the newest that were trained in one go; absent where there is none. */
export function speeds({ sqlite }: Store, engine: string, numerics: number): { dense?: number, sparse?: number } {
  const rows = sqlite.prepare(`
    SELECT side, 1000 * sum(work) / sum(finished_at - started_at) FROM (
      SELECT side, work, started_at, finished_at FROM runs
      WHERE state = 'done' AND engine = ? AND numerics = ? AND attempt = 1 AND finished_at > started_at AND work_version = ?
      ORDER BY finished_at DESC LIMIT ?)
    GROUP BY side`).raw().all(engine, numerics, WORK_VERSION, NEWEST) as ['dense' | 'sparse', number][]
  return Object.fromEntries(rows)
}

/**
 * Seconds that the runs which wait or are trained would still take one after the other, as fast as earlier ones of their
 * engine and side; those of one experiment, or all. Runs whose work was counted by another version are left out, here
 * and in speeds (`recountWork`). Undefined where none is left, or nothing tells how fast.
 */
export function secondsLeft(store: Store, experiment?: number): number | undefined {
  const open = store.sqlite.prepare(`
    SELECT runs.engine, numerics, side, sum(work * (1.0 - 1.0 * epoch / epochs)) FROM runs LEFT JOIN experiments ON experiments.id = runs.experiment
    WHERE state IN ('waiting', 'running') AND work_version = :version AND experiments.removed_at IS NULL ${experiment === undefined
      ? ''
      : 'AND runs.id IN (SELECT dense_run FROM pairs WHERE experiment = :experiment UNION SELECT sparse_run FROM pairs WHERE experiment = :experiment)'}
    GROUP BY runs.engine, numerics, side`).raw().all({ version: WORK_VERSION, ...experiment !== undefined && { experiment } }) as [string, number, 'dense' | 'sparse', number][]
  const seconds = open.map(([engine, numerics, side, work]) => {
    const { dense, sparse } = speeds(store, engine, numerics)
    return work / ({ dense, sparse }[side] ?? dense ?? sparse ?? Number.NaN)
  })
  const sum = seconds.reduce((sum, one) => sum + one, 0)
  return open.length && Number.isFinite(sum) ? sum : undefined
}
