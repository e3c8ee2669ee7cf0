import type { Options } from './options'
import type { BenchRecord, Environment } from './record'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { roughDuration } from '@shared/format'
import product from '../../package.json'
import { engines } from '../../src-main/engines'
import { loadAddon } from '../../src-main/engines/native/addon'
import { compare, rounded } from './compare'
import { epochRuns, measureEpoch } from './epoch'
import { EPOCHS, estimateRow, estimateSpread } from './estimate'
import { cpuClass, nativeSources, pinningObstacle } from './machine'
import { rowText } from './print'
import { ensurePython } from './python'
import { readRecord, writeRecord } from './record'
import { Refusal } from './refusal'
import { writeReport } from './report'
import { rowsOf } from './rows'
import { measureSpread } from './spread'
import { rivals } from './variants'

/** Measures what is asked for, prints it, and stores each part as soon as it is there. False where contestants did not train alike. */
export async function benchAll(options: Options): Promise<boolean> {
  const loaded = loadAddon()
  if (loaded.kind !== 'loaded')
    throw new Refusal(`there is no native engine: ${loaded.reason}`)
  const obstacle = pinningObstacle()
  if (obstacle)
    throw new Refusal(obstacle)
  const { addon } = loaded

  const chosen = rivals.filter(({ column }) => options.rivals.includes(column))
  const rows = rowsOf(options)
  const repeated = options.parts.includes('processes') ? spreadRowsOf(options) : []
  const epochs = options.parts.includes('epoch') ? epochRuns() : []
  const seconds = [
    ...rows.map(row => estimateRow(row, chosen, options.rounds)),
    ...repeated.map(row => estimateSpread(row, options)),
    epochs.length && EPOCHS,
  ].reduce((sum, part) => sum + part, 0)
  console.log(`${rows.length} rows of ${chosen.length + 1} contestants, ${repeated.length} of ${options.processes} identical processes, ${epochs.length} epochs: ${roughDuration(seconds)}.`)
  if (options.estimate)
    return true

  const python = chosen.some(({ program }) => program.kind === 'python') ? ensurePython() : undefined
  if (python?.kind === 'missing')
    console.log(python.reason)
  const taking = chosen.filter(({ program }) => program.kind !== 'python' || python?.kind === 'ready')

  const cpu = cpuClass(addon)
  const { settings } = await engines.get('native').open()
  const peak = Math.round(addon.peak(settings.instructionSet as string))
  const date = new Date().toISOString().slice(0, 10)
  const environment = (versions: Record<string, string>): Environment => ({
    date,
    versions: { 'Gradient Flow Lab': product.version, 'native sources': nativeSources(), 'sparse up to density': String(settings.sparseDensity), 'node': process.versions.node, ...versions },
    rounds: options.rounds,
  })
  const store = (change: (record: BenchRecord) => void): void => {
    if (!options.store)
      return
    const record = readRecord(cpu)
    change(record)
    record.cpu.peak = Math.max(peak, record.cpu.peak)
    writeRecord(record)
  }
  console.log(`${cpu.title}; FMA peak ${peak} GFLOP/s a thread; milliseconds a step, and how many times as many as ours: ratio of minima / median of paired ratios\n`)

  let agree = true
  const folder = temporaryFolder()
  try {
    await compare({
      rows,
      rivals: taking,
      rounds: options.rounds,
      folder,
      environment,
      report(row, stored) {
        console.log(rowText(row.key, stored))
        agree &&= Object.values(stored.results).every(({ kind }) => kind !== 'disagrees')
        store(record => record.rows[row.key] = stored)
      },
    })
    for (const row of repeated) {
      const minima = (await measureSpread(row, { ...options, folder })).map(rounded)
      console.log(`${row.key}, ${minima.length} processes: ${minima.map(one => one.toFixed(3)).join(', ')}; slowest / fastest ${(Math.max(...minima) / Math.min(...minima)).toFixed(2)}`)
      store(record => record.processes[row.key] = { environment: environment({}), minima })
    }
    for (const { name, run } of epochs) {
      const measured = await measureEpoch(run, { engine: 'native', folder })
      console.log(`epoch, ${name}: ${(1000 * measured.epoch).toFixed(0)} ms, ${(measured.epoch / measured.stepsAlone).toFixed(2)}x its ${measured.steps} steps (${(1000 * measured.stepsAlone).toFixed(0)} ms)`)
      store(record => record.epochs[name] = { environment: environment({}), ...measured })
    }
  }
  finally {
    if (options.store)
      writeReport()
  }
  return agree
}

/** Removed when this process ends, however it does. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => process.exit(1))
  return folder
}

/** One thread and one optimizer show how processes differ. */
function spreadRowsOf(options: Options): ReturnType<typeof rowsOf> {
  const parts = options.parts.some(part => part === 'steps' || part === 'twins') ? options.parts : (['steps', 'twins'] as const)
  return rowsOf({ ...options, parts, threads: options.threads.slice(0, 1), optimizers: options.optimizers.slice(0, 1) })
}
