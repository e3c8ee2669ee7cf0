import { hostname } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { makeDataDirectory } from '../folders'
import { explained, StoreProblem } from './open'

export interface Owner {
  readonly pid: number
  readonly host: string
  readonly command: string
  readonly since: Date
}

export type Ownership
  = | { readonly kind: 'owned', readonly release: () => void }
    | { readonly kind: 'heldByAnother', readonly owner: Owner | undefined }

/** How long an owner waits for what may only be a look at the lock. */
const PROBE_MS = 250

/**
 * Makes this process the one that writes a data directory, until it ends, however it ends: it keeps a write
 * transaction open on a small database of its own, a lock that the system takes back from a dead process.
 * @throws StoreProblem where the directory cannot be written
 */
export function ownDataDirectory(dataDirectory: string, command: string): Ownership {
  return explained(dataDirectory, () => {
    makeDataDirectory(dataDirectory)
    const lock = new Database(join(dataDirectory, 'owner.sqlite'), { timeout: PROBE_MS })
    try {
      // Readers see the last committed row beside the open transaction.
      lock.pragma('journal_mode = WAL')
      lock.exec('CREATE TABLE IF NOT EXISTS owner (pid INTEGER, host TEXT, command TEXT, since INTEGER)')
      lock.transaction(() => {
        lock.exec('DELETE FROM owner')
        lock.prepare('INSERT INTO owner VALUES (?, ?, ?, ?)').run(process.pid, hostname(), command, Date.now())
      }).immediate()
      lock.exec('BEGIN IMMEDIATE')
      return { kind: 'owned', release: () => lock.close() }
    }
    catch (error) {
      const { code } = error as { code?: string }
      if (!code?.startsWith('SQLITE_BUSY')) {
        lock.close()
        throw error
      }
      const owner = readOwner(lock)
      lock.close()
      return { kind: 'heldByAnother', owner }
    }
  })
}

/** Whether a process owns a data directory now; true also where that cannot be seen. */
export function isOwned(dataDirectory: string): boolean {
  try {
    const lock = new Database(join(dataDirectory, 'owner.sqlite'), { timeout: 0, fileMustExist: true })
    try {
      lock.exec('BEGIN IMMEDIATE')
      return false
    }
    finally {
      lock.close()
    }
  }
  catch {
    return true
  }
}

function readOwner(lock: Database.Database): Owner | undefined {
  try {
    const row = lock.prepare('SELECT pid, host, command, since FROM owner').get() as Omit<Owner, 'since'> & { since: number } | undefined
    return row && { ...row, since: new Date(row.since) }
  }
  catch {
    return undefined // The other process is just making the table.
  }
}

/** Another process writes the data directory. */
export class DirectoryInUse extends StoreProblem {}

/** The sentence that a second process answers with. */
export function heldByAnother(dataDirectory: string, owner: Owner | undefined): DirectoryInUse {
  const who = owner
    ? `process ${owner.pid} on ${owner.host} ("${owner.command}", since ${owner.since.toISOString()})`
    : 'another process'
  return new DirectoryInUse(`${dataDirectory} is in use by ${who}; wait for it, stop it, or choose another directory with --data. Commands that only read work meanwhile`)
}
