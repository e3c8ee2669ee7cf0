import type { Drained, RunUpdate } from '../queue/scheduler'
import type { SqliteQueue } from '../queue/sqlite-queue'
import type { ChangeFeed } from './changes'
import { Scheduler } from '../queue/scheduler'

/** Losses of a running run that are kept to draw it: the newest. */
const KEPT_LOSSES = 60
/** In milliseconds. */
const PROGRESS_EVERY = 1000

/** Trains whatever waits, for as long as the program lives. */
export class Training {
  #scheduler: Scheduler | undefined
  #drained: Promise<void> = Promise.resolve()
  #blocked: string | undefined
  #isEnding = false
  readonly #losses = new Map<number, number[]>()
  #toldProgress = 0

  constructor(
    private readonly queue: SqliteQueue,
    private readonly options: {
      readonly workerFile: string
      readonly changes: ChangeFeed
      /** Slugs of the experiments that a run belongs to. */
      readonly experimentsOf: (run: number) => string[]
      /** Told of everything, for a terminal. */
      readonly watch?: ((update: RunUpdate) => void) | undefined
      concurrency: number
      paused: boolean
    },
  ) {}

  /** Why training has stopped although runs wait: a full disk, a damaged data set. */
  get blocked(): string | undefined {
    return this.#blocked
  }

  get isPaused(): boolean {
    return this.options.paused
  }

  get concurrency(): number {
    return this.options.concurrency
  }

  get isTraining(): boolean {
    return this.#scheduler !== undefined
  }

  /** The newest losses of a run that is trained, oldest first. */
  losses(run: number): readonly number[] {
    return this.#losses.get(run) ?? []
  }

  /** Something may be waiting that was not before. */
  wake(): void {
    if (this.options.paused || this.#isEnding)
      return
    this.#blocked = undefined
    if (this.#scheduler)
      this.#scheduler.wake()
    else
      this.#start()
  }

  /** These runs stop after their step; what becomes of them is up to what the queue says of them. */
  stopRuns(runs: readonly number[]): void {
    this.#scheduler?.stopRuns(runs)
  }

  async pause(): Promise<void> {
    this.options.paused = true
    this.#scheduler?.stop()
    await this.#drained
    this.options.changes.publish({ kind: 'queue' })
  }

  resume(): void {
    this.options.paused = false
    this.wake()
    this.options.changes.publish({ kind: 'queue' })
  }

  setConcurrency(concurrency: number): void {
    this.options.concurrency = concurrency
    this.#scheduler?.setConcurrency(concurrency)
    this.options.changes.publish({ kind: 'queue' })
  }

  /** Trains no more. Resolves when every worker has finished its step. */
  async stop(): Promise<void> {
    this.#isEnding = true
    this.#scheduler?.stop()
    await this.#drained
  }

  #start(): void {
    const scheduler = new Scheduler(this.queue, {
      concurrency: this.options.concurrency,
      workerFile: this.options.workerFile,
      update: update => this.#update(update),
    })
    this.#scheduler = scheduler
    this.#drained = scheduler.drain()
      .catch((error: Error): Drained => ({ kind: 'blocked', reason: error.message }))
      .then((drained) => {
        this.#scheduler = undefined
        this.#losses.clear()
        this.#blocked = drained.kind === 'blocked' ? drained.reason : undefined
        this.options.changes.publish({ kind: 'queue' })
        // What was resumed or added while the last workers stopped.
        if (drained.kind !== 'blocked' && this.queue.next())
          this.wake()
      })
  }

  /** Workers report many times a second: once is enough for who looks. */
  #tellProgress(): void {
    const now = performance.now()
    if (now - this.#toldProgress < PROGRESS_EVERY)
      return
    this.#toldProgress = now
    this.options.changes.publish({ kind: 'queue' })
  }

  #update(update: RunUpdate): void {
    const { changes, experimentsOf, watch } = this.options
    watch?.(update)
    switch (update.kind) {
      case 'started': {
        const { run } = update.assignment
        this.#losses.set(run, [])
        return changes.publish({ kind: 'run', run, experiments: experimentsOf(run) })
      }
      case 'progress': {
        const losses = this.#losses.get(update.run)
        losses?.push(update.loss)
        if (losses && losses.length > KEPT_LOSSES)
          losses.shift()
        return this.#tellProgress()
      }
      case 'measured':
        return changes.publish({ kind: 'epoch', run: update.run, epoch: update.epochs.at(-1)!.epoch, experiments: experimentsOf(update.run) })
      case 'ended':
      case 'died':
        this.#losses.delete(update.run)
        return changes.publish({ kind: 'run', run: update.run, experiments: experimentsOf(update.run) })
    }
  }
}
