import type { MeasuredEpoch } from '@shared/measures'
import type { Assignment, FromWorker, Outcome } from '@shared/runs/messages'
import type { Queue } from './queue'
import { fromWorker } from '@shared/runs/messages'
import { WorkerProcess } from './worker-process'

/** What happens to runs, for whoever shows it. */
export type RunUpdate
  = | { readonly kind: 'started', readonly assignment: Assignment, readonly epoch: number }
    | { readonly kind: 'progress', readonly run: number, readonly epoch: number, readonly step: number, readonly loss: number }
    | { readonly kind: 'measured', readonly run: number, readonly epochs: readonly MeasuredEpoch[] }
    | { readonly kind: 'ended', readonly run: number, readonly outcome: Outcome }
    | { readonly kind: 'died', readonly run: number, readonly how: string }

export type Drained
  = | { readonly kind: 'drained' }
    | { readonly kind: 'stopped' }
    | { readonly kind: 'blocked', readonly reason: string }

const LEASE_CHECK_EVERY = 5_000

/**
 * Trains what the queue holds, several runs at once, each in a process of its own; the next process is started while
 * the last ones work.
 */
export class Scheduler {
  readonly #working = new Map<number, WorkerProcess>()
  #spare: WorkerProcess | undefined
  #stopping = false
  #expiredBefore: readonly number[] = []
  /** Runs whose workers died before they began, since one last began. */
  readonly #stillborn = new Set<number>()
  #problem: unknown
  #blocked: string | undefined
  #changed: () => void = () => {}
  #concurrency: number

  constructor(
    private readonly queue: Queue,
    private readonly options: {
      /** Runs that are trained at once. */
      readonly concurrency: number
      readonly workerFile: string
      /** How often leases are looked at, in milliseconds. */
      readonly leaseCheckEvery?: number
      readonly update?: (update: RunUpdate) => void
    },
  ) {
    this.#concurrency = options.concurrency
  }

  /** Resolves when nothing waits and nothing runs, or when it was stopped and the running steps are over. */
  async drain(): Promise<Drained> {
    const leases = setInterval(() => this.#guard(() => this.#killExpired()), this.options.leaseCheckEvery ?? LEASE_CHECK_EVERY)
    try {
      while (true) {
        this.#guard(() => this.#fill())
        if (this.#working.size === 0)
          break
        await new Promise<void>(resolve => this.#changed = resolve)
      }
    }
    finally {
      clearInterval(leases)
      this.#spare?.kill()
      this.#spare = undefined
    }
    if (this.#problem)
      throw this.#problem
    if (this.#blocked)
      return { kind: 'blocked', reason: this.#blocked }
    return { kind: this.#stopping ? 'stopped' : 'drained' }
  }

  /** Lets every worker finish its step; runs go on from their checkpoints another time. */
  stop(): void {
    this.#stopping = true
    for (const worker of this.#working.values())
      worker.send({ type: 'stop' })
    this.#changed()
  }

  /** Lets these runs' workers finish their step, and no others. */
  stopRuns(runs: readonly number[]): void {
    for (const run of runs)
      this.#working.get(run)?.send({ type: 'stop' })
  }

  /** Looks again for what may be trained. */
  wake(): void {
    this.#changed()
  }

  /** How many runs are trained at once from now on; those that are too many finish. */
  setConcurrency(concurrency: number): void {
    this.#concurrency = concurrency
    this.wake()
  }

  /** Every other run would meet the same. */
  #block(reason: string): void {
    this.#blocked ??= reason
    this.stop()
  }

  #fill(): void {
    while (!this.#stopping && this.#working.size < this.#concurrency) {
      const assignment = this.queue.claim([...this.#working.keys()])
      if (!assignment)
        break
      this.#begin(assignment)
    }
    const preparation = this.#stopping || this.#spare || this.#working.size === 0 ? undefined : this.queue.next()
    if (preparation) {
      this.#spare = new WorkerProcess(this.options.workerFile)
      this.#spare.send({ type: 'prepare', preparation })
    }
  }

  #begin(assignment: Assignment): void {
    const { run } = assignment
    const worker = this.#spare ?? new WorkerProcess(this.options.workerFile)
    this.#spare = undefined
    this.#working.set(run, worker)
    let [began, ended] = [false, false]
    worker.onMessage(raw => this.#guard(() => {
      const message = fromWorker.parse(raw)
      if (message.type === 'started') {
        began = true
        this.#stillborn.clear()
      }
      ended ||= message.type === 'ended'
      this.queue.heartbeat(run)
      this.#receive(assignment, worker, message)
    }))
    void worker.exited.then((how) => {
      this.#working.delete(run)
      this.#guard(() => {
        if (this.#problem)
          return
        if (ended) {
          if (worker.lastLines.length)
            this.queue.note(run, ['its worker ended in order, and wrote', ...worker.lastLines].join('\n'))
        }
        else if (this.#stopping) {
          // It may have died of the very signal that stops everything.
          this.queue.ended(run, { kind: 'stopped' })
        }
        else if (!began && this.#stillborn.add(run).size > 1) {
          // No fault of this run: its files are being replaced, or the machine has no memory left.
          this.queue.ended(run, { kind: 'stopped' })
          this.#block(`workers end before they begin to train: the last one ${[how, ...worker.lastLines.slice(-3)].join(' / ')}`)
        }
        else {
          this.queue.died(run, how, worker.lastLines)
          this.options.update?.({ kind: 'died', run, how })
        }
      })
      this.#changed()
    })
    worker.send({ type: 'train', assignment })
  }

  #receive(assignment: Assignment, worker: WorkerProcess, message: FromWorker): void {
    const { run } = assignment
    switch (message.type) {
      case 'started':
        this.queue.started(run, message, worker.pid)
        this.options.update?.({ kind: 'started', assignment, epoch: message.epoch })
        break
      case 'progress':
        this.options.update?.({
          kind: 'progress',
          run,
          epoch: message.epoch,
          step: message.step,
          loss: message.loss,
        })
        break
      case 'measured':
        this.queue.measured(run, message.epochs)
        this.options.update?.({ kind: 'measured', run, epochs: message.epochs })
        break
      case 'checkpointed':
        this.queue.checkpointed(run, message)
        break
      case 'alive':
        break
      case 'note':
        this.queue.note(run, message.text)
        break
      case 'ended':
        this.queue.ended(run, message.outcome)
        this.options.update?.({ kind: 'ended', run, outcome: message.outcome })
        if (message.outcome.kind === 'blocked')
          this.#block(message.outcome.reason)
        break
    }
  }

  /** Ends workers whose lease had run out at the last look already: after a sleep of the machine they get to speak first. */
  #killExpired(): void {
    const expired = this.queue.expired()
    for (const run of expired.filter(run => this.#expiredBefore.includes(run)))
      this.#working.get(run)?.kill()
    this.#expiredBefore = expired
  }

  /** A store that cannot be written ends everything: workers are stopped, and `drain` throws what happened. */
  #guard(action: () => void): void {
    try {
      action()
    }
    catch (error) {
      this.#problem ??= error
      this.#stopping = true
      for (const worker of this.#working.values())
        worker.kill()
    }
  }
}
