import type { Store } from './open'

/** The newest runs that speak for how fast an engine is now. */
const NEWEST = 200

/** Multiply-adds a second by side, over an engine's newest runs that were trained in one go; absent where there is none. */
export function speeds({ sqlite }: Store, engine: string, numerics: number): { dense?: number, sparse?: number } {
  const rows = sqlite.prepare(`
    SELECT side, 1000 * sum(work) / sum(finished_at - started_at) FROM (
      SELECT side, work, started_at, finished_at FROM runs
      WHERE state = 'done' AND engine = ? AND numerics = ? AND attempt = 1 AND finished_at > started_at
      ORDER BY finished_at DESC LIMIT ?)
    GROUP BY side`).raw().all(engine, numerics, NEWEST) as ['dense' | 'sparse', number][]
  return Object.fromEntries(rows)
}
