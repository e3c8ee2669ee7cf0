import type { InferContractRouterOutputs } from '@orpc/contract'
import type { contract } from '@shared/contract'
import type { PlannedRuns, PreviewedRun } from './preview'
import { secondsOf } from '@shared/plan/work'

/** What the program says of a document and its runs. */
export type Answer = InferContractRouterOutputs<typeof contract>['plan']['outlook']

/** How much of a plan is there already, and what is left to do. */
export interface Outlook {
  readonly engine: string | null
  /** The experiment that this would be over again. */
  readonly same: { readonly slug: string, readonly name: string } | null
  readonly stored: number
  /** What is still to be trained. */
  readonly left: { readonly runs: number, readonly steps: number, readonly bytes: number }
  /** Of one run after the other, by runs that were trained before or by a calibration; absent where nothing tells. */
  readonly time?: { readonly seconds: number, readonly basis: 'runs' | 'calibration' }
  /** Whether a calibration would tell. */
  readonly canCalibrate: boolean
}

export function outlookOf({ runs, steps, bytes, kinds, recording, each = [] }: PlannedRuns, { engine, same, costs, speeds, basis, canCalibrate, stored }: Answer): Outlook {
  const there = stored.map(i => each[i]!)
  const without = (whole: number, of: (run: PreviewedRun) => number): number => there.reduce((left, run) => left - of(run), whole)
  const ofKind = Map.groupBy(there, ({ kind }) => kind)
  const left = kinds.map(({ run, count }, kind) => ({ run, count: count - (ofKind.get(kind)?.length ?? 0) }))
  const seconds = secondsOf(left, recording, costs, speeds)
  return {
    engine,
    same,
    stored: stored.length,
    left: { runs: runs - stored.length, steps: without(steps, run => run.steps), bytes: without(bytes, run => run.bytes) },
    ...seconds !== undefined && basis && { time: { seconds, basis } },
    canCalibrate,
  }
}
