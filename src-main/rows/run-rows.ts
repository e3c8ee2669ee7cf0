import type { PairRow, RunRow } from '@shared/contract/rows'
import type { Store } from '../store/open'
import type { StoredPair } from '../store/pairs'
import type { StoredRun } from '../store/runs'
import { Measurements } from '../store/measurements'
import { getRuns } from '../store/runs'
import { finite } from './numbers'

/** Runs as tables show them, by number. */
export function runRows(store: Store, ids: readonly number[]): Map<number, RunRow> {
  const measurements = new Measurements(store)
  const accuracies = measurements.summaries('test.accuracy', ids)
  const flow = measurements.summaries('egf2', ids)
  return new Map(getRuns(store, ids).map(run => [run.id, {
    run: run.id,
    side: run.side,
    state: run.state,
    epoch: run.epoch,
    epochs: run.epochs,
    accuracy: run.state.kind === 'done' ? finite(accuracies.get(run.id)?.last) : null,
    egf2: finite(flow.get(run.id)?.meanEleven),
    seconds: secondsOf(run),
  }]))
}

/** From its first start to its end, or until now. */
function secondsOf({ startedAt, finishedAt }: StoredRun): number | null {
  return startedAt ? ((finishedAt ?? new Date()).getTime() - startedAt.getTime()) / 1000 : null
}

export function pairRows(store: Store, pairs: readonly StoredPair[]): PairRow[] {
  const runs = runRows(store, [...new Set(pairs.flatMap(({ denseRun, sparseRun }) => [denseRun, sparseRun]))])
  return pairs.map(({ position, treatment, capacity, seed, denseRun, sparseRun }) =>
    ({ position, treatment, capacity, seed, dense: runs.get(denseRun)!, sparse: runs.get(sparseRun)! }))
}
