import type { ComparedPair, SideValues } from '@shared/statistics/cells'
import type { Store } from '../store/open'
import { Measurements } from '../store/measurements'
import { pairsOfExperiment } from '../store/pairs'
import { getRuns } from '../store/runs'

/** The pairs of an experiment with what a comparison takes of them, from the stored summaries. */
export function comparedPairs(store: Store, experiment: number): ComparedPair[] {
  const pairs = pairsOfExperiment(store, experiment)
  const ids = [
    ...new Set(pairs.flatMap(({ denseRun, sparseRun }) => [denseRun, sparseRun])),
  ]
  const states = new Map(getRuns(store, ids).map(({ id, state }) => [id, state.kind]))
  const measurements = new Measurements(store)
  const accuracies = measurements.summaries('test.accuracy', ids)
  const egf1 = measurements.summaries('egf1', ids)
  const egf2 = measurements.summaries('egf2', ids)
  const values = (run: number): SideValues => ({
    accuracy: accuracies.get(run)!.last,
    egf1: egf1.get(run)?.meanEleven ?? Number.NaN,
    egf2: egf2.get(run)?.meanEleven ?? Number.NaN,
  })
  return pairs.map(({ treatment, capacity, seed, denseRun, sparseRun }) => {
    const kinds = [
      states.get(denseRun)!,
      states.get(sparseRun)!,
    ]
    const outcome = (): ComparedPair['outcome'] => {
      if (kinds.every(kind => kind === 'done')) {
        return {
          kind: 'complete',
          dense: values(denseRun),
          sparse: values(sparseRun),
        }
      }
      if (kinds.some(kind => kind === 'failed' || kind === 'cancelled'))
        return { kind: 'failed' }
      return {
        kind: kinds.includes('diverged')
          ? 'diverged'
          : 'unfinished',
      }
    }
    return {
      treatment,
      capacity,
      seed,
      outcome: outcome(),
    }
  })
}
