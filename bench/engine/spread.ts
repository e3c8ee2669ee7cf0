import type { Row } from './rows'
import type { Runner } from './turns'
import { join } from 'node:path'
import { Contestant } from './contestant'
import { coresFor } from './machine'
import { writeProblem } from './problem'
import { takeTurns } from './turns'
import { ours } from './variants'

/** Milliseconds of a turn: the fastest step of many is looked for, over many processes. */
export const SPREAD_TURN = 100

/** The fastest step of each of so many identical native processes, which take turns. */
export async function measureSpread(row: Row, { processes, rounds, folder }: { processes: number, rounds: number, folder: string }): Promise<number[]> {
  const cores = coresFor(row.threads)
  if (cores === undefined)
    throw new Error(`this process may use fewer than ${row.threads} cores`)
  const problem = join(folder, 'problem.safetensors')
  writeProblem(problem, row)
  const contestants: Contestant[] = []
  try {
    const runners = new Map<string, Runner>()
    for (let i = 0; i < processes; i++) {
      const contestant = await Contestant.start(ours, { threads: row.threads, cores })
      contestants.push(contestant)
      await contestant.load(problem)
      runners.set(String(i), { take: steps => contestant.take(steps), longestStep: Infinity })
    }
    const timed = await takeTurns(runners, { rounds, turn: SPREAD_TURN })
    return [...timed.values()].map((one) => {
      if (one.kind === 'none')
        throw new Error(`a native process ${one.reason}`)
      return one.minimum
    })
  }
  finally {
    contestants.forEach(contestant => contestant.stop())
  }
}
