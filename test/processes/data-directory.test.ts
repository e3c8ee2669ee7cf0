import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary'
import { experimentFile } from './experiment-file'
import { lab, quickExperiment, startLab } from './lab'

describe('a data directory', () => {
  it('in use names its owner to a second writer, while readers work alongside', async () => {
    const data = temporaryFolder()
    const long = { ...quickExperiment, base: { ...quickExperiment.base, training: { epochs: 10_000 } } }
    const first = startLab([
      'run',
      experimentFile(long),
      '--data',
      data,
    ])
    await first.says('at once')
    const second = await lab('run', experimentFile(quickExperiment), '--data', data)
    expect(second.code).toBe(3)
    expect(second.stderr).toContain(`${data} is in use by process ${first.process.pid} on`)
    expect((await lab('list', '--data', data)).stdout).toContain('quick')
    expect((await lab('show', 'quick', '--data', data)).stdout).toMatch(/running, epoch \d/)
    expect((await lab('export', 'quick', '--data', data, '--out', join(data, 'out'))).code).toBe(0)
    first.process.kill('SIGINT')
    expect((await first.ended).code).toBe(130)
  })

  it('of a newer version is refused and not touched', async () => {
    const data = temporaryFolder()
    await lab('run', experimentFile(quickExperiment), '--data', data)
    const path = join(data, 'lab.sqlite')
    const sqlite = new Database(path)
    sqlite.pragma('user_version = 999')
    sqlite.close()
    const bytes = readFileSync(path)
    for (const args of [
      ['run', experimentFile(quickExperiment)],
      ['list'],
      ['show', 'quick'],
    ]) {
      const { code, stderr } = await lab(...args, '--data', data)
      expect(code).toBe(3)
      expect(stderr).toContain('was written by a newer version of this program')
    }
    expect(readFileSync(path).equals(bytes)).toBe(true)
    // What needs nothing stored works all the same.
    expect((await lab('plan', 'first-look', '--data', data)).code).toBe(0)
  })

  it('that another user may not write is refused with a sentence', async (context) => {
    const nobody = 65534
    if (process.getuid?.() !== 0) {
      console.warn('skipped: only root can become another user, and root itself is stopped by no mode')
      return context.skip('only root can become another user')
    }
    const data = temporaryFolder()
    const { code, stderr } = await startLab([
      'run',
      'first-look',
      '--data',
      join(data, 'inner'),
    ], { uid: nobody, gid: nobody }).ended
    expect(stderr).toBe(`the data directory ${join(data, 'inner')} cannot be written (EACCES), which SQLite needs for reading too; give its user permission, or choose another with --data\n`)
    expect(code).toBe(3)
    expect(readdirSync(data)).toEqual([])
    return undefined
  })

  it('shows runs whose process was killed as interrupted', async () => {
    const data = temporaryFolder()
    const long = { ...quickExperiment, base: { ...quickExperiment.base, training: { epochs: 10_000 } } }
    const first = startLab(['run', experimentFile(long), '--data', data])
    await first.says('at once')
    while (!(await lab('show', 'quick', '--data', data)).stdout.includes('running, epoch'));
    first.process.kill('SIGKILL')
    await first.ended
    expect((await lab('show', 'quick', '--data', data)).stdout).toMatch(/interrupted after epoch \d/)
    expect((await lab('list', '--data', data)).stdout).toContain(' 8 waiting')
  })

  it('that is a file is refused with a sentence', async () => {
    const file = experimentFile(quickExperiment)
    for (const args of [['list'], ['run', file]]) {
      const { code, stderr } = await lab(...args, '--data', file)
      expect([code, stderr]).toEqual([3, `the data directory ${file} cannot be made: a file is in its way; choose another with --data\n`])
    }
  })
})
