/**
 * `npm run bench:store`: builds a database of many runs by the product's own store, and times what lists, charts and
 * training ask of it. By default 10,000 runs of 50 epochs, 100 of them of 1,000; `--full` gives all of them 1,000.
 */

import type { Measurement } from '@shared/measures'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkExperiment } from '@shared/experiment/file'
import { configureRecording } from '@shared/experiment/parameters'
import { planExperiment } from '@shared/plan/plan'
import { cpuName } from '../src-main/cpu'
import { chartCurves } from '../src-main/reads/curves'
import { Measurements } from '../src-main/store/measurements'
import { openStore } from '../src-main/store/open'
import { getRuns, prepareRuns } from '../src-main/store/runs'

const { values } = parseArgs({
  options: {
    'runs': { type: 'string', default: '10000' },
    'epochs': { type: 'string', default: '50' },
    'long-runs': { type: 'string', default: '100' },
    'full': { type: 'boolean', default: false },
  },
})
const RUNS = Number(values.runs)
const LONG = 1000
function epochsOf(run: number): number {
  return values.full || run < Number(values['long-runs']) ? LONG : Number(values.epochs)
}

/** Eight measures an epoch, and at the 11 epochs of gradient flow also its layers' norms. */
const shown = ['train.loss', 'test.loss.subset', 'test.accuracy.subset', 'time.training', 'gf1', 'gf2', 'egf1', 'egf2'] as const
const layerMeasures = [
  'layer.gradient.l1',
  'layer.gradient.l2',
  'layer.gradient.active.l1',
  'layer.gradient.active.l2',
  'layer.weights.l2',
]

function measured(run: number, epoch: number, epochs: number): Measurement[] {
  const value = (k: number): number => Math.exp(-epoch / epochs) + Math.abs(Math.sin(run * 12.9898 + epoch * 78.233 + k)) / 10
  const flow = epoch % Math.ceil(epochs / 11) === 0
  return [
    ...shown.map((measure, k): Measurement => measure === 'test.accuracy.subset'
      ? {
          measure,
          layer: 0,
          value: 0.8,
          correct: Math.floor(1000 * value(k) / 2),
          total: 1000,
        }
      : { measure, layer: 0, value: value(k) }),
    ...flow
      ? [1, 2, 3].flatMap(layer => layerMeasures.map((measure, k): Measurement => ({
          measure,
          layer,
          value: value(10 * layer + k),
        })))
      : [],
  ]
}

/** Milliseconds, minimum and median of several calls. */
function time(rounds: number, action: () => unknown): { minimum: number, median: number } {
  const taken = Array.from({ length: rounds }, () => {
    const start = performance.now()
    action()
    return performance.now() - start
  }).sort((a, b) => a - b)
  return { minimum: taken[0]!, median: taken[Math.floor(rounds / 2)]! }
}

function report(what: string, { minimum, median }: { minimum: number, median: number }, target: string): void {
  console.log(`${what.padEnd(62)} ${minimum.toFixed(2).padStart(9)} ${median.toFixed(2).padStart(9)}   ${target}`)
}

const folder = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-bench-'))
try {
  const store = openStore(folder)
  const measurements = new Measurements(store)
  const parsed = checkExperiment({ name: 'bench', capacities: [79], seeds: Array.from({ length: RUNS / 2 }, (_, i) => i) })
  const planned = parsed.kind === 'valid' ? planExperiment(parsed.experiment) : undefined
  if (planned?.kind !== 'planned')
    throw new Error('the benchmark\'s experiment cannot be planned')

  console.log(`${cpuName()}, Node ${process.versions.node}: ${RUNS} runs, ${values.full ? RUNS : values['long-runs']} of them with ${LONG} epochs, the others with ${values.epochs}`)
  const start = performance.now()
  let points = 0
  const ids: number[] = []
  const prepared = prepareRuns(store)
  store.sqlite.transaction(() => planned.plan.runs.forEach(({ identity, specification }) =>
    ids.push(prepared.insert({
      identity,
      specification,
      recording: configureRecording({}),
      engine: 'wasm',
      numerics: 1,
      work: 1,
    }))))()
  for (let first = 0; first < RUNS; first += 100) {
    // As training fills it: many runs grow at once; one transaction for speed, one epoch each is timed below.
    store.sqlite.transaction(() => {
      const epochs = Math.max(...ids.slice(first, first + 100).map((_, i) => epochsOf(first + i)))
      for (let epoch = 0; epoch <= epochs; epoch++) {
        for (let run = first; run < Math.min(first + 100, RUNS); run++) {
          if (epoch > epochsOf(run))
            continue
          const rows = measured(run, epoch, epochsOf(run))
          points += rows.length
          measurements.record({ id: ids[run]!, epochs: epochsOf(run) }, [{ epoch, measurements: rows }])
        }
      }
    })()
  }
  store.sqlite.prepare('UPDATE runs SET state = \'done\', epoch = epochs').run()
  store.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  const bytes = store.sqlite.prepare('SELECT sum(pgsize) FROM dbstat WHERE name = \'measurements\'').pluck().get() as number
  const seriesBytes = store.sqlite.prepare('SELECT sum(pgsize) FROM dbstat WHERE name IN (\'series\', \'series_by_run\', \'series_of_whole_runs\')').pluck().get() as number
  console.log(`${points.toLocaleString('en-US')} points in ${((performance.now() - start) / 1000).toFixed(0)} s; file ${(statSync(join(folder, 'lab.sqlite')).size / 1e6).toFixed(0)} MB`)
  console.log(`measurements: ${(bytes / points).toFixed(1)} bytes a point (at most 30); with curves' summaries ${((bytes + seriesBytes) / points).toFixed(1)}\n`)

  console.log(`${''.padEnd(62)} ${'min ms'.padStart(9)} ${'median'.padStart(9)}   target`)
  report(`list of ${RUNS} runs with last, best and 11-epoch mean of 3 measures`, time(9, () => {
    const runs = getRuns(store, ids)
    for (const measure of ['test.accuracy.subset', 'test.loss.subset', 'egf2'])
      measurements.summaries(measure)
    return runs
  }), '< 100')
  const long = ids.slice(0, 100)
  const told = chartCurves(store, long, 'test.loss.subset', 0).reduce((sum, { epochs }) => sum + epochs.length, 0)
  report(`100 curves x 1,000 points as a chart asks for them (${told.toLocaleString('en-US')})`, time(9, () => chartCurves(store, long, 'test.loss.subset', 0)), '< 150')
  report('100 curves x 1,000 points, every point', time(9, () => long.map(run => measurements.curve(run, 'test.loss.subset'))), '')
  const last = ids.at(-1)!
  let epoch = 60
  report('an epoch of 8 measures inserted, its own transaction', time(300, () => measurements.record({ id: last, epochs: LONG }, [{ epoch: ++epoch, measurements: measured(1, 1, LONG) }])), '< 1')
  report('an epoch of 8 measures and 15 layer norms inserted', time(300, () => measurements.record({ id: last, epochs: LONG }, [{ epoch: ++epoch, measurements: measured(1, 0, LONG) }])), '< 1')
  store.close()
}
finally {
  rmSync(folder, { recursive: true, force: true })
}
