import type { ToWorker } from '@shared/runs/messages'
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'

/** Lines of a worker's output that are kept, for when it dies. */
const KEPT_LINES = 20

/** One worker: a plain Node process that trains one run and ends. */
export class WorkerProcess {
  /** How it ended, after its last message and output. */
  readonly exited: Promise<string>
  readonly #child: ChildProcess
  readonly #lastLines: string[] = []

  constructor(file: string) {
    // Structured clone carries NaN and Infinity; JSON would not.
    // Under Electron, this process is no plain Node; LAB_NODE is the one that it carries.
    const child = fork(file, { execPath: process.env.LAB_NODE ?? process.execPath, serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] })
    this.#child = child
    for (const output of [child.stdout!, child.stderr!]) {
      output.setEncoding('utf8').on('data', (text: string) => {
        this.#lastLines.push(...text.split('\n').filter(line => line.trim()))
        this.#lastLines.splice(0, this.#lastLines.length - KEPT_LINES)
      })
    }
    const closed = new Promise<string>(resolve => child
      .on('error', error => child.pid === undefined && resolve(`could not be started: ${error.message}`))
      .on('close', (code, signal) => resolve(signal
        ? `was killed by ${signal}`
        : `ended with exit code ${code}`)))
    // Messages may still arrive after the process has ended, until its channel is closed.
    const disconnected = new Promise<void>(resolve => child.connected
      ? child.once('disconnect', resolve)
      : resolve())
    this.exited = Promise.all([closed, disconnected]).then(([how]) => how)
  }

  get pid(): number {
    return this.#child.pid!
  }

  get lastLines(): readonly string[] {
    return this.#lastLines
  }

  send(message: ToWorker): void {
    // A worker that is gone is seen by its exit.
    this.#child.send(message, () => {})
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** Messages as they come, unchecked. */
  onMessage(receive: (raw: unknown) => void): void {
    this.#child.on('message', receive)
  }
}
