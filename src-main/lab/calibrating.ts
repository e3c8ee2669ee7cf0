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

  constructor(private readonly store: Store, private readonly changes: ChangeFeed, private readonly measure: Measure, private readonly ending: AbortSignal) {}

  /** The engine that is measured, and how much of it is done, 0 .. 1. */
  get now(): { readonly engine: string, readonly share: number } | undefined {
    return this.#now
  }

  /**
   * Measures an engine, and lets experiments that begin from now on follow it.
   * @throws NOT_FOUND, CONFLICT with the reason
   */
  async calibrate(engine: string): Promise<void> {
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
    const child = fork(file, [engine], { execPath: process.env.LAB_NODE ?? process.execPath, serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] })
    const kill = (): void => void child.kill('SIGKILL')
    signal.addEventListener('abort', kill)
    try {
      return await measuredBy(child, told)
    }
    finally {
      signal.removeEventListener('abort', kill)
      kill()
    }
  }
}

function measuredBy(child: ReturnType<typeof fork>, told: (share: number) => void): Promise<Calibration> {
  return new Promise((resolve, reject) => {
    let written = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => written += text)
    child.on('error', error => reject(new Error(`The process that measures could not be started: ${error.message}`)))
    child.on('message', (raw) => {
      const message = fromCalibration.parse(raw)
      if (message.kind === 'measured')
        resolve(message.calibration)
      else
        told(message.share)
    })
    child.on('close', (code, killed) => {
      process.stderr.write(written)
      reject(new Error(`The process that measures ${killed ? `was ended by ${killed}` : `ended with exit code ${code}`} before it was done`))
    })
  })
}
