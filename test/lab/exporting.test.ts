import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { exportInProcess } from '../../src-main/lab/exporting'
import { temporaryFolder } from '../temporary'

describe('exporting by a process of its own', () => {
  let folder: string
  const outcome = (script: string): Promise<{ name: string }[]> => {
    const cli = join(folder, 'cli.cjs')
    writeFileSync(cli, script)
    return exportInProcess(cli)('/data', 'small', 'png', { mm: [85, 170], dpi: 600 })
  }

  beforeEach(() => {
    folder = temporaryFolder()
    vi.stubEnv('TMPDIR', folder)
  })
  afterEach(() => void vi.unstubAllEnvs())

  it('hands on every file, and leaves none behind', async () => {
    expect((await outcome(`
      const { writeFileSync } = require('node:fs')
      const out = process.argv[process.argv.indexOf('--out') + 1]
      for (const name of ['b.png', 'a.png']) writeFileSync(out + '/' + name, name)`)).map(({ name }) => name)).toEqual(['a.png', 'b.png'])
    expect(readdirSync(folder)).toEqual(['cli.cjs'])
  })

  it('hands on the options', async () => {
    expect((await outcome(`
      const { writeFileSync } = require('node:fs')
      const at = name => process.argv.findIndex(argument => argument === name || argument.startsWith(name + '='))
      writeFileSync(process.argv[at('--out') + 1] + '/' + process.argv[at('--format') + 1] + process.argv[at('--mm')] + process.argv[at('--dpi')], '')`)).map(({ name }) => name)).toEqual(['png--mm=85,170--dpi=600'])
  })

  it.each([
    ['a sentence of the command', 'console.error("/tmp/x.csv: the disk is full"); process.exitCode = 3', '/tmp/x.csv: the disk is full'],
    ['a defect', 'throw new TypeError("no such chart")', 'The files could not be made: '],
    ['an end by the system', 'process.kill(process.pid, "SIGKILL")', 'The files could not be made: their process was ended by SIGKILL'],
  ])('says why there are none: %s', async (_, script, message) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await expect(outcome(script)).rejects.toMatchObject({ code: 'CONFLICT', defined: true, data: { reason: expect.stringContaining(message) as string } })
    expect(readdirSync(folder)).toEqual(['cli.cjs'])
  })

  it('says why there are none: no room for them', async () => {
    vi.stubEnv('TMPDIR', join(folder, 'none'))
    await expect(outcome('')).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: expect.stringMatching(/could not be made: ENOENT/) as string } })
  })
})
