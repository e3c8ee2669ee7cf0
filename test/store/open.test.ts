import type { Migration } from '../../src-main/store/migrations'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrations } from '../../src-main/store/migrations'
import { DATABASE_FILE, openStore, readStore, StoreProblem } from '../../src-main/store/open'
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
      expect(attempt).toThrow(/was written by a newer version of this program \(database version 2; this one knows up to 1\); nothing was changed/)
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
    expect(() => readStore(folder)).toThrow(StoreProblem)
    expect(existsSync(folder)).toBe(false)
  })
})
