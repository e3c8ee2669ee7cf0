import type { Migration } from '../../src-main/store/migrations'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrations } from '../../src-main/store/migrations'
import { DATABASE_FILE, NothingStored, openStore, readStore, StoreProblem } from '../../src-main/store/open'
import { temporaryFolder } from '../temporary'

const added: Migration = { name: '9999_added.sql', sql: 'CREATE TABLE added (id INTEGER); INSERT INTO added VALUES (7);' }
const broken: Migration = { name: '9999_broken.sql', sql: 'CREATE TABLE added (id INTEGER); SELECT * FROM missing;' }

function open(folder: string, all: readonly Migration[] = migrations) {
  const store = openStore(folder, all)
  onTestFinished(() => void store.close())
  return store
}

function tables(path: string): string[] {
  const sqlite = new Database(path, { readonly: true })
  const names = sqlite.prepare('SELECT name FROM sqlite_schema WHERE type = \'table\' ORDER BY name').pluck().all() as string[]
  sqlite.close()
  return names
}

function versionOf(path: string): number {
  const sqlite = new Database(path, { readonly: true })
  const version = sqlite.pragma('user_version', { simple: true }) as number
  sqlite.close()
  return version
}

/** What lies in a folder beside the database and SQLite's own files. */
function copies(folder: string): string[] {
  return readdirSync(folder).filter(name => ![DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`].includes(name))
}

describe('opening a store', () => {
  it('makes directory and database, in WAL mode with foreign keys', () => {
    const folder = join(temporaryFolder(), 'a', 'b')
    const { sqlite } = open(folder)
    expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(tables(join(folder, DATABASE_FILE))).toContain('measurements')
  })

  it('brings an earlier database up to date and keeps a copy of it', () => {
    const folder = temporaryFolder()
    const before = open(folder)
    before.sqlite.exec('INSERT INTO measures (name) VALUES (\'kept\')')
    before.close()
    const { sqlite } = open(folder, [...migrations, added])
    expect(sqlite.prepare('SELECT id FROM added').pluck().get()).toBe(7)
    expect(sqlite.prepare('SELECT name FROM measures').pluck().all()).toContain('kept')
    const copy = join(folder, `lab.version-${migrations.length}.sqlite`)
    expect(tables(copy)).not.toContain('added')
    expect(tables(copy)).toContain('measures')
  })

  it('leaves the database as it was when a migration fails', () => {
    const folder = temporaryFolder()
    open(folder).close()
    expect(() => openStore(folder, [...migrations, broken])).toThrow('missing')
    expect(tables(join(folder, DATABASE_FILE))).not.toContain('added')
    open(folder) // and it opens as before
  })

  it('refuses a database of a newer version and does not touch it', () => {
    const folder = temporaryFolder()
    open(folder, [...migrations, added]).close()
    const path = join(folder, DATABASE_FILE)
    const bytes = readFileSync(path)
    for (const attempt of [() => openStore(folder), () => readStore(folder)])
      expect(attempt).toThrow(`was written by a newer version of this program (database version ${migrations.length + 1}; this one knows up to ${migrations.length}); nothing was changed`)
    expect(readFileSync(path).equals(bytes)).toBe(true)
    expect(readdirSync(folder).filter(name => name.includes('version'))).toEqual([])
  })

  it('refuses another program\'s database and does not touch it', () => {
    const folder = temporaryFolder()
    const path = join(folder, DATABASE_FILE)
    const other = new Database(path)
    other.exec('CREATE TABLE theirs (id INTEGER)')
    other.close()
    const bytes = readFileSync(path)
    expect(() => openStore(folder)).toThrow('is a database of another program')
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it('says what is wrong with a damaged database, and with a file in the way', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, DATABASE_FILE), 'This is no database, but long enough to have a header of a hundred bytes and more, which it has now.')
    expect(() => openStore(folder)).toThrow(/is damaged or no database/)
    expect(() => openStore(join(folder, DATABASE_FILE))).toThrow(/a file is in its way/)
  })

  it('says that nothing is stored where a reader finds nothing, and makes nothing', () => {
    const folder = join(temporaryFolder(), 'none')
    expect(() => readStore(folder)).toThrow(NothingStored)
    expect(() => readStore(folder)).toThrow(StoreProblem)
    expect(() => readStore(folder)).toThrow(`nothing is stored in ${folder} yet`)
    expect(existsSync(folder)).toBe(false)
  })

  it.each([
    ['an empty file', (path: string) => writeFileSync(path, '')],
    ['a database without a table', (path: string) => {
      const begun = new Database(path)
      begun.pragma('journal_mode = WAL')
      begun.close()
    }],
  ])('takes one that was only begun for none, and makes it: %s', (_, begin) => {
    const folder = temporaryFolder()
    const path = join(folder, DATABASE_FILE)
    begin(path)
    expect(() => readStore(folder)).toThrow(NothingStored)
    open(folder)
    expect(tables(path)).toContain('measurements')
    expect(versionOf(path)).toBe(migrations.length)
    expect(copies(folder)).toEqual([])
    readStore(folder).close()
  })

  it('makes a database that a later command takes for ours, and reads it', () => {
    const folder = temporaryFolder()
    open(folder).sqlite.exec('INSERT INTO measures (name) VALUES (\'kept\')')
    open(folder) // beside the first, as after a crash
    const reader = readStore(folder)
    onTestFinished(() => void reader.close())
    expect(reader.sqlite.prepare('SELECT name FROM measures').pluck().all()).toEqual(['kept'])
    expect(() => reader.sqlite.exec('DELETE FROM measures')).toThrow(/readonly/)
    expect(copies(folder)).toEqual([])
  })

  it.each([
    ['a new database', (folder: string) => open(folder)],
    ['one that is up to date', (folder: string) => {
      open(folder).close()
      return open(folder)
    }],
    ['one that was just migrated', (folder: string) => {
      open(folder).close()
      return open(folder, [...migrations, added])
    }],
  ])('lets no row refer to what is not there, in %s', (_, opened) => {
    const { sqlite } = opened(temporaryFolder())
    expect(() => sqlite.exec('INSERT INTO events (run, at, attempt, text) VALUES (99, 0, 1, \'\')')).toThrow('FOREIGN KEY constraint failed')
    expect(() => sqlite.exec('INSERT INTO series (run, measure, layer, last_epoch) VALUES (99, 99, 0, 0)')).toThrow('FOREIGN KEY constraint failed')
  })
})

describe('a database of an earlier version', () => {
  /** One that a process left behind when it was killed: its last rows are in the WAL only. */
  function abandoned(): { folder: string, path: string } {
    const folder = temporaryFolder()
    const { sqlite } = open(folder)
    sqlite.pragma('wal_autocheckpoint = 0')
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
    sqlite.exec('INSERT INTO measures (id, name) VALUES (5, \'last words\')')
    return { folder, path: join(folder, DATABASE_FILE) }
  }

  it('is copied whole before it is changed, with what only its WAL holds', () => {
    const { folder, path } = abandoned()
    const copy = path.replace('.sqlite', `.version-${migrations.length}.sqlite`)
    // What an interrupted copy left.
    writeFileSync(`${copy}.partial`, 'half a copy')
    const { sqlite } = open(folder, [...migrations, added])
    expect(sqlite.prepare('SELECT name FROM measures').pluck().all()).toEqual(['last words'])
    expect(versionOf(path)).toBe(migrations.length + 1)
    expect(copies(folder)).toEqual([`lab.version-${migrations.length}.sqlite`])

    // The copy is a store of its own, as it was before.
    const elsewhere = temporaryFolder()
    renameSync(copy, join(elsewhere, DATABASE_FILE))
    expect(tables(join(elsewhere, DATABASE_FILE))).not.toContain('added')
    const before = open(elsewhere)
    expect(before.sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(before.sqlite.prepare('SELECT id, name FROM measures').all()).toEqual([{ id: 5, name: 'last words' }])
  })

  it('is not changed where it cannot be copied', () => {
    const { folder, path } = abandoned()
    mkdirSync(path.replace('.sqlite', `.version-${migrations.length}.sqlite.partial`))
    expect(() => openStore(folder, [...migrations, added])).toThrow()
    expect(versionOf(path)).toBe(migrations.length)
    expect(tables(path)).not.toContain('added')
  })

  it.each([
    ['throws', 'INSERT INTO measures (name) VALUES (\'new\'); CREATE TABLE added (id INTEGER); SELECT * FROM missing;', 'missing'],
    ['leaves rows without what they refer to', 'CREATE TABLE added (run INTEGER REFERENCES runs (id)); INSERT INTO measures (name) VALUES (\'new\'); INSERT INTO added VALUES (98), (99);', 'a migration leaves 2 rows of added without what they refer to'],
  ])('is as it was where a migration %s, the ones before it too', (_, sql, message) => {
    const { folder, path } = abandoned()
    expect(() => openStore(folder, [...migrations, { name: '9998_first.sql', sql: 'CREATE TABLE first (id INTEGER)' }, { name: '9999_bad.sql', sql }])).toThrow(message)
    expect(versionOf(path)).toBe(migrations.length)
    expect(tables(path)).not.toContain('added')
    expect(tables(path)).not.toContain('first')
    expect(open(folder).sqlite.prepare('SELECT name FROM measures').pluck().all()).toEqual(['last words'])
  })

  it('keeps the rows of a table that a migration makes anew, and those that refer to it', () => {
    const { folder } = abandoned()
    const { sqlite } = open(folder)
    sqlite.exec('INSERT INTO specifications VALUES (\'i\', \'{}\', \'{}\'); INSERT INTO runs (id, identity, engine, numerics, side, epochs, work, recording, created_at) VALUES (1, \'i\', \'wasm\', 1, \'dense\', 3, 1, \'{}\', 0); INSERT INTO events (run, at, attempt, text) VALUES (1, 0, 1, \'started\')')
    const columns = sqlite.prepare('SELECT sql FROM sqlite_schema WHERE name = \'runs\'').pluck().get() as string
    const anew: Migration = { name: '9999_anew.sql', sql: `${columns.replace('`runs`', '`runs_anew`')}; INSERT INTO runs_anew SELECT * FROM runs; DROP TABLE runs; ALTER TABLE runs_anew RENAME TO runs` }
    expect(open(folder, [...migrations, anew]).sqlite.prepare('SELECT runs.id, text FROM runs JOIN events ON run = runs.id').all()).toEqual([{ id: 1, text: 'started' }])
  })

  it('is not read: the sentence says what brings it up to date', () => {
    const folder = temporaryFolder()
    open(folder).close()
    const known = migrations as Migration[]
    known.push(added)
    onTestFinished(() => void known.pop())
    expect(() => readStore(folder)).toThrow(StoreProblem)
    expect(() => readStore(folder)).not.toThrow(NothingStored)
    expect(() => readStore(folder)).toThrow(`${join(folder, DATABASE_FILE)} is of version ${known.length - 1}, and this program reads version ${known.length}; a command that trains ("lab run") brings it up to date`)
    expect(versionOf(join(folder, DATABASE_FILE))).toBe(known.length - 1)
    expect(copies(folder)).toEqual([])
    open(folder).close()
    readStore(folder).close()
  })
})
