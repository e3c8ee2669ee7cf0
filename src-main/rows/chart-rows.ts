import type { ChartCurve, ExperimentRows, MeanCurveRows, PairCurveRows, PairLayerRows, RunCurveRows } from '@shared/charts/parts/rows'
import type { CellRow, PairRow, RunRow } from '@shared/contract/rows'
import type { Comparison } from '../comparison/compare'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import type { StoredPair } from '../store/pairs'
import { overCapacities } from '@shared/charts/parts/line-looks'
import { compareExperiment, selectedPairs, tunedFactorsOf } from '../comparison/compare'
import { meanCurves } from '../comparison/mean-curves'
import { layersOfRun } from '../store/layers'
import { Measurements } from '../store/measurements'
import { getRun, getSpecification } from '../store/runs'
import { cellRows } from './cell-rows'
import { finite } from './numbers'
import { pairRows, runRows } from './run-rows'

/** Cells, and the pairs that they are of: tuned factors at the levels that validation selects, nothing before. */
export function comparedRows(store: Store, experiment: StoredExperiment, comparison: Comparison = compareExperiment(store, experiment)): ExperimentRows & { readonly cells: CellRow[], readonly pairs: PairRow[] } {
  const tuned = tunedFactorsOf(experiment).length > 0
  return {
    cells: cellRows(comparison),
    pairs: pairRows(store, selectedPairs(store, experiment).filter(({ selected }) => !tuned || selected)),
  }
}

/** @param capacity of one alone, or over all (null); if not given each, or over all where those are too many */
export function meanCurveRows(store: Store, experiment: StoredExperiment, measure: string, { compared = comparedRows(store, experiment), capacity = overCapacities(compared), treatments }: {
  readonly compared?: ExperimentRows
  readonly capacity?: number | null | undefined
  readonly treatments?: readonly string[] | undefined
} = {}): MeanCurveRows {
  return { ...compared, measure, ...capacity !== undefined && { capacity }, ...treatments && { treatments }, curves: meanCurves(store, experiment, measure, capacity) }
}

/** Whole curves of both sides, at every epoch. */
export function pairCurveRows(store: Store, pair: StoredPair, measure: string): PairCurveRows {
  const curveOf = curves(store, measure)
  const [dense, sparse] = [pair.denseRun, pair.sparseRun].map(run => curveOf(run, 0))
  return { pair: pairRows(store, [pair])[0]!, measure, ...dense!.epochs.length && { dense: dense! }, ...sparse!.epochs.length && { sparse: sparse! } }
}

/** Every layer of both sides, at every epoch. */
export function pairLayerRows(store: Store, pair: StoredPair, measure: string): PairLayerRows {
  const curveOf = curves(store, measure)
  const layersOf = (run: number): ChartCurve[] => layersOfRun(store, run).map(({ layer }) => curveOf(run, layer))
  const { layers } = getSpecification(store, getRun(store, pair.denseRun)!.identity)
  return { pair: pairRows(store, [pair])[0]!, measure, layers: layers.map(({ name }) => name), dense: layersOf(pair.denseRun), sparse: layersOf(pair.sparseRun) }
}

export function runCurveRows(store: Store, run: number, measure: string): RunCurveRows & { readonly run: RunRow } {
  return { run: runRows(store, [run]).get(run)!, measure, curve: curves(store, measure)(run, 0) }
}

function curves(store: Store, measure: string): (run: number, layer: number) => ChartCurve {
  const measurements = new Measurements(store)
  return (run, layer) => {
    const points = measurements.curve(run, measure, layer)
    return { layer, epochs: points.map(({ epoch }) => epoch), values: points.map(({ value }) => finite(value)) }
  }
}
