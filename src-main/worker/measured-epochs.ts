import type { MeasuredEpoch } from '@shared/measures'

/** The longest that what is measured waits to be told, in milliseconds. */
const TOLD_EVERY = 100
/** Measurements that do not wait: main stores so many in a few milliseconds. */
const ENOUGH = 1000

/** Gathers what is measured, so that a small network, which ends hundreds of epochs a second, does not keep main from its windows. */
export class MeasuredEpochs {
  #waiting: MeasuredEpoch[] = []
  #count = 0
  #told = performance.now()
  #timer: NodeJS.Timeout | undefined

  constructor(private readonly tell: (epochs: MeasuredEpoch[]) => Promise<void>) {}

  async add(epoch: MeasuredEpoch): Promise<void> {
    this.#waiting.push(epoch)
    this.#count += epoch.measurements.length
    const waits = this.#told + TOLD_EVERY - performance.now()
    if (waits <= 0 || this.#count >= ENOUGH)
      return this.flush()
    this.#timer ??= setTimeout(() => void this.flush(), waits)
  }

  /** Tells what waits: before anything else that supposes it stored. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#told = performance.now()
    const epochs = this.#waiting
    this.#waiting = []
    this.#count = 0
    if (epochs.length)
      await this.tell(epochs)
  }
}
