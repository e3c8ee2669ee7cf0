import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { heldByAnother, isOwned, ownDataDirectory } from '../../src-main/store/owner'
import { temporaryFolder } from '../temporary'

it('a second owner is told who the first is, until the first lets go', () => {
  const folder = temporaryFolder()
  const first = ownDataDirectory(folder, 'lab run x')
  expect(first.kind).toBe('owned')
  const second = ownDataDirectory(folder, 'lab run y')
  expect(second).toMatchObject({ kind: 'heldByAnother', owner: { pid: process.pid, command: 'lab run x' } })
  if (second.kind === 'heldByAnother')
    expect(heldByAnother(folder, second.owner).message).toContain(`${folder} is in use by process ${process.pid} on`)
  if (first.kind === 'owned')
    first.release()
  const third = ownDataDirectory(folder, 'lab run z')
  expect(third.kind).toBe('owned')
  if (third.kind === 'owned')
    third.release()
})

it('a killed owner holds nothing', async () => {
  const folder = temporaryFolder()
  // As owner.ts does it, in a process that can be killed.
  const script = `
    const Database = require('better-sqlite3')
    const lock = new Database(${JSON.stringify(join(folder, 'owner.sqlite'))})
    lock.pragma('journal_mode = WAL')
    lock.exec('CREATE TABLE IF NOT EXISTS owner (pid INTEGER, host TEXT, command TEXT, since INTEGER)')
    lock.exec('BEGIN IMMEDIATE')
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  expect(ownDataDirectory(folder, 'lab').kind).toBe('heldByAnother')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const taken = ownDataDirectory(folder, 'lab')
  expect(taken.kind).toBe('owned')
  if (taken.kind === 'owned')
    taken.release()
})

describe('looking whether a data directory is owned', () => {
  it('says so while a process holds it, and not before or after', () => {
    const folder = temporaryFolder()
    // Nobody has owned it yet: that cannot be seen.
    expect(isOwned(folder)).toBe(true)
    own(folder)()
    expect(isOwned(folder)).toBe(false)
    const release = own(folder)
    expect([isOwned(folder), isOwned(folder)]).toEqual([true, true])
    release()
    expect(isOwned(folder)).toBe(false)
  })

  it('stops nobody from owning, and takes nothing from who does', () => {
    const folder = temporaryFolder()
    own(folder)()
    for (let look = 0; look < 3; look++) {
      expect(isOwned(folder)).toBe(false)
      own(folder)()
    }
    const release = own(folder)
    expect(isOwned(folder)).toBe(true)
    expect(ownDataDirectory(folder, 'lab').kind).toBe('heldByAnother')
    release()
  })

  it('makes nothing', () => {
    const folder = temporaryFolder()
    isOwned(folder)
    isOwned(join(folder, 'none'))
    expect(readdirSync(folder)).toEqual([])
  })
})

/** Owns a data directory; returns how to let go. */
function own(folder: string): () => void {
  const ownership = ownDataDirectory(folder, 'lab run')
  if (ownership.kind !== 'owned')
    throw new Error('it is held by another')
  onTestFinished(ownership.release)
  return ownership.release
}
