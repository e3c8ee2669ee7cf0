/** What a data directory tells of interrupted runs, also while it is trained in. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export interface Beginnings {
  /** From a checkpoint. */
  readonly resumed: number
  /** Again from the beginning, for want of a checkpoint. */
  readonly restarted: number
}

/** How interrupted runs went on, counted by attempts. */
export function beginningsIn(data: string): Beginnings {
  const count = (text: string): number => read(data, sqlite => sqlite.prepare('SELECT count(*) FROM events WHERE text LIKE ?').pluck().get(`${text}%`)) as number
  return { resumed: count('went on after epoch '), restarted: count('started again from the beginning') }
}

/** The processes that train runs which have a checkpoint to go on from and are not yet at their middle. */
export function checkpointedWorkers(data: string): number[] {
  return (read(data, sqlite => sqlite.prepare(`
    SELECT worker_pid FROM runs WHERE state = 'running' AND worker_pid IS NOT NULL AND epoch < epochs / 2
    AND EXISTS (SELECT 1 FROM checkpoints WHERE run = runs.id)`).pluck().all()) ?? []) as number[]
}

/** What a query gives; nothing where there is no database yet. */
export function read<T>(data: string, query: (sqlite: Database.Database) => T): T | undefined {
  if (!existsSync(join(data, 'lab.sqlite')))
    return undefined
  const sqlite = new Database(join(data, 'lab.sqlite'), { readonly: true, timeout: 5000 })
  try {
    return sqlite.pragma('user_version', { simple: true }) === 0 ? undefined : query(sqlite)
  }
  finally {
    sqlite.close()
  }
}
