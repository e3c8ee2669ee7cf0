/**
 * kill -9 of workers and of the main process at random moments: nothing committed is lost, no process is left, every
 * run ends, and its measures and checkpoints are those of an uninterrupted training, bit for bit.
 *
 *     npm run test:kill -- --kills 20 --seed 1 --engine native
 */

import type { ChildProcess } from 'node:child_process'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { whyUnavailable } from './available.ts'
import { beginningsIn, checkpointedWorkers, read } from './interruptions.ts'

const cli = resolve(import.meta.dirname, '../../out/current/main/cli.js')

/** Epochs that take each engine about a second a run, and after how many of them it writes a checkpoint. */
const efforts = { wasm: { epochs: 12, checkpoint: 1 }, native: { epochs: 300, checkpoint: 20 } }

export type KilledEngine = keyof typeof efforts

/** 2 treatments x 1 capacity x 2 seeds: 8 runs that keep all their checkpoints, or short ones would write none before their last. */
function experimentFor(engine: KilledEngine) {
  const { epochs, checkpoint } = efforts[engine]
  return {
    name: 'Kill',
    base: {
      data: { dataset: 'synthetic', synthetic: { side: 16, train: 1024, classes: 8 } },
      network: { maximumWidth: 260 },
      training: { optimizer: 'momentum', learningRate: 0.02, epochs, batchSize: 64 },
    },
    factors: [
      {
        name: 'BatchNorm',
        levels: [{ name: 'NR' }, { name: 'BN', set: { 'network.batchNorm': true, 'training.l2': true } }],
      },
    ],
    capacities: [64],
    seeds: [1, 2],
    recording: { checkpoint, keep: 'all' },
    engine,
  }
}

export interface KillReport {
  readonly mainKills: number
  readonly workerKills: number
  /** Runs that went on from a checkpoint after a kill. */
  readonly resumed: number
  /** Runs that began again, for they had no checkpoint yet. */
  readonly restarted: number
  readonly studies: number
  readonly measurements: number
}

function isKilledEngine(name: string): name is KilledEngine {
  return name in efforts
}

/** @throws Error that says what was lost, left behind or different */
export async function killStudy({ engine, kills, seed, say = () => {} }: { engine: KilledEngine, kills: number, seed: number, say?: (text: string) => void }): Promise<KillReport> {
  const root = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-kill-'))
  try {
    const file = join(root, 'kill.json')
    writeFileSync(file, JSON.stringify(experimentFor(engine)))
    const start = performance.now()
    const whole = join(root, 'whole')
    await ended(launch(file, whole))
    const expected = results(whole)
    const seconds = (performance.now() - start) / 1000
    say(`${engine}, uninterrupted: ${expected.measurements.size} measurements of ${expected.states.length} runs in ${seconds.toFixed(1)} s`)

    const random = generator(seed)
    const counts = { mainKills: 0, workerKills: 0, resumed: 0, restarted: 0, studies: 0 }
    const killed = (): number => counts.mainKills + counts.workerKills
    while (killed() < kills) {
      const data = join(root, `killed-${counts.studies++}`)
      await studyWithKills(file, data, random, seconds, () => killed() < kills, (victim) => {
        counts[victim === 'main' ? 'mainKills' : 'workerKills']++
        say(`kill ${killed()}: ${victim}`)
      })
      compare(expected, results(data))
      const { resumed, restarted } = beginningsIn(data)
      counts.resumed += resumed
      counts.restarted += restarted
      say(`study ${counts.studies}: every run done, all bits equal; ${resumed} times a run went on from a checkpoint, ${restarted} times it began again`)
      rmSync(data, { recursive: true, force: true })
    }
    return { ...counts, measurements: expected.measurements.size }
  }
  finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** The first kills are of main and of a worker whose run has a checkpoint to go on from; all others come when and where they may. */
async function studyWithKills(file: string, data: string, random: () => number, seconds: number, more: () => boolean, killed: (victim: 'main' | 'worker') => void): Promise<void> {
  let committed = new Map<string, string>()
  const aimed = new Set<'main' | 'worker'>(['main', 'worker'])
  while (true) {
    const main = launch(file, data)
    const over = ended(main)
    let mainKilled = false
    while (more() && main.exitCode === null && !mainKilled) {
      const [aim] = aimed
      // Moments spread over what is left, start-up included.
      const moment = aim ? untilCheckpointed(main, data) : wait(100 + random() * Math.min(4000, seconds * 300))
      await Promise.race([over.catch(() => {}), moment])
      if (main.exitCode !== null) {
        await over
        if (aim)
          throw new Error('all runs ended, and none had a checkpoint before its middle to go on from')
        break
      }
      const workers = childrenOf(main.pid!)
      const victim = aim === 'main' || (!aim && (random() < 0.5 || workers.length === 0))
        ? main.pid!
        : aim ? checkpointedWorker(main, data) : workers[Math.floor(random() * workers.length)]
      mainKilled = victim === main.pid
      if (victim === undefined || !kill(victim))
        continue
      aimed.delete(mainKilled ? 'main' : 'worker')
      killed(mainKilled ? 'main' : 'worker')
      if (mainKilled) {
        await over.catch(() => {})
        await allGone(workers)
      }
      const now = measurementsIn(data)
      contains(now, committed)
      committed = now
    }
    if (!mainKilled) {
      await over
      contains(measurementsIn(data), committed)
      return
    }
  }
}

/** Until a run has a checkpoint to go on from and much left to train, or the program has ended. */
async function untilCheckpointed(main: ChildProcess, data: string): Promise<void> {
  while (main.exitCode === null && checkpointedWorker(main, data) === undefined)
    await wait(10)
}

/** The process that trains such a run: a child of this program, for one that was killed left the numbers of its own. */
function checkpointedWorker(main: ChildProcess, data: string): number | undefined {
  const pids = checkpointedWorkers(data)
  return pids.length ? childrenOf(main.pid!).find(pid => pids.includes(pid)) : undefined
}

function launch(file: string, data: string): ChildProcess {
  return spawn(process.execPath, [cli, 'run', file, '--data', data, '--json'], { stdio: ['ignore', 'ignore', 'pipe'] })
}

function ended(child: ChildProcess): Promise<void> {
  let stderr = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => stderr += text)
  return new Promise((resolve, reject) => child.on('close', (code, signal) => code === 0
    ? resolve()
    : reject(new Error(`the program ended with ${signal ?? code}:\n${stderr}`))))
}

function childrenOf(pid: number): number[] {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).split('\n').filter(Boolean).map(Number)
  }
  catch {
    return []
  }
}

/** Whether there was such a process to kill. */
function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL')
    return true
  }
  catch {
    return false
  }
}

/** Workers end with their main process: at the latest after their running step. */
async function allGone(pids: readonly number[]): Promise<void> {
  const alive = (): number[] => pids.filter((pid) => {
    try {
      process.kill(pid, 0)
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    }
    catch {
      return false
    }
  })
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (alive().length === 0)
      return
    await wait(50)
  }
  throw new Error(`processes left behind: ${alive().join(', ')}`)
}

/** `identity epoch measure layer` → value, for what is the same in every training. */
function measurementsIn(data: string): Map<string, string> {
  const rows = read(data, sqlite => sqlite.prepare(`
    SELECT identity || ' ' || measurements.epoch || ' ' || measures.name || ' ' || layer AS key, value FROM measurements
    JOIN series ON series.id = measurements.series JOIN measures ON measures.id = series.measure JOIN runs ON runs.id = series.run
    WHERE measures.name NOT LIKE 'time.%'`).all() as { key: string, value: number }[])
  return new Map((rows ?? []).map(({ key, value }) => [key, String(value)]))
}

interface Results {
  readonly measurements: Map<string, string>
  readonly states: { readonly identity: string, readonly state: string }[]
  /** The bytes of each run's checkpoints, by identity and epoch. */
  readonly checkpoints: Map<string, Buffer>
}

function results(data: string): Results {
  const sqlite = new Database(join(data, 'lab.sqlite'), { readonly: true })
  const states = sqlite.prepare('SELECT identity, state FROM runs ORDER BY identity').all() as Results['states']
  const files = sqlite.prepare('SELECT identity, checkpoints.epoch, file FROM checkpoints JOIN runs ON runs.id = run').all() as { identity: string, epoch: number, file: string }[]
  const split = sqlite.prepare(`
    SELECT count(*) FROM pairs JOIN runs dense ON dense.id = dense_run JOIN runs sparse ON sparse.id = sparse_run
    WHERE (dense.engine, dense.numerics, dense.environment ->> 'settings') IS NOT (sparse.engine, sparse.numerics, sparse.environment ->> 'settings')`).pluck().get()
  sqlite.close()
  if (split !== 0)
    throw new Error(`${String(split)} pairs have their sides on two engines`)
  const stray = readdirSync(join(data, 'checkpoints'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.safetensors') || name.endsWith('.partial'))
  if (stray.length !== files.length)
    throw new Error(`${stray.length} checkpoint files for ${files.length} that are known: ${stray.join(', ')}`)
  return {
    measurements: measurementsIn(data),
    states,
    checkpoints: new Map(files.map(({ identity, epoch, file }) => [`${identity} after epoch ${epoch}`, readFileSync(join(data, file))])),
  }
}

function contains(now: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): void {
  for (const [key, value] of before) {
    if (now.get(key) !== value)
      throw new Error(`committed, then lost or changed: ${key} was ${value}, is ${now.get(key)}`)
  }
}

function compare(expected: Results, found: Results): void {
  const open = found.states.filter(({ state }) => state !== 'done')
  if (open.length || found.states.length !== expected.states.length)
    throw new Error(`not every run is done: ${JSON.stringify(open)}`)
  contains(found.measurements, expected.measurements)
  contains(expected.measurements, found.measurements)
  for (const [of, bytes] of expected.checkpoints) {
    if (!found.checkpoints.get(of)?.equals(bytes))
      throw new Error(`the state of ${of} differs from the uninterrupted one`)
  }
}

/** Numbers in [0, 1) that a seed determines (Lehmer's generator). */
function generator(seed: number): () => number {
  let state = seed * 2654435761 % 2147483647 || 1
  return () => (state = state * 48271 % 2147483647) / 2147483647
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' }, engine: { type: 'string', multiple: true, default: Object.keys(efforts) } } })
  for (const engine of values.engine) {
    if (!isKilledEngine(engine))
      throw new Error(`--engine is ${engine}; it must be one of ${Object.keys(efforts).join(', ')}`)
    const obstacle = whyUnavailable(engine)
    if (obstacle) {
      console.log(`skipped: ${obstacle}`)
      continue
    }
    const report = await killStudy({ engine, kills: Number(values.kills), seed: Number(values.seed), say: console.log })
    console.log(`${engine}: ${report.mainKills} kills of main, ${report.workerKills} of workers, in ${report.studies} studies; ${report.resumed} times a run went on from a checkpoint, ${report.restarted} times it began again: nothing committed lost, no process left, all ${report.measurements} measurements and all checkpoints bit-equal`)
  }
}
