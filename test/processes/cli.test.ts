import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary'
import { lab, quickExperiment, startLab } from './lab'

/** A file with an experiment in a folder of its own. */
function experimentFile(document: object | string, name = 'experiment.json'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document, null, 2))
  return path
}

function table(folder: string, name: string): Record<string, string>[] {
  return parse(readFileSync(join(folder, `${name}.csv`)), { columns: true })
}

interface Planned {
  pairs: { layers: { dense: { activeWeights: number }, sparse: { activeWeights: number } }[] }[]
  runs: number
}

describe('lab plan', () => {
  it('--json prints JSON and nothing else on stdout, both sides beside each other', async () => {
    const { code, stdout, stderr } = await lab('plan', 'first-look', '--json', '--data', join(temporaryFolder(), 'none'))
    expect([code, stderr]).toEqual([0, ''])
    const plan = JSON.parse(stdout) as Planned
    expect(plan.runs).toBe(32)
    expect(plan.pairs).toHaveLength(16)
    expect(plan.pairs[0]!.layers[1]).toEqual({
      name: 'layers.1',
      dense: {
        inputs: 79,
        outputs: 79,
        activeWeights: 6241,
        density: 1,
        expectedUnconnectedUnits: 0,
      },
      sparse: {
        inputs: 788,
        outputs: 788,
        activeWeights: 6241,
        density: 6241 / 788 ** 2,
        expectedUnconnectedUnits: expect.closeTo(274, 0) as number,
      },
    })
    for (const { layers } of plan.pairs)
      expect(layers.map(({ dense }) => dense.activeWeights)).toEqual(layers.map(({ sparse }) => sparse.activeWeights))
  })

  it('takes overrides, and stores nothing', async () => {
    const data = join(temporaryFolder(), 'none')
    const { stdout } = await lab('plan', 'first-look', '--set', 'training.epochs=3', '--set', 'network.maximumWidth=500', '--data', data)
    expect(stdout).toContain('32 runs of 3 epochs on 2,560 examples')
    expect(stdout).toContain('500 x 784')
    expect(existsSync(data)).toBe(false)
  })
})

describe('bad input is answered with a sentence, exit code 2, and nothing on disk', () => {
  const file = (changes: object): object => ({ ...quickExperiment, ...changes })
  it.each<[string, object | string, RegExp]>([
    ['malformed JSON', '{\n  "name": "x",,\n}', /experiment\.json:2:\d+: this is no JSON document/],
    [
      'unknown optimizer',
      file({ base: { training: { optimizer: 'adamm' } } }),
      /experiment\.json:\d+:\d+: base\.training\.optimizer is "adamm"; it must be one of adam, momentum, sgd/,
    ],
    ['width 0', file({ capacities: [0] }), /capacities\[0\] is 0; it must be a number greater than 0/],
    [
      'W ≥ N',
      file({ capacities: [40] }),
      /capacities\[0\]: the dense width W = 40 must be smaller than the maximum width N = 40/,
    ],
    [
      'negative learning rate',
      file({ base: { training: { learningRate: -1 } } }),
      /base\.training\.learningRate is -1; it must be a number greater than 0/,
    ],
    ['unknown engine', file({ engine: 'abacus' }), /there is no engine 'abacus'; there is auto, wasm/],
  ])('%s', async (_, document, message) => {
    const data = join(temporaryFolder(), 'none')
    for (const command of message.source.includes('engine') ? ['run'] : ['plan', 'run']) {
      const { code, stdout, stderr } = await lab(command, experimentFile(document), '--data', data)
      expect(stderr).toMatch(message)
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr.split('\n')).toHaveLength(2)
    }
    expect(existsSync(data)).toBe(false)
  })

  it.each([
    [
      ['run', 'no-such-thing'],
      /"no-such-thing" is no file, no preset and no stored experiment \(presets: .*first-look/,
    ],
    [['run', 'no-such.json'], /there is no file no-such\.json/],
    [['run', 'first-look', '--set', 'training.epoch=3'], /there is no parameter training\.epoch/],
    [
      ['run', 'first-look', '--set', 'training.epochs=none'],
      /base\.training\.epochs is "none"; it must be a whole number/,
    ],
    [['run', 'first-look', '--jobs', '0'], /it must be a whole number of at least 1/],
    [['frobnicate'], /unknown command 'frobnicate'/],
  ])('%j', async (args, message) => {
    const data = join(temporaryFolder(), 'none')
    const { code, stdout, stderr } = await lab(...args, '--data', data)
    expect(stderr).toMatch(message)
    expect([code, stdout]).toEqual([2, ''])
    expect(existsSync(data)).toBe(false)
  })
})

describe('lab run', () => {
  it('trains, prints the comparison, writes CSV files, and a second time only shows', async () => {
    const data = temporaryFolder()
    const file = experimentFile(quickExperiment)
    const { code, stdout, stderr } = await lab('run', file, '--data', data)
    expect(stderr).toMatch(/^Quick: 8 runs, on wasm, \d+ at once\n/)
    expect(code).toBe(0)
    expect(stdout).toContain('Does it run?')
    expect(stdout).toMatch(/NR +W=12 .* 2 pairs = 1 capacity x 2 seeds/)
    expect(stdout).toContain('With 2 pairs a one-sided exact signed-rank test can reach p = 0.25')
    const exported = join(data, 'exports', 'quick')
    expect(stdout).toContain(join(exported, 'pairs.csv'))

    const again = await lab('run', file, '--data', data)
    expect(again).toMatchObject({ code: 0, stderr: '', stdout })

    const runs = table(exported, 'runs')
    expect(runs).toHaveLength(8)
    expect(new Set(runs.map(({ state }) => state))).toEqual(new Set(['done']))
    const epochs = table(exported, 'epochs')
    expect(epochs).toHaveLength(8 * 5)
    const pairs = table(exported, 'pairs')
    expect(pairs).toHaveLength(4)
    for (const pair of pairs) {
      const [dense, sparse] = [pair.dense_run, pair.sparse_run].map(run => runs.find(one => one.run === run)!)
      expect(dense!.side).toBe('dense')
      expect(sparse!.side).toBe('sparse')
      expect(Number(pair.difference_accuracy)).toBeCloseTo(Number(sparse!['test.accuracy']) - Number(dense!['test.accuracy']), 12)
      expect(dense!.active_weights).toBe(sparse!.active_weights)
      const last = epochs.find(({ run, epoch }) => run === dense!.run && epoch === '4')!
      expect(Number(last['test.accuracy.correct']) / Number(last['test.accuracy.total'])).toBe(Number(last['test.accuracy']))
      // The mean over the 11 epochs, of which there are four here.
      const flow = [1, 2, 3, 4].map(epoch => Number(epochs.find(one => one.run === sparse!.run && one.epoch === String(epoch))!.egf2))
      expect(Number(pair.sparse_egf2)).toBeCloseTo(flow.reduce((sum, value) => sum + value, 0) / 4, 12)
    }
    const layers = table(exported, 'layers')
    expect(layers).toHaveLength(8 * 5 * 3)
    const described = table(exported, 'columns')
    for (const name of ['runs', 'epochs', 'layers', 'pairs'])
      expect(described.filter(({ file }) => file === `${name}.csv`).map(({ column }) => column)).toEqual(Object.keys(table(exported, name)[0]!))
    expect(described.every(({ description }) => description !== '')).toBe(true)
  })

  it('--json prints JSON and nothing else on stdout; list, show and export read what it stored', async () => {
    const data = temporaryFolder()
    const { stdout } = await lab('run', experimentFile(quickExperiment), '--data', data, '--json')
    const result = JSON.parse(stdout) as { experiment: string, runs: object, cells: { pairs: number }[] }
    expect(result).toMatchObject({ experiment: 'quick', runs: { done: 8 } })
    expect(result.cells.map(({ pairs }) => pairs)).toEqual([2, 2])

    expect(JSON.parse((await lab('list', '--data', data, '--json')).stdout)).toMatchObject([
      { experiment: 'quick', runs: { done: 8 } },
    ])
    expect((await lab('list', '--data', data)).stdout).toMatch(/quick +Does it run\? +BatchNorm 2 +1 +2 +8 +8 done +wasm/)
    expect((await lab('show', 'quick', '--data', data)).stdout).toMatch(/NR +12 +1 +r1 +\d+\.\d % +r2 +\d+\.\d %/)
    expect(JSON.parse((await lab('show', 'r2', '--data', data, '--json')).stdout)).toMatchObject({
      run: 2,
      side: 'sparse',
      document: { widths: [40, 40], streams: { capacity: '[12,12]' } },
    })
    expect((await lab('show', 'r2', '--data', data)).stdout).toMatch(/r2 sparse, done, epoch 4 of 4/)
    const out = join(temporaryFolder(), 'csv')
    expect((await lab('export', 'quick', '--format', 'csv', '--out', out, '--data', data)).stdout.trim().split('\n')).toHaveLength(5)
    expect(readdirSync(out).sort()).toEqual(['columns.csv', 'epochs.csv', 'layers.csv', 'pairs.csv', 'runs.csv'])
    expect(readFileSync(join(out, 'pairs.csv'))).toEqual(readFileSync(join(data, 'exports', 'quick', 'pairs.csv')))
    expect((await lab('show', 'nothing', '--data', data)).stderr).toContain('stored: quick')
    expect((await lab('show', 'r99', '--data', data)).code).toBe(2)
  })

  it('ctrl-C stops after the running step, says how to go on, and going on gives the uninterrupted result', async () => {
    const slow = { ...quickExperiment, base: { ...quickExperiment.base, training: { epochs: 8, batchSize: 8 } } }
    const file = experimentFile(slow)
    const whole = temporaryFolder()
    const expected = await lab('run', file, '--data', whole, '--json')
    const data = temporaryFolder()
    let interruptions = 0
    while (true) {
      const run = startLab(['run', file, '--data', data, '--json'])
      if (interruptions < 3) {
        await run.says('at once')
        // As soon as something new is committed, so that the moment is one of training.
        const committed = (): number => existsSync(join(data, 'lab.sqlite')) ? count(data) : 0
        for (const before = committed(); committed() <= before;)
          await new Promise(resolve => setImmediate(resolve))
        run.process.kill('SIGINT')
      }
      const { code, stdout, stderr } = await run.ended
      if (code === 0) {
        const cells = (text: string): unknown => (JSON.parse(text) as { cells: unknown }).cells
        expect(cells(stdout)).toEqual(cells(expected.stdout))
        break
      }
      expect(code).toBe(130)
      expect(stdout).toBe('')
      expect(stderr).toMatch(/Stopped\. \d of 8 runs are finished; the others go on where they were with: npm run lab -- run /)
      interruptions++
    }
    expect(interruptions).toBe(3)
  })

  it('of a diverged run counts it and goes on', async () => {
    const data = temporaryFolder()
    const wild = {
      ...quickExperiment,
      factors: [{ name: 'rate', levels: [{ name: 'tame' }, { name: 'wild', setSparse: { 'training.learningRate': 1e30 } }] }],
    }
    const { code, stdout } = await lab('run', experimentFile(wild), '--data', data)
    expect(code).toBe(0)
    expect(stdout).toMatch(/wild +W=12 +– +– .* 0 pairs \(2 diverged\)/)
    expect((await lab('show', 'quick', '--data', data)).stdout).toMatch(/diverged at epoch 1, step \d/)
  })
})

function count(data: string): number {
  const sqlite = new Database(join(data, 'lab.sqlite'), { readonly: true, timeout: 5000 })
  try {
    return sqlite.pragma('user_version', { simple: true }) === 0
      ? 0
      : sqlite.prepare('SELECT count(*) FROM measurements').pluck().get() as number
  }
  finally {
    sqlite.close()
  }
}

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
    expect(stderr).toBe(`the data directory ${join(data, 'inner')} cannot be written (EACCES); give its user permission, or choose another with --data\n`)
    expect(code).toBe(3)
    expect(readdirSync(data)).toEqual([])
    return undefined
  })
})

it('a damaged data file is named, and no run fails for it', async () => {
  // The program with other resources: its files are where the built one finds them.
  const folder = temporaryFolder()
  const root = resolve(import.meta.dirname, '../..')
  cpSync(join(root, 'out/main'), join(folder, 'out/main'), { recursive: true })
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
  expect(stderr).toContain('0 of 32 runs are finished; the others go on where they were with: npm run lab -- run first-look')
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
    // Each checkpoint takes 1.3 MB and the one before is kept: with the database more than there is.
    const large = {
      ...quickExperiment,
      base: {
        ...quickExperiment.base,
        data: { dataset: 'synthetic', synthetic: { side: 16 } },
        network: { maximumWidth: 400 },
      },
    }
    const file = experimentFile(large)
    const { code, stdout, stderr } = await lab('run', file, '--data', disk, '--jobs', '1')
    expect(stderr).toMatch(/the disk (of \S+ )?is full/)
    expect(stderr).toMatch(/\d of 8 runs are finished; the others go on where they were with/)
    expect([code, stdout]).toEqual([3, ''])
    expect(readdirSync(disk, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.partial'))).toEqual([])

    spawnSync('mount', ['-o', 'remount,size=200m', disk])
    const resumed = await lab('run', file, '--data', disk, '--json')
    expect(resumed.code).toBe(0)
    const elsewhere = await lab('run', file, '--data', temporaryFolder(), '--json')
    const cells = (text: string): unknown => (JSON.parse(text) as { cells: unknown }).cells
    expect(cells(resumed.stdout)).toEqual(cells(elsewhere.stdout))
  }
  finally {
    spawnSync('umount', ['-l', disk])
  }
  return undefined
})
