import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { heldByAnother, ownDataDirectory } from '../../src-main/store/owner'
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
