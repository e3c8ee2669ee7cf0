import type { Migration } from './migrations'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { makeDataDirectory } from '../folders'
import { databaseVersion, migrate, migrations } from './migrations'
import { recountWork } from './recount'
import * as schema from './schema'

export const DATABASE_FILE = 'lab.sqlite'

/** SQLite's `application_id` of our databases: "GFLa". */
const APPLICATION_ID = 0x47464C61

export type Store = ReturnType<typeof wrap>

/** Why a data directory cannot be used, as a sentence that names it. */
export class StoreProblem extends Error {}

/** There is no database, or one that was only begun. */
export class NothingStored extends StoreProblem {}

/**
 * Opens the database of a data directory that this process owns, migrated to this version.
 * A database of an earlier version is copied beside itself first; one of a later version is left as it is.
 * @throws StoreProblem
 */
export function openStore(dataDirectory: string, all: readonly Migration[] = migrations): Store {
  return explained(dataDirectory, () => {
    makeDataDirectory(dataDirectory)
    const path = join(dataDirectory, DATABASE_FILE)
    const version = versionOf(path)
    refuseNewer(path, version, all)
    const sqlite = new Database(path)
    try {
      sqlite.pragma('journal_mode = WAL')
      // A commit survives the end of the process; what a power failure may take, is trained again from a checkpoint.
      sqlite.pragma('synchronous = NORMAL')
      sqlite.pragma('busy_timeout = 5000')
      if (version < all.length) {
        if (version > 0)
          backUp(sqlite, path, version)
        migrate(sqlite, all, APPLICATION_ID)
      }
      sqlite.pragma('foreign_keys = ON')
      const store = wrap(sqlite)
      recountWork(store)
      return store
    }
    catch (error) {
      sqlite.close()
      throw error
    }
  })
}

/**
 * Opens a database to read it, beside the process that owns it.
 * @throws StoreProblem, also where there is none
 */
export function readStore(dataDirectory: string): Store {
  return explained(dataDirectory, () => {
    if (statSync(dataDirectory, { throwIfNoEntry: false })?.isFile())
      throw new StoreProblem(isAFile(dataDirectory))
    const path = join(dataDirectory, DATABASE_FILE)
    const version = versionOf(path)
    if (version === 0)
      throw new NothingStored(`nothing is stored in ${dataDirectory} yet`)
    refuseNewer(path, version, migrations)
    if (version < migrations.length)
      throw new StoreProblem(`${path} is of version ${version}, and this program reads version ${migrations.length}; a command that trains ("lab run") brings it up to date`)
    return wrap(new Database(path, { readonly: true, timeout: 5000 }))
  })
}

function wrap(sqlite: Database.Database) {
  return { sqlite, db: drizzle(sqlite, { schema, casing: 'snake_case' }), close: () => sqlite.close() }
}

/** How many migrations the database has had; 0 where there is none yet. */
function versionOf(path: string): number {
  if (!existsSync(path))
    return 0
  const sqlite = new Database(path, { readonly: true, timeout: 5000 })
  try {
    const tables = sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number
    if (tables > 0 && sqlite.pragma('application_id', { simple: true }) !== APPLICATION_ID)
      throw new StoreProblem(`${path} is a database of another program; nothing was changed. Choose another directory with --data`)
    return databaseVersion(sqlite)
  }
  finally {
    sqlite.close()
  }
}

function refuseNewer(path: string, version: number, all: readonly Migration[]): void {
  if (version > all.length)
    throw new StoreProblem(`${path} was written by a newer version of this program (database version ${version}; this one knows up to ${all.length}); nothing was changed. Update the program, or choose another directory with --data`)
}

/** A copy of the whole database beside it: `lab.version-N.sqlite`. */
function backUp(sqlite: Database.Database, path: string, version: number): void {
  const copy = path.replace(/\.sqlite$/, `.version-${version}.sqlite`)
  rmSync(`${copy}.partial`, { force: true })
  sqlite.prepare('VACUUM INTO ?').run(`${copy}.partial`)
  const file = openSync(`${copy}.partial`, 'r+')
  fsyncSync(file)
  closeSync(file)
  renameSync(`${copy}.partial`, copy)
}

/** Turns the system's and SQLite's errors into sentences about the data directory. */
export function explained<T>(dataDirectory: string, action: () => T): T {
  try {
    return action()
  }
  catch (error) {
    throw explain(dataDirectory, error as Error & { code?: string })
  }
}

function isAFile(dataDirectory: string): string {
  return `the data directory ${dataDirectory} cannot be made: a file is in its way; choose another with --data`
}

export function explain(dataDirectory: string, error: Error & { code?: string }): Error {
  if (error.code?.startsWith('SQLITE_IOERR'))
    return new StoreProblem(`the disk of ${dataDirectory} cannot be read or written (${error.message}): is it full or failing? What is stored stays`)
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
      return new StoreProblem(`the data directory ${dataDirectory} cannot be written (${error.code}), which SQLite needs for reading too; give its user permission, or choose another with --data`)
    case 'ENOTDIR':
    case 'EEXIST':
      return new StoreProblem(isAFile(dataDirectory))
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return new StoreProblem(`the disk of ${dataDirectory} is full; what is stored stays`)
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return new StoreProblem(`${join(dataDirectory, DATABASE_FILE)} is damaged or no database (${error.message}); move it away, or choose another directory with --data`)
    default:
      return error
  }
}
