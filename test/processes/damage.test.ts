import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../temporary'
import { experimentFile } from './experiment-file'
import { beginningsIn } from './interruptions'
import { lab, quickExperiment, startLab } from './lab'

it('a damaged data file is named, and no run fails for it', async () => {
  // The program with other resources: its files are where the built one finds them.
  const folder = temporaryFolder()
  const root = resolve(import.meta.dirname, '../..')
  cpSync(realpathSync(join(root, 'out/current/main')), join(folder, 'out/main'), { recursive: true })
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  cpSync(join(root, 'resources/presets'), join(folder, 'resources/presets'), { recursive: true })
  const images = 'resources/datasets/fashion-mnist'
  mkdirSync(join(folder, dirname(images)), { recursive: true })
  cpSync(join(root, images), join(folder, images), { recursive: true })
  const damaged = join(folder, images, 'train-images-idx3-ubyte.gz')
  const bytes = readFileSync(damaged)
  writeFileSync(damaged, bytes.subarray(0, statSync(damaged).size - 1000))

  const data = temporaryFolder()
  const cli = join(folder, 'out/main/cli.js')
  const { code, stderr } = await startLab(['run', 'first-look', '--data', data], { cli }).ended
  expect(code).toBe(3)
  expect(stderr).toContain(`the data file ${damaged} is damaged: unexpected end of file`)
  expect(stderr).toContain('0 of 32 runs are finished; the others go on where they were with: npm run -s lab -- run first-look')
  expect(JSON.parse((await startLab(['list', '--json', '--data', data], { cli }).ended).stdout)).toMatchObject([
    { runs: { waiting: 32 } },
  ])
  expect((await startLab(['datasets', '--data', data], { cli }).ended).stdout).toContain('is damaged')
})

it('a full disk stops training with a sentence; with space again it goes on to the same end', async (context) => {
  const disk = temporaryFolder()
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk])
  if (mounted.status !== 0) {
    console.warn(`skipped: no small disk can be mounted here (${mounted.stderr?.toString().trim() || String(mounted.error)})`)
    return context.skip('no small disk can be mounted here')
  }
  try {
    // A checkpoint of a sparse run takes 1.3 MB, and all are kept: there is space for the first, and none for the third.
    const large = {
      ...quickExperiment,
      base: {
        ...quickExperiment.base,
        data: { dataset: 'synthetic', synthetic: { side: 16 } },
        network: { maximumWidth: 400 },
      },
      seeds: [1],
      recording: { checkpoint: 1, keep: 'all' },
    }
    const file = experimentFile(large)
    const { code, stdout, stderr } = await lab('run', file, '--data', disk, '--jobs', '1')
    expect(stderr).toMatch(/the disk (of \S+ )?is full/)
    expect(stderr).toMatch(/\d of 4 runs are finished; the others go on where they were with/)
    expect([code, stdout]).toEqual([3, ''])
    expect(readdirSync(disk, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.partial'))).toEqual([])

    spawnSync('mount', ['-o', 'remount,size=200m', disk])
    const resumed = await lab('run', file, '--data', disk, '--json')
    expect(resumed.code).toBe(0)
    expect(beginningsIn(disk).resumed).toBe(1)
    const elsewhere = await lab('run', file, '--data', temporaryFolder(), '--json')
    const cells = (text: string): unknown => (JSON.parse(text) as { cells: unknown }).cells
    expect(cells(resumed.stdout)).toEqual(cells(elsewhere.stdout))
  }
  finally {
    spawnSync('umount', ['-l', disk])
  }
  return undefined
})
