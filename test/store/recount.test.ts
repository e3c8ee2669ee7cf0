import type { Store } from '../../src-main/store/open'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { engines } from '../../src-main/engines'
import { runsOfExperiment } from '../../src-main/store/experiments'
import { migrations } from '../../src-main/store/migrations'
import { DATABASE_FILE, openStore } from '../../src-main/store/open'
import { secondsLeft, speeds } from '../../src-main/store/speeds'
import { create, fresh } from '../queue/queues'

const native = engines.get('native')

/** Two experiments of the native engine: one is trained, ten seconds a run; the other waits. */
function trained(): { store: Store, folder: string, waiting: number[] } {
  const { store, folder } = fresh()
  const [first, second] = [create(store, { name: 'a' }, native), create(store, { name: 'b', seeds: [8, 9] }, native)]
  store.sqlite.exec(`UPDATE runs SET state = 'done', attempt = 1, started_at = 0, finished_at = 10000 WHERE id IN (${runsOfExperiment(store, first.id).join()})`)
  return { store, folder, waiting: runsOfExperiment(store, second.id) }
}

/** Opens the data directory anew after its database was changed. */
function reopened(store: Store, folder: string, sql: string): Store {
  store.close()
  const sqlite = new Database(join(folder, DATABASE_FILE))
  sqlite.exec(sql)
  sqlite.close()
  const again = openStore(folder)
  onTestFinished(() => void again.close())
  return again
}

describe('what runs cost, counted by an earlier version of the program', () => {
  it('is counted anew, also in a database that knows no version of it', () => {
    const { store, folder } = trained()
    const works = (of: Store): unknown => of.sqlite.prepare('SELECT id, work FROM runs ORDER BY id').all()
    const [before, seconds, pace] = [works(store), secondsLeft(store), speeds(store, native.id, native.numerics)]
    expect(seconds).toBeGreaterThan(0)
    // As before there was a version, and what came after it.
    const version = migrations.findIndex(({ name }) => name.includes('work-version'))
    const later = migrations.slice(version).flatMap(({ sql }) => [...sql.matchAll(/CREATE TABLE (`\w+`)/g)].map(([, table]) => `DROP TABLE ${table};`))
    const after = reopened(store, folder, `${later.join('')} ALTER TABLE runs DROP COLUMN work_version; UPDATE runs SET work = 77 * work; PRAGMA user_version = ${version}`)
    expect(works(after)).toEqual(before)
    expect(speeds(after, native.id, native.numerics)).toEqual(pace)
    expect(secondsLeft(after)).toBe(seconds)
  })

  it('is left out of estimates where this program does not know what was trained', () => {
    const { store, folder, waiting } = trained()
    const seconds = secondsLeft(store)!
    const [unknown, removed, ...left] = waiting
    const after = reopened(store, folder, `
      UPDATE runs SET work = 77 * work, work_version = 0;
      UPDATE runs SET engine = 'removed' WHERE id = ${removed};
      UPDATE specifications SET document = json_set(document, '$.settings."training.optimizer"', 'removed') WHERE identity = (SELECT identity FROM runs WHERE id = ${unknown})`)
    expect(after.sqlite.prepare('SELECT id FROM runs WHERE work_version = 0').pluck().all()).toEqual([unknown, removed])
    // A run of each side is left of the two.
    expect(left).toHaveLength(2)
    expect(secondsLeft(after)).toBeCloseTo(seconds / 2, 9)
  })

  it('tells nothing of how fast an engine is', () => {
    const { store } = trained()
    store.sqlite.exec('UPDATE runs SET work_version = 0 WHERE state = \'done\'')
    expect(speeds(store, native.id, native.numerics)).toEqual({})
    expect(secondsLeft(store)).toBeUndefined()
  })
})
