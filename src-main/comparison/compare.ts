import type { Side } from '@shared/random/stream'
import type { ComparedCell, ComparedPair, SideValues } from '@shared/statistics/cells'
import type { LevelledPair, SelectedPair, Validation } from '@shared/statistics/tuned'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import type { StoredPair } from '../store/pairs'
import { datasets } from '@shared/datasets'
import { treatmentsOf } from '@shared/plan/treatments'
import { compareCells, incomplete } from '@shared/statistics/cells'
import { isCollapsed } from '@shared/statistics/collapsed'
import { selectTuned } from '@shared/statistics/tuned'
import { runsOfExperiment } from '../store/experiments'
import { Measurements } from '../store/measurements'
import { pairsOfExperiment } from '../store/pairs'
import { getRuns } from '../store/runs'

/** A planned pair, its levels, and what a comparison takes of it. */
export interface PlannedComparison {
  readonly pair: StoredPair
  /** Level by factor. */
  readonly levels: Readonly<Record<string, string>>
  readonly outcome: ComparedPair['outcome']
  /** Final validation accuracies, where training examples were held out. */
  readonly validation: Readonly<Partial<Record<Side, number>>>
  /** Where factors are tuned: whether validation selected this pair's level, a side. */
  readonly selected: Readonly<Record<Side, boolean>>
}

export interface Comparison {
  readonly cells: readonly ComparedCell[]
  /** Which level of the tuned factors each side took, where there are any. */
  readonly tuned: readonly { readonly treatment: string, readonly capacity: number, readonly dense: string, readonly sparse: string }[]
}

/** Every planned pair of an experiment, from the stored summaries. */
export function comparePairs(store: Store, experiment: StoredExperiment): PlannedComparison[] {
  const outcomeOf = outcomes(store, experiment)
  const validationOf = validations(store, experiment)
  const selected = selectedPairs(store, experiment).filter(({ unselected }) => !unselected)
  const [dense, sparse] = [new Set(selected.map(({ denseRun }) => denseRun)), new Set(selected.map(({ sparseRun }) => sparseRun))]
  const accuracy = (side: Side, run: number): { [side in Side]?: number } => {
    const value = validationOf(run)
    return typeof value === 'number' && !Number.isNaN(value) ? { [side]: value } : {}
  }
  return levelledPairs(store, experiment).map(({ levels, ...pair }) => ({
    pair,
    levels,
    outcome: outcomeOf({ ...pair, levels }),
    validation: { ...accuracy('dense', pair.denseRun), ...accuracy('sparse', pair.sparseRun) },
    selected: { dense: dense.has(pair.denseRun), sparse: sparse.has(pair.sparseRun) },
  }))
}

/** The two sides of an experiment by treatment and capacity; tuned factors at the levels that validation selects. */
export function compareExperiment(store: Store, experiment: StoredExperiment): Comparison {
  const outcomeOf = outcomes(store, experiment)
  const selected = selectedPairs(store, experiment)
  return {
    cells: compareCells(selected.map(pair => ({ ...pair, outcome: pair.unselected ? { kind: pair.unselected } : outcomeOf(pair) }))),
    tuned: selectedLevels(selected),
  }
}

/** Pairs of the runs that are compared, by treatment of the factors that are not tuned; see `selectTuned`. */
export function selectedPairs(store: Store, experiment: StoredExperiment): (StoredPair & SelectedPair)[] {
  return selectTuned(levelledPairs(store, experiment), tunedFactorsOf(experiment), validations(store, experiment))
}

export function tunedFactorsOf({ experiment }: StoredExperiment): string[] {
  return experiment.factors.filter(({ role }) => role === 'tuned').map(({ name }) => name)
}

function selectedLevels(pairs: readonly SelectedPair[]): Comparison['tuned'] {
  const byCell = new Map(pairs.map(pair => [JSON.stringify([pair.treatment, pair.capacity]), pair]))
  return [...byCell.values()].flatMap(({ treatment, capacity, selected }) => selected ? [{ treatment, capacity, ...selected }] : [])
}

function levelledPairs(store: Store, { id, experiment }: StoredExperiment): (StoredPair & { levels: Readonly<Record<string, string>> })[] {
  const levels = new Map(treatmentsOf(experiment).map(treatment => [treatment.name, treatment.levels]))
  return pairsOfExperiment(store, id).map(pair => ({ ...pair, levels: levels.get(pair.treatment)! }))
}

/** What became of any dense and sparse run of an experiment, as a pair. */
function outcomes(store: Store, experiment: StoredExperiment): (pair: Pick<LevelledPair, 'denseRun' | 'sparseRun' | 'levels'>) => ComparedPair['outcome'] {
  const ids = runsOfExperiment(store, experiment.id)
  const states = new Map(getRuns(store, ids).map(({ id, state }) => [id, state.kind]))
  const measurements = new Measurements(store)
  const accuracies = measurements.summaries('test.accuracy', ids)
  const egf1 = measurements.summaries('egf1', ids)
  const egf2 = measurements.summaries('egf2', ids)
  const guessing = new Map(treatmentsOf(experiment.experiment).map(({ levels, configuration: { dense } }) => {
    const { test, testMajority } = datasets.get(dense['data.dataset']).facts(dense)
    return [JSON.stringify(levels), { examples: test, majority: testMajority }]
  }))
  const values = (run: number, levels: LevelledPair['levels']): SideValues => {
    const { last, counts } = accuracies.get(run)!
    return {
      accuracy: last,
      ...counts!,
      egf1: egf1.get(run)?.meanEleven ?? Number.NaN,
      egf2: egf2.get(run)?.meanEleven ?? Number.NaN,
      collapsed: isCollapsed(counts!.correct, guessing.get(JSON.stringify(levels))!),
    }
  }
  return ({ denseRun, sparseRun, levels }) => {
    const kinds = [states.get(denseRun)!, states.get(sparseRun)!]
    if (kinds.every(kind => kind === 'done'))
      return { kind: 'complete', dense: values(denseRun, levels), sparse: values(sparseRun, levels) }
    return { kind: incomplete.find(kind => kinds.includes(kind as never)) ?? 'unfinished' }
  }
}

/** Asked for only where something is tuned or exported: nothing is read before. */
function validations(store: Store, experiment: StoredExperiment): (run: number) => Validation {
  let read: ((run: number) => Validation) | undefined
  return run => (read ??= readValidations(store, experiment))(run)
}

function readValidations(store: Store, experiment: StoredExperiment): (run: number) => Validation {
  const ids = runsOfExperiment(store, experiment.id)
  const states = new Map(getRuns(store, ids).map(({ id, state }) => [id, state.kind]))
  const accuracies = new Measurements(store).summaries('validation.accuracy', ids)
  return (run) => {
    const state = states.get(run)!
    switch (state) {
      // Without a validation split nothing is tuned by it.
      case 'done': return accuracies.get(run)?.last ?? Number.NaN
      case 'diverged':
      case 'failed':
      case 'cancelled':
        return state
      case 'waiting':
      case 'running':
        return 'unfinished'
    }
  }
}
