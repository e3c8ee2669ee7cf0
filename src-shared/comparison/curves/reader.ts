import type { EpochFlops } from '../../plan/flops'
import type { ComparisonRun } from '../pair'

/** A measure of a run at each epoch at which it was measured, in their order. */
export interface RunCurve {
  readonly epochs: readonly number[]
  /** NaN where it was not finite. */
  readonly values: readonly number[]
}

/** What curves are made of, by the ids of runs; runs that were trained elsewhere have none. */
export interface CurveReader {
  /** One read for all of these runs; nothing of a run in which the measure was never taken. */
  readonly curves: (measure: string, runs: readonly ComparisonRun[]) => ReadonlyMap<string, RunCurve>
  readonly flops: (runs: readonly ComparisonRun[]) => ReadonlyMap<string, EpochFlops>
}
