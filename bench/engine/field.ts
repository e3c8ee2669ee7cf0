import type { Row } from './rows'
import type { Runner } from './turns'
import type { Variant } from './variants'
import { Contestant } from './contestant'

/** The processes of all variants on one number of threads; they live as long as rows follow each other. */
export class Field {
  readonly #contestants = new Map<string, Contestant>()
  /** Those whose process does not start: it would not for the next row either. */
  readonly #missing = new Map<string, string>()

  constructor(private readonly variants: readonly Variant[], private readonly where: { readonly threads: number, readonly cores: string }) {}

  /** Of contestants that have started, with a row's problem loaded; for the others why there is none. */
  async load(row: Row, problem: string, takesPart: (variant: Variant, row: Row) => boolean): Promise<{ runners: Map<string, Runner>, missing: Map<string, string> }> {
    const missing = new Map<string, string>()
    const loaded = await Promise.all(this.variants.filter(variant => takesPart(variant, row)).map(async (variant) => {
      try {
        const contestant = await this.#started(variant)
        await contestant.load(problem)
        return [variant.id, { take: (steps: number) => contestant.take(steps), longestStep: variant.longestStep, rounds: variant.rounds }] as const
      }
      catch (error) {
        missing.set(variant.id, `failed: ${(error as Error).message}`)
        return undefined
      }
    }))
    return { runners: new Map(loaded.filter(entry => entry !== undefined)), missing }
  }

  get versions(): Record<string, string> {
    return Object.assign({}, ...[...this.#contestants.values()].map(({ versions }) => versions))
  }

  /** The next row gets another process. */
  renew(id: string): void {
    this.#contestants.get(id)?.stop()
    this.#contestants.delete(id)
  }

  stop(): void {
    for (const id of [...this.#contestants.keys()])
      this.renew(id)
  }

  async #started(variant: Variant): Promise<Contestant> {
    const reason = this.#missing.get(variant.id)
    if (reason)
      throw new Error(reason)
    const running = this.#contestants.get(variant.id)
    if (running?.isAlive)
      return running
    try {
      const contestant = await Contestant.start(variant, this.where)
      this.#contestants.set(variant.id, contestant)
      return contestant
    }
    catch (error) {
      this.#missing.set(variant.id, (error as Error).message)
      throw error
    }
  }
}
