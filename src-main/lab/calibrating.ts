import type { Calibration } from '@shared/calibration/calibration'
import type { Store } from '../store/open'
import type { ChangeFeed } from './changes'
import { fork } from 'node:child_process'
import { calibration } from '@shared/calibration/calibration'
import { z } from 'zod'
import { engines } from '../engines'
import { conflict, notFound } from '../reads/errors'
import { forgetCalibration, storeCalibration } from '../store/calibrations'

/** What the process that measures tells main. */
const fromCalibration = z.discriminatedUnion('kind', [
  /** How much is done, 0 .. 1. */
  z.object({ kind: z.literal('share'), share: z.number() }),
  z.object({ kind: z.literal('measured'), calibration }),
])
export type FromCalibration = z.infer<typeof fromCalibration>

/** @throws Error with a sentence */
export type Measure = (engine: string, told: (share: number) => void, signal: AbortSignal) => Promise<Calibration>

/** Calibrations of the data directory of a running program, one at a time. */
export class Calibrating {
  #now: { engine: string, share: number } | undefined
  #settled: Promise<unknown> = Promise.resolve()

  constructor(private readonly store: Store, private readonly changes: ChangeFeed, private readonly measure: Measure, private readonly ending: AbortSignal) {}

  /** The engine that is measured, and how much of it is done, 0 .. 1. */
  get now(): { readonly engine: string, readonly share: number } | undefined {
    return this.#now
  }

  /** Resolves once nothing is measured, or stored, by what was asked for until now. */
  get settled(): Promise<unknown> {
    return this.#settled
  }

  /**
   * Measures an engine, and lets experiments that begin from now on follow it.
   * @throws NOT_FOUND, CONFLICT with the reason
   */
  calibrate(engine: string): Promise<void> {
    const done = this.#calibrate(engine)
    this.#settled = Promise.allSettled([this.#settled, done])
    return done
  }

  async #calibrate(engine: string): Promise<void> {
    await this.#mustMeasure(engine)
    if (this.#now)
      throw conflict(`${this.#now.engine} is being measured already: wait until it is done`)
    this.#tell({ engine, share: 0 })
    try {
      storeCalibration(this.store, await this.measure(engine, share => this.#tell({ engine, share }), this.ending))
    }
    catch (error) {
      throw conflict((error as Error).message)
    }
    finally {
      this.#tell(undefined)
    }
  }

  /** Goes back to what is built in. @throws NOT_FOUND */
  async reset(engine: string): Promise<boolean> {
    mustFind(engine)
    const wasThere = forgetCalibration(this.store, engine)
    this.changes.publish({ kind: 'system' })
    return wasThere
  }

  async #mustMeasure(id: string): Promise<void> {
    const { calibrate, availability } = mustFind(id)
    const found = await availability()
    if (found.kind === 'unavailable')
      throw conflict(`the engine '${id}' is not available: ${found.reason}`)
    if (!calibrate)
      throw conflict(`the engine '${id}' has nothing to calibrate`)
  }

  #tell(now: { engine: string, share: number } | undefined): void {
    this.#now = now
    this.changes.publish({ kind: 'system' })
  }
}

function mustFind(id: string) {
  if (!engines.ids.includes(id))
    throw notFound(`engine '${id}'`)
  return engines.get(id)
}

/**
 * Measures in a plain Node process, as a worker trains.
 * @param file the built `calibration-process.ts`
 */
export function measureInProcess(file: string): Measure {
  return async (engine, told, signal) => {
    // Under Electron, this process is no plain Node; LAB_NODE is the one that it carries.
    const child = fork(file, [engine], { execPath: process.env.LAB_NODE ?? process.execPath, serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [], signal, killSignal: 'SIGKILL' })
    try {
      return await measuredBy(child, told)
    }
    finally {
      child.kill('SIGKILL')
    }
  }
}

function measuredBy(child: ReturnType<typeof fork>, told: (share: number) => void): Promise<Calibration> {
  return new Promise((resolve, reject) => {
    let written = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => written += text)
    child.on('error', (error) => {
      // By the signal: it is over once the process is.
      if (error.name !== 'AbortError')
        reject(new Error(`The process that measures could not be started: ${error.message}`))
    })
    child.on('message', (raw) => {
      const { success, data: message, error } = fromCalibration.safeParse(raw)
      if (!success)
        reject(new Error(`What was measured is no calibration: ${error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`))
      else if (message.kind === 'measured')
        resolve(message.calibration)
      else
        told(message.share)
    })
    child.on('close', (code, killed) => {
      process.stderr.write(written)
      const reason = lastSaid(written)
      reject(new Error(`The process that measures ${killed ? `was ended by ${killed}` : `ended with exit code ${code}`} before it was done${reason === undefined ? '' : `: ${reason}`}`))
    })
  })
}

/** The last line that says something: not of a stack, nor the name of Node below it. */
function lastSaid(written: string): string | undefined {
  return written.split(/\r?\n/).findLast(line => /^[^\s{}]/.test(line) && !/^Node\.js v\d/.test(line))
}
