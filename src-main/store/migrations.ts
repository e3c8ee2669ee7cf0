import type { Database } from 'better-sqlite3'

/** Statements of one version of the database, applied after all before it; they never change once released. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

// Inlined by Vite: the built file needs no folder beside it.
const files = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true })

/** In order; the database's version (`user_version`) is how many it has had. */
export const migrations: readonly Migration[] = Object.entries(files)
  .map(([file, sql]) => ({ name: file.split('/').at(-1)!, sql }))
  .sort((a, b) => a.name < b.name ? -1 : 1)

export function databaseVersion(sqlite: Database): number {
  return sqlite.pragma('user_version', { simple: true }) as number
}

/**
 * Brings a database to the last version and marks it as ours, all or nothing. Foreign keys must be off, so that a
 * rebuilt table takes nothing with it; they are checked before the commit.
 */
export function migrate(sqlite: Database, all: readonly Migration[], applicationId: number): void {
  sqlite.pragma('foreign_keys = OFF')
  sqlite.transaction(() => {
    for (const { sql } of all.slice(databaseVersion(sqlite)))
      sqlite.exec(sql)
    const broken = sqlite.pragma('foreign_key_check') as { table: string }[]
    if (broken.length)
      throw new Error(`a migration leaves ${broken.length} rows of ${broken[0]!.table} without what they refer to`)
    sqlite.pragma(`user_version = ${all.length}`)
    sqlite.pragma(`application_id = ${applicationId}`)
  }).exclusive()
}
