/**
 * `npm run bench:estimate`: how long training is said to take before it begins, and how long it took. Each experiment is
 * estimated by a calibration alone, by the runs of the experiment before it, and by itself; then it is trained.
 */

import type { Costs } from '@shared/calibration/calibration'
import type { Speeds } from '@shared/plan/work'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { busyInWords, wasBusy } from '@shared/calibration/calibration'
import { checkExperiment } from '@shared/experiment/file'
import { configureRecording } from '@shared/experiment/parameters'
import { denseCosts, secondsOf } from '@shared/plan/work'
import { cpuName } from '../src-main/cpu'
import { availableEngines, planHere } from '../src-main/engines/choose'
import { Scheduler } from '../src-main/queue/scheduler'
import { SqliteQueue } from '../src-main/queue/sqlite-queue'
import { createExperiment } from '../src-main/store/experiments'
import { openStore } from '../src-main/store/open'
import { speeds } from '../src-main/store/speeds'

const data = (subset: number) => ({ dataset: 'fashion-mnist', subset })
const network = (hiddenLayers: number, maximumWidth: number, batchNorm: boolean) => ({ architecture: 'mlp', mlp: { hiddenLayers }, maximumWidth, batchNorm })
const documents = [
  { name: 'as the first look', base: { data: data(2560), network: network(2, 788, true), training: { epochs: 10 } }, capacities: [79, 236], seeds: [1, 2] },
  { name: 'all of the data', base: { data: { dataset: 'fashion-mnist' }, network: network(2, 788, false), training: { epochs: 3 } }, capacities: [79, 394], seeds: [1] },
  { name: 'wide', base: { data: data(10_000), network: network(2, 3076, true), training: { epochs: 2, optimizer: 'momentum' } }, capacities: [308, 1538], seeds: [1] },
  { name: 'deep, small batches', base: { data: data(10_000), network: network(6, 400, true), training: { epochs: 5, batchSize: 32, optimizer: 'adam' } }, capacities: [60, 200], seeds: [1] },
]

/** Seconds that ended processes of this one had a core (proc(5): cutime and cstime, in hundredths). */
function workersSeconds(): number {
  const [, , , , , , , , , , , , , user, system] = readFileSync('/proc/self/stat', 'utf8').replace(/\(.*\)/, '').split(/ +/)
  return (Number(user) + Number(system)) / 100
}

const engines = await availableEngines()
const together = availableParallelism()

async function train(document: object) {
  const checked = checkExperiment({ ...document, engine: 'native' })
  const planned = checked.kind === 'valid' ? await planHere(checked.experiment) : undefined
  if (checked.kind !== 'valid' || planned?.kind !== 'planned')
    throw new Error(`${JSON.stringify(checked.kind === 'valid' ? planned : checked)}`)
  const { plan, engine } = planned
  const runs = plan.runs.map(({ specification }) => ({ run: specification, count: 1 }))
  const recording = configureRecording(checked.experiment.recording)
  const folder = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-bench-'))
  const store = openStore(folder)
  try {
    createExperiment(store, checked.experiment, plan, engine)
    const scheduler = new Scheduler(new SqliteQueue(store, folder, engines), { concurrency: together, workerFile: resolve('out/current/main/worker.js') })
    const [start, before] = [performance.now(), workersSeconds()]
    await scheduler.drain()
    const took = (performance.now() - start) / 1000
    const busy = workersSeconds() - before
    const each = store.sqlite.prepare('SELECT (finished_at - started_at) / 1000.0 FROM runs ORDER BY id').pluck().all() as number[]
    return {
      took,
      /** Seconds of cores. */
      busy,
      each,
      runs,
      recording,
      costs: engine.costs ?? denseCosts,
      speeds: speeds(store, engine.id, engine.numerics),
      estimate: (costs: Costs, speeds: Speeds) => (secondsOf(runs, recording, costs, speeds) ?? Number.NaN) / Math.min(together, runs.length),
    }
  }
  finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

console.log(`${cpuName()}, ${together} runs at once, load ${loadavg()[0]!.toFixed(1)}`)
const calibration = await (await import('../src-main/engines')).engines.get('native').calibrate!(() => {})
console.log(`calibrated in ${calibration.seconds.toFixed(0)} s${wasBusy(calibration) ? `, ${busyInWords(calibration)}` : ''}: ${JSON.stringify(calibration.costs)}`)
const trained: ({ readonly name: string } & Awaited<ReturnType<typeof train>>)[] = []
for (const document of documents)
  trained.push({ name: document.name, ...await train(document) })

const errorOf = (estimate: number, took: number): string => `${estimate.toFixed(1)} s ${estimate > took ? '+' : ''}${(100 * (estimate / took - 1)).toFixed(0)} %`
const columns = [22, 6, 9, 14, 18, 20, 18]
const line = (cells: readonly string[]): void => console.log(cells.map((cell, i) => cell.padEnd(columns[i] ?? 0)).join(''))
line(['experiment', 'runs', 'took', 'share of cores', ' by calibration', ' against cores', 'by other runs', 'by its own'])
trained.forEach(({ name, took, busy, runs, costs, speeds, estimate }, i) => {
  const calibrated = estimate(calibration.costs, { dense: 1, sparse: 1 })
  const other = trained.at(i - 1)!
  // On a busy machine, workers wait for cores: what they had of them is what a calibration can tell.
  const alone = busy / Math.min(together, runs.length)
  line([name, String(runs.length), `${took.toFixed(1)} s`, `${(100 * alone / took).toFixed(0)} %`, ` ${errorOf(calibrated, took)}`, ` ${errorOf(calibrated, alone)}`, errorOf(estimate(costs, other.speeds), took), errorOf(estimate(costs, speeds), took)])
})
if (process.argv.includes('--each')) {
  for (const { name, runs, each, recording } of trained) {
    runs.forEach((one, i) => {
      const expected = secondsOf([{ ...one, count: 1 }], recording, calibration.costs, { dense: 1, sparse: 1 })!
      console.log(`${name}, ${one.run.widths.join('-')} ${one.run.streams.side}: ${each[i]!.toFixed(2)} s, by calibration ${errorOf(expected, each[i]!)}`)
    })
  }
}
