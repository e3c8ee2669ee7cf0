import type { CurveReader } from '@shared/comparison/curves/reader'
import type { ComparisonRun } from '@shared/comparison/pair'
import type { Store } from '../store/open'
import { epochFlops } from '@shared/plan/flops'
import { prepareCurves } from '../store/curves'
import { specificationsOfRuns } from '../store/runs'

/** Reads the curves of runs that were trained here. */
export function curveReader(store: Store): CurveReader {
  const read = prepareCurves(store)
  return {
    curves: (measure, runs) => byId(runs, read(measure, numbersOf(runs))),
    flops: runs => byId(runs, new Map([...specificationsOfRuns(store, numbersOf(runs))].map(([run, specification]) => [run, epochFlops(specification)]))),
  }
}

function numbersOf(runs: readonly ComparisonRun[]): number[] {
  return runs.flatMap(({ run }) => run ?? [])
}

function byId<T>(runs: readonly ComparisonRun[], byNumber: ReadonlyMap<number, T>): Map<string, T> {
  return new Map(runs.flatMap(({ id, run }): [string, T][] => run !== undefined && byNumber.has(run) ? [[id, byNumber.get(run)!]] : []))
}
