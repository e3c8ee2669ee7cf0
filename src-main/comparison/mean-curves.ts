import type { MeanCurve } from '@shared/contract/rows'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import { atEpochs } from '@shared/comparison/curves/aggregate'
import { measures } from '@shared/measures'
import { meanSd } from '@shared/statistics/mean'
import { prepareCurves } from '../store/curves'
import { selectedPairs, tunedFactorsOf } from './compare'

/**
 * The mean curves of one measure of whole runs, by treatment, capacity and side: at each epoch mean and sd over the
 * runs that have a finite value there. Tuned factors are at the levels that validation selects; cells in which nothing
 * is selected yet, and sides without a measurement, have no curve.
 * @param capacity of this one alone, or over all of them (null); each of them if not given
 * @throws RangeError for an unknown measure, or one of layers
 */
export function meanCurves(store: Store, experiment: StoredExperiment, measure: string, capacity?: number | null): MeanCurve[] {
  if (measures.get(measure).per !== 'run')
    throw new RangeError(`'${measure}' is a measure of layers; mean curves are of whole runs`)
  const read = prepareCurves(store)
  const tuned = tunedFactorsOf(experiment).length > 0
  const compared = selectedPairs(store, experiment).filter(pair => (!tuned || pair.selected) && (typeof capacity !== 'number' || pair.capacity === capacity))
  return [...Map.groupBy(compared, ({ treatment }) => treatment)].flatMap(([treatment, ofTreatment]) =>
    [...Map.groupBy(ofTreatment, pair => capacity === null ? null : pair.capacity)].sort(([a], [b]) => a! - b!).flatMap(([capacity, pairs]) =>
      (['dense', 'sparse'] as const).flatMap((side): MeanCurve[] => {
        const curves = read(measure, pairs.map(({ denseRun, sparseRun }) => side === 'dense' ? denseRun : sparseRun))
        const points = atEpochs([...curves.values()]).map(({ epoch, values }) => ({ epoch, ...meanSd(values) }))
        return points.length
          ? [{
              treatment,
              capacity,
              side,
              epochs: points.map(({ epoch }) => epoch),
              mean: points.map(({ mean }) => finite(mean)),
              sd: points.map(({ sd }) => finite(sd)),
              n: points.map(({ n }) => n),
            }]
          : []
      })))
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
