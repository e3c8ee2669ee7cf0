import type { Result } from './record'

/** What takes steps in turn with others. */
export interface Runner {
  readonly take: (steps: number) => Promise<{ readonly milliseconds: readonly number[], readonly losses: readonly number[] }>
  readonly longestStep: number
  /** Turns that it takes at most. */
  readonly rounds?: number | undefined
}

export type Timed
  = | { readonly kind: 'timed', readonly minimum: number, readonly median: number, readonly steps: number, readonly turns: readonly number[], readonly losses: readonly number[] }
    | Extract<Result, { kind: 'none' }>

/** Losses that all contestants must have in common: before any step, and after enough that backward and update show. */
export const FIRST_LOSSES = 5

/** From this many milliseconds on, a step's own time hides what the turns of others left in the caches. */
const LONG = 300

/** Milliseconds of steps of each runner: one at a time, in rounds, the order rotating; a turn fills `turn` milliseconds. */
export async function takeTurns(runners: ReadonlyMap<string, Runner>, { rounds, turn }: { rounds: number, turn: number }): Promise<Map<string, Timed>> {
  const results = new Map<string, Timed>()
  const racing = new Map<string, { runner: Runner, losses: number[], step: number, all: number[], turns: number[] }>()
  for (const [id, runner] of runners) {
    await unlessFailing(id, async () => {
      const { step, losses } = await begin(runner)
      if (step > runner.longestStep)
        results.set(id, { kind: 'none', reason: `too slow: ${(step / 1000).toFixed(1)} s a step` })
      else
        racing.set(id, { runner, losses, step, all: [], turns: [] })
    })
  }
  for (let round = 0; round < rounds; round++) {
    const ids = [...racing.keys()]
    const start = round % (ids.length || 1)
    for (const id of [...ids.slice(start), ...ids.slice(0, start)]) {
      const { runner, step, all, turns } = racing.get(id)!
      if (turns.length >= (runner.rounds ?? rounds))
        continue
      const warming = step < LONG ? 1 : 0
      const count = Math.min(400, Math.max(step < LONG ? 2 : 1, Math.round(turn / step)))
      await unlessFailing(id, async () => {
        const taken = (await runner.take(warming + count)).milliseconds.slice(warming)
        all.push(...taken)
        turns.push(medianOf(taken))
      })
    }
  }
  for (const [id, { all, turns, losses }] of racing)
    results.set(id, { kind: 'timed', minimum: Math.min(...all), median: medianOf(all), steps: all.length, turns, losses })
  return results

  async function unlessFailing(id: string, action: () => Promise<void>): Promise<void> {
    try {
      await action()
    }
    catch (error) {
      racing.delete(id)
      results.set(id, { kind: 'none', reason: `failed: ${(error as Error).message}` })
    }
  }
}

/** The first losses, and how long a step takes; a compiler's first step is no measure. Too slow ones end after two. */
async function begin({ take, longestStep }: Runner): Promise<{ losses: number[], step: number }> {
  const losses: number[] = []
  let step = Infinity
  for (let i = 0; i < FIRST_LOSSES; i++) {
    const taken = await take(1)
    losses.push(...taken.losses)
    if (i > 0)
      step = Math.min(step, taken.milliseconds[0]!)
    if (i === 1 && step > longestStep)
      break
  }
  return { losses, step }
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
}
