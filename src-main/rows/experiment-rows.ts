import type { ExperimentRow } from '@shared/contract/rows'
import type { Factor } from '@shared/experiment/schema'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import { meanSd } from '@shared/statistics/mean'
import { selectedPairs } from '../comparison/compare'
import { countStates, listExperiments } from '../store/experiments'
import { finalAccuracies, lastEnd } from '../store/final-accuracies'
import { secondsLeft } from '../store/speeds'
import { finite, meanSdRow, stateCounts } from './numbers'

/** Every experiment, as the table of experiments shows it. */
export function experimentRows(store: Store): ExperimentRow[] {
  return listExperiments(store).map(stored => experimentRow(store, stored))
}

export function experimentRow(store: Store, stored: StoredExperiment): ExperimentRow {
  const { id, slug, experiment: { name, question, factors, capacities, seeds }, engine, paused, createdAt } = stored
  const apartBy = factors.filter(({ role }) => role === 'varied').find(isNeverPooled)?.name
  const pairs = apartBy === undefined ? finalAccuracies(store, selectedPairs(store, stored).filter(({ unselected }) => !unselected)) : []
  const states = stateCounts(countStates(store, id))
  return {
    slug,
    name,
    question,
    varies: factors.map(({ name, levels, role }) => ({ factor: name, levels: levels.length, tuned: role === 'tuned' })),
    capacities,
    seeds: seeds.length,
    engine,
    paused,
    createdAt,
    changedAt: lastEnd(store, id) ?? createdAt,
    states,
    secondsLeft: states.waiting + states.running > 0 ? finite(secondsLeft(store, id)) : null,
    treatments: factors.filter(({ role }) => role === 'varied').reduce((product, { levels }) => product * levels.length, 1),
    apartBy: apartBy ?? null,
    accuracy: {
      dense: meanSdRow(meanSd(pairs.map(({ dense }) => dense))),
      sparse: meanSdRow(meanSd(pairs.map(({ sparse }) => sparse))),
      difference: meanSdRow(meanSd(pairs.map(({ dense, sparse }) => sparse - dense))),
    },
  }
}

/** The sign of a difference may turn with the learning rate and the optimizer (design §2): they are never pooled in passing. */
function isNeverPooled({ levels }: Factor): boolean {
  return levels.some(({ set }) => 'training.learningRate' in set || 'training.optimizer' in set)
}
