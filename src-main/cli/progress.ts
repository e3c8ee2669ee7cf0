import type { RunUpdate } from '../queue/scheduler'
import type { StoredPair } from '../store/pairs'
import type { StoredRun } from '../store/runs'
import { duration, percent } from '@shared/format'
import { stepsPerEpoch } from '@shared/plan/specification'
import { ended } from '@shared/runs/state'
import { plural } from '@shared/words'
import { createLogUpdate } from 'log-update'

interface Line {
  readonly label: string
  readonly epochs: number
  readonly steps: number
  readonly work: number
  /** Share of the work that was done when it began here. */
  readonly from: number
  epoch: number
  step: number
  loss?: number
  /** On the fixed part of the test set, after the last epoch. */
  partAccuracy?: number
  /** On the whole of it. */
  accuracy?: number
}

const BAR = 24

/** How training goes on, on stderr: one live block on a terminal, else a line for each run that ends. */
export class Progress {
  #runs: ReadonlyMap<number, StoredRun> = new Map()
  #labels: ReadonlyMap<number, string> = new Map()
  readonly #lines = new Map<number, Line>()
  #start = performance.now()
  /** Absent where the stream is no terminal. */
  readonly #live: ReturnType<typeof createLogUpdate> | undefined
  readonly #timer: NodeJS.Timeout | undefined
  /** Runs that had ended before, or end now. */
  #ended = new Set<number>()
  /** Those that failed here. */
  #failed = new Set<number>()
  #trained = 0
  /** Work done since the start, and work left then. */
  #workDone = 0
  #workAtStart = 0
  /** Whether the end is drawn: its time stands still. */
  #isEndDrawn = false

  constructor(runs: readonly StoredRun[] = [], pairs: readonly StoredPair[] = [], private readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean, readonly columns?: number } = process.stderr) {
    this.show(runs, pairs)
    this.#live = stream.isTTY ? createLogUpdate(stream) : undefined
    if (this.#live)
      this.#timer = setInterval(() => this.#draw(), 250)
  }

  /** Whether nothing is left to train of all that is shown. */
  get isOver(): boolean {
    return this.#ended.size === this.#runs.size && this.#lines.size === 0
  }

  /** What is shown from now on, in place of what was; where that was over, time begins anew. */
  show(runs: readonly StoredRun[], pairs: readonly StoredPair[]): void {
    if (this.isOver) {
      this.#start = performance.now()
      this.#workDone = 0
    }
    this.#runs = new Map(runs.map(run => [run.id, run]))
    this.#labels = labelsOf(pairs)
    const left = [...this.#runs.values()].filter(({ state }) => !ended(state.kind))
    this.#ended = new Set(this.#runs.keys())
    for (const { id } of left) {
      this.#ended.delete(id)
      this.#failed.delete(id)
    }
    this.#workAtStart = left.reduce((sum, { id, work, epoch, epochs }) => {
      const line = this.#lines.get(id)
      return sum + work * (1 - (line ? shareOf(line) : epoch / epochs))
    }, this.#workSoFar())
  }

  /** Runs that came to their end here. */
  get trained(): number {
    return this.#trained
  }

  update(update: RunUpdate): void {
    switch (update.kind) {
      case 'started': {
        const { run, specification } = update.assignment
        const { epochs, work, epoch: measured } = this.#runs.get(run) ?? { epochs: specification.settings['training.epochs'], work: 0, epoch: 0 }
        // What was measured after its checkpoint is trained again.
        this.#workAtStart += work * Math.max(0, measured - update.epoch) / epochs
        this.#lines.set(run, {
          label: this.#label(run),
          epochs,
          steps: stepsPerEpoch(specification),
          work,
          from: update.epoch / epochs,
          epoch: update.epoch + 1,
          step: 0,
        })
        break
      }
      case 'progress': {
        const line = this.#lines.get(update.run)
        if (line)
          Object.assign(line, { epoch: update.epoch, step: update.step, loss: update.loss })
        break
      }
      case 'measured': {
        const line = this.#lines.get(update.run)
        const measured = (id: string): number | undefined => update.epochs.flatMap(({ measurements }) => measurements).findLast(({ measure }) => measure === id)?.value
        const [partAccuracy, accuracy] = [measured('test.accuracy.subset'), measured('test.accuracy')]
        if (line)
          Object.assign(line, { ...partAccuracy !== undefined && { partAccuracy }, ...accuracy !== undefined && { accuracy } })
        break
      }
      case 'ended':
        this.#end(update)
        break
      case 'died':
        this.#lines.delete(update.run)
        this.say(`  ${this.#label(update.run)}: its worker ${update.how}`)
        break
    }
  }

  /** A line that stays. */
  say(text: string): void {
    this.#isEndDrawn = false
    if (this.#live)
      this.#live.persist(text)
    else
      this.stream.write(`${text}\n`)
  }

  /** Takes the live block away; lines that were said stay. */
  close(): void {
    clearInterval(this.#timer)
    this.#live?.clear()
  }

  #end({ run, outcome }: Extract<RunUpdate, { kind: 'ended' }>): void {
    const line = this.#lines.get(run)
    this.#lines.delete(run)
    if (outcome.kind === 'stopped' || outcome.kind === 'blocked')
      return
    this.#ended.add(run)
    this.#trained++
    this.#workDone += line ? line.work * (1 - line.from) : 0
    const accuracy = line?.accuracy === undefined ? '' : `, acc ${percent(line.accuracy)} %`
    switch (outcome.kind) {
      case 'done':
        return this.#live
          ? undefined
          : this.say(`  ${this.#label(run)}: done${accuracy} (${this.#totals()})`)
      case 'diverged':
        return this.say(`  ${this.#label(run)}: diverged at epoch ${outcome.epoch}, step ${outcome.step} (${this.#totals()})`)
      case 'failed':
        this.#failed.add(run)
        return this.say(`  ${this.#label(run)}: failed: ${outcome.reason}`)
    }
  }

  #draw(): void {
    if (this.isOver && this.#isEndDrawn)
      return
    this.#isEndDrawn = this.isOver
    if (this.#runs.size === 0)
      return this.#live!.clear()
    const running = [...this.#lines.values()].map(({ label, epoch, epochs, loss, partAccuracy }) => [
      `▸ ${label.padEnd(this.#labelWidth())}`,
      `epoch ${String(Math.min(epoch, epochs)).padStart(String(epochs).length)}/${epochs}`,
      loss === undefined ? '' : `loss ${loss.toFixed(3)}`,
      partAccuracy === undefined ? '' : `part-test acc ${percent(partAccuracy)} %`,
    ].filter(Boolean).join('  '))
    const { columns = 80 } = this.stream
    const width = Math.max(0, Math.min(BAR, columns - 4 - this.#totals().length - 1))
    const filled = Math.round(width * this.#share())
    const lines = ['', ...running, `  ${'━'.repeat(filled)}${'─'.repeat(width - filled)}  ${this.#totals()}`]
    this.#live!(lines.map(line => line.slice(0, columns - 1)).join('\n'))
  }

  #totals(): string {
    const eta = this.#eta()
    return [
      `${this.#ended.size} of ${plural(this.#runs.size, 'run')}`,
      ...this.#failed.size ? [`${this.#failed.size} failed`] : [],
      `${duration((performance.now() - this.#start) / 1000)} so far`,
      ...eta === undefined ? [] : [`ETA ${duration(eta)}`],
    ].join(' · ')
  }

  #workSoFar(): number {
    return [...this.#lines.values()].reduce((sum, line) => sum + line.work * (shareOf(line) - line.from), this.#workDone)
  }

  #share(): number {
    return this.#workAtStart === 0 ? 1 : Math.min(1, this.#workSoFar() / this.#workAtStart)
  }

  /** Seconds left, once enough is known to say it. */
  #eta(): number | undefined {
    const elapsed = (performance.now() - this.#start) / 1000
    const share = this.#share()
    return share < 0.01 || elapsed < 3 ? undefined : elapsed * (1 - share) / share
  }

  #label(run: number): string {
    return this.#labels.get(run) ?? `run r${run}`
  }

  #labelWidth(): number {
    return Math.max(0, ...[...this.#lines.values()].map(({ label }) => label.length))
  }
}

/** Of a run's work that is done. */
function shareOf({ epoch, epochs, step, steps }: Line): number {
  return Math.min(1, (epoch - 1 + step / steps) / epochs)
}

/** "BN W=236 seed 2 sparse": by the first pair that a run belongs to. */
function labelsOf(pairs: readonly StoredPair[]): Map<number, string> {
  return new Map(pairs.toReversed().flatMap(({ treatment, capacity, seed, denseRun, sparseRun }): [number, string][] => [
    [denseRun, `${treatment} W=${capacity} seed ${seed} dense`],
    [sparseRun, `${treatment} W=${capacity} seed ${seed} sparse`],
  ]))
}
