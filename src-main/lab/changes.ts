import type { Change } from '@shared/contract/changes'

export interface NumberedChange {
  /** Unique over restarts: the feed's own name, then a count. */
  readonly id: string
  readonly change: Change
}

/** Changes that are kept for those who come back; who misses more fetches everything anew. */
const KEPT = 10_000

/** Tells listeners what has changed, in order, and those who come back what they missed. */
export class ChangeFeed {
  readonly #name = crypto.randomUUID()
  readonly #kept: Change[] = []
  /** Number of the first change that is kept. */
  #first = 1
  readonly #listeners = new Set<() => void>()

  publish(change: Change): void {
    this.#kept.push(change)
    if (this.#kept.length > KEPT)
      this.#first += this.#kept.splice(0, this.#kept.length - KEPT).length
    for (const wake of this.#listeners)
      wake()
  }

  /**
   * All changes after the one of the id `after`; from now on, beginning with `all`, where none is given, or one of another
   * process, or one that is too old. Ends when `signal` is aborted.
   */
  async* listen({ after, signal }: { after?: string | undefined, signal?: AbortSignal | undefined } = {}): AsyncGenerator<NumberedChange, void> {
    let next = this.#next()
    const seen = after === undefined ? undefined : this.#numberOf(after)
    if (seen !== undefined && seen + 1 >= this.#first)
      next = seen + 1
    else
      yield { id: this.#id(next - 1), change: { kind: 'all' } }
    let wake = (): void => {}
    const listener = (): void => wake()
    this.#listeners.add(listener)
    signal?.addEventListener('abort', listener)
    try {
      while (!signal?.aborted) {
        if (next < this.#first) {
          next = this.#next()
          yield { id: this.#id(next - 1), change: { kind: 'all' } }
        }
        else if (next < this.#next()) {
          const change = this.#kept[next - this.#first]!
          yield { id: this.#id(next++), change }
        }
        else {
          await new Promise<void>(resolve => wake = resolve)
        }
      }
    }
    finally {
      this.#listeners.delete(listener)
      signal?.removeEventListener('abort', listener)
    }
  }

  /** The number of the next change. */
  #next(): number {
    return this.#first + this.#kept.length
  }

  #id(number: number): string {
    return `${this.#name}:${number}`
  }

  #numberOf(id: string): number | undefined {
    const [name, number] = id.split(':')
    return name === this.#name && Number(number) < this.#next() ? Number(number) : undefined
  }
}
