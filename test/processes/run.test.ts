import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary'
import { experimentFile } from './experiment-file'
import { beginningsIn, checkpointedWorkers, read } from './interruptions'
import { lab, quickExperiment, startLab } from './lab'

function table(folder: string, name: string): Record<string, string>[] {
  return parse(readFileSync(join(folder, `${name}.csv`)), { columns: true })
}

describe('lab run', () => {
  it('trains, prints the comparison, writes CSV files, and a second time only shows', async () => {
    const data = temporaryFolder()
    const file = experimentFile(quickExperiment)
    const { code, stdout, stderr } = await lab('run', file, '--data', data)
    expect(stderr).toMatch(/^Quick: 8 runs, on (native|wasm), \d+ at once\n/)
    expect(code).toBe(0)
    expect(stdout).toContain('Does it run?')
    expect(stdout).toMatch(/NR +12 +\d+\.\d ± \d+\.\d .* 2 = 1 x 2\n/)
    expect(stdout).toContain('A one-sided exact signed-rank test of a treatment cannot reach p = 0.05 with 2 pairs (at best 0.250).')
    const exported = join(data, 'exports', 'quick')
    expect(stdout).toContain(join(exported, 'pairs.csv'))

    const again = await lab('run', file, '--data', data)
    expect(again).toMatchObject({ code: 0, stderr: 'Quick: 8 runs, nothing left to train\n', stdout })

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
    expect((await lab('list', '--data', data)).stdout).toMatch(/quick +BatchNorm 2 +12 +2 +4 +8 +8 done +(native|wasm) +\d{4}-\d\d-\d\d \d\d:\d\d +Does it run\?/)
    expect((await lab('show', 'quick', '--data', data)).stdout).toMatch(/NR +12 +1 +r1 +\d+\.\d +r2 +\d+\.\d\n/)
    expect(JSON.parse((await lab('show', 'r2', '--data', data, '--json')).stdout)).toMatchObject({
      run: 2,
      side: 'sparse',
      pairs: [{ experiment: 'quick', treatment: 'NR', capacity: 12, seed: 1, denseRun: 1, sparseRun: 2 }],
      settings: { 'training.batchSize': 32 },
      identityDocument: { widths: [40, 40], streams: { capacity: '[12,12]' } },
    })
    const shown = (await lab('show', 'r2', '--data', data)).stdout
    expect(shown).toContain('r2 sparse, done, epoch 4 of 4\nquick: NR W=12 seed 1, beside r1 dense\n')
    expect(shown).toMatch(/data\.dataset +synthetic +fashion-mnist\n(.+\n)*training\.learningRate +0\.1 +0\.1\n/)
    const out = join(temporaryFolder(), 'csv')
    expect((await lab('export', 'quick', '--format', 'csv', '--out', out, '--data', data)).stdout.trim().split('\n')).toHaveLength(6)
    expect(readdirSync(out).sort()).toEqual(['cells.csv', 'columns.csv', 'epochs.csv', 'layers.csv', 'pairs.csv', 'runs.csv'])
    expect(readFileSync(join(out, 'pairs.csv'))).toEqual(readFileSync(join(data, 'exports', 'quick', 'pairs.csv')))
    expect((await lab('show', 'nothing', '--data', data)).stderr).toContain('stored: quick')
    expect((await lab('show', 'r99', '--data', data)).code).toBe(2)
  })

  it('ctrl-C stops after the running step, says how to go on, and going on gives the uninterrupted result', async () => {
    // All checkpoints are kept, or runs as short as these would write none before their last.
    const slow = { ...quickExperiment, base: { ...quickExperiment.base, training: { epochs: 16, batchSize: 32 } }, recording: { checkpoint: 4, keep: 'all' } }
    const file = experimentFile(slow)
    const whole = temporaryFolder()
    const expected = await lab('run', file, '--data', whole, '--json')
    const data = temporaryFolder()
    let interruptions = 0
    while (true) {
      const run = startLab(['run', file, '--data', data, '--json'], { detached: true })
      if (interruptions < 3) {
        await run.says('at once')
        while (!checkpointedWorkers(data).length)
          await new Promise(resolve => setImmediate(resolve))
        // As a terminal does: to the workers too.
        process.kill(-run.process.pid!, 'SIGINT')
      }
      const { code, stdout, stderr } = await run.ended
      if (code === 0) {
        const cells = (text: string): unknown => (JSON.parse(text) as { cells: unknown }).cells
        expect(cells(stdout)).toEqual(cells(expected.stdout))
        break
      }
      expect(code).toBe(130)
      expect(JSON.parse(stdout)).toMatchObject({ error: { exit: 'interrupted' } })
      expect(stderr).toMatch(/Stopped\. \d of 8 runs are finished; the others go on where they were with: npm run -s lab -- run /)
      interruptions++
    }
    expect(interruptions).toBe(3)
    expect(beginningsIn(data).resumed).toBeGreaterThan(0)
    expect(read(data, sqlite => sqlite.prepare('SELECT sum(deaths) FROM runs').pluck().get())).toBe(0)
  })

  it('of a diverged run counts it and goes on', async () => {
    const data = temporaryFolder()
    const wild = {
      ...quickExperiment,
      factors: [{ name: 'rate', levels: [{ name: 'tame' }, { name: 'wild', setSparse: { 'training.learningRate': 1e30 } }] }],
    }
    const { code, stdout } = await lab('run', experimentFile(wild), '--data', data)
    expect(code).toBe(0)
    expect(stdout).toMatch(/wild +12 +– +– .* 0, 2 diverged\n/)
    expect((await lab('show', 'quick', '--data', data)).stdout).toMatch(/diverged at epoch 1, step \d/)
  })
})
