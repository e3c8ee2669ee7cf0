import type { Environment, Result, StoredRow } from './record'
import type { Row } from './rows'
import type { Timed } from './turns'
import type { Variant } from './variants'
import { join } from 'node:path'
import { disagreement } from './agreement'
import { Field } from './field'
import { coresFor } from './machine'
import { operations } from './networks'
import { writeProblem } from './problem'
import { medianOf, takeTurns } from './turns'
import { ours, takesPart } from './variants'

/** Milliseconds that the steps of one turn fill. */
export const TURN = 200

/** Measures rows one after the other and hands each over as soon as it is there. */
export async function compare({ rows, rivals, rounds, folder, environment, report }: {
  rows: readonly Row[]
  rivals: readonly Variant[]
  rounds: number
  /** For files that last as long as a row. */
  folder: string
  environment: (versions: Record<string, string>) => Environment
  report: (row: Row, stored: StoredRow) => void
}): Promise<void> {
  const problem = join(folder, 'problem.safetensors')
  for (const [threads, of] of Map.groupBy(rows, row => row.threads)) {
    const cores = coresFor(threads)
    if (cores === undefined) {
      console.log(`There are no rows of ${threads} threads: this process may use fewer cores.`)
      continue
    }
    const field = new Field([ours, ...rivals], { threads, cores })
    try {
      for (const row of of) {
        writeProblem(problem, row)
        const { runners, missing } = await field.load(row, problem, takesPart)
        const timed = await takeTurns(runners, { rounds, turn: TURN })
        for (const [id, reason] of missing)
          timed.set(id, { kind: 'none', reason })
        report(row, {
          subject: row.subject,
          optimizer: row.optimizer,
          threads,
          operations: operations(row),
          environment: environment(field.versions),
          results: resultsOf(timed),
        })
        // Identical processes of ours may differ: each row has another one.
        field.renew(ours.id)
      }
    }
    finally {
      field.stop()
    }
  }
}

function resultsOf(timed: ReadonlyMap<string, Timed>): Record<string, Result> {
  const reference = timed.get(ours.id)
  if (reference?.kind !== 'timed')
    throw new Error(`the native engine was not measured; ${reference?.reason ?? 'it took no part'}`)
  return Object.fromEntries([...timed].map(([id, one]): [string, Result] => {
    if (one.kind === 'none')
      return [id, one]
    const reason = disagreement(one.losses, reference.losses)
    if (reason)
      return [id, { kind: 'disagrees', reason }]
    const { minimum, median, steps, turns } = one
    return [id, {
      kind: 'measured',
      minimum: rounded(minimum),
      median: rounded(median),
      steps,
      ratio: { minima: rounded(minimum / reference.minimum), paired: rounded(medianOf(turns.map((turn, round) => turn / reference.turns[round]!))) },
    }]
  }))
}

/** Milliseconds to the tenth of a microsecond. */
export function rounded(value: number): number {
  return Number(value.toFixed(4))
}
