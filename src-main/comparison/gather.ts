import type { ComparisonPair, ComparisonRun, Measured } from '@shared/comparison/pair'
import type { Summary } from '@shared/comparison/summary'
import type { Configuration } from '@shared/experiment/parameters'
import type { Treatment } from '@shared/plan/treatments'
import type { Side } from '@shared/random/stream'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import { datasets } from '@shared/datasets'
import { treatmentsOf } from '@shared/plan/treatments'
import { isCollapsed } from '@shared/statistics/collapsed'
import { pairsOfExperiment } from '../store/pairs'
import { statesOfRuns } from '../store/runs'
import { prepareSummaries } from '../store/summaries'
import { selectedPairs, tunedFactorsOf } from './compare'

/**
 * The pairs of an experiment as comparisons see them; tuned factors at the levels that validation selects, and nothing
 * where it has not yet. Numbers are read when they are asked for, one measure of all runs at a time.
 */
export function gatherPairs(store: Store, experiment: StoredExperiment): ComparisonPair[] {
  const isTuned = tunedFactorsOf(experiment).length > 0
  const runOf = gatherRuns(store, experiment)
  return selectedPairs(store, experiment)
    .filter(({ selected }) => !isTuned || selected)
    .map(({ position, treatment, levels, capacity, seed, denseRun, sparseRun }) => ({
      experiment: experiment.slug,
      position,
      treatment,
      levels,
      capacity,
      seed,
      dense: runOf(denseRun, 'dense'),
      sparse: runOf(sparseRun, 'sparse'),
    }))
}

function gatherRuns(store: Store, { id, experiment }: StoredExperiment): (run: number, side: Side) => ComparisonRun {
  const treatments = new Map(treatmentsOf(experiment).map(treatment => [treatment.name, treatment]))
  const planned = pairsOfExperiment(store, id)
  const [dense, sparse] = [new Map<number, Treatment>(), new Map<number, Treatment>()]
  for (const { treatment, denseRun, sparseRun } of planned) {
    dense.set(denseRun, treatments.get(treatment)!)
    sparse.set(sparseRun, treatments.get(treatment)!)
  }
  const runs = [...new Set([...dense.keys(), ...sparse.keys()])]
  const states = statesOfRuns(store, runs)
  const measured = readOnce(store, runs)
  return (run, side) => {
    const settings = (side === 'dense' ? dense : sparse).get(run)!.configuration[side]
    const { state, engine } = states.get(run)!
    return {
      id: `r${run}`,
      run,
      side,
      state,
      engine,
      settings,
      measured: (measure, summary) => measured(measure, summary).get(run),
      isCollapsed: () => isDead(measured('test.accuracy', { kind: 'last' }).get(run), settings),
    }
  }
}

/** Reads the numbers of all these runs once a measure and summary. */
function readOnce(store: Store, runs: readonly number[]): (measure: string, summary: Summary) => ReadonlyMap<number, Measured> {
  const read = prepareSummaries(store)
  const known = new Map<string, ReadonlyMap<number, Measured>>()
  return (measure, summary) => {
    const key = `${measure} ${JSON.stringify(summary)}`
    const values = known.get(key) ?? read(measure, summary, runs)
    known.set(key, values)
    return values
  }
}

function isDead(accuracy: Measured | undefined, settings: Configuration): boolean {
  if (accuracy?.correct === undefined)
    return false
  const { test, testMajority } = datasets.get(settings['data.dataset']).facts(settings)
  return isCollapsed(accuracy.correct, { examples: test, majority: testMajority })
}
