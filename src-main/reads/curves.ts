import type { Curve } from '@shared/contract/rows'
import type { Store } from '../store/open'
import { measures } from '@shared/measures'
import { finite } from '../rows/numbers'
import { layersOfRun } from '../store/layers'
import { Measurements } from '../store/measurements'
import { difference, shownEpochs } from './thinning'

/** Long curves are told at about so many epochs. */
const POINTS = 600

/**
 * Curves of one measure as charts draw them. Those of one run, or of two that are compared, are told at the same epochs,
 * also where two curves differ most; of more runs, each run's at epochs of its own, so that a hundred stay small.
 * @param layer 0 for the whole run; every layer if absent
 */
export function chartCurves(store: Store, runs: readonly number[], measure: string, layer?: number): Curve[] {
  const measurements = new Measurements(store)
  const groups = runs.length > 2 ? runs.map(run => [run]) : [runs]
  return groups.flatMap((group) => {
    const whole = group.flatMap(run => layersOf(store, run, measure, layer).map(layer => ({ run, layer, points: measurements.curve(run, measure, layer) })))
    const differences = [...Map.groupBy(whole, ({ layer }) => layer).values()].flatMap(([one, other]) => one && other ? [difference(other.points, one.points)] : [])
    const isShown = shownEpochs([...whole.map(({ points }) => points), ...differences], POINTS)
    return whole.map(({ run, layer, points }) => {
      const shown = points.filter(({ epoch }) => isShown(epoch))
      return { run, measure, layer, epochs: shown.map(({ epoch }) => epoch), values: shown.map(({ value }) => finite(value)) }
    })
  })
}

/** The layers of a measure: the one that is asked for, all that the run has, or the whole run. */
function layersOf(store: Store, run: number, measure: string, wanted: number | undefined): number[] {
  if (wanted !== undefined)
    return [wanted]
  return measures.get(measure).per === 'layer' ? layersOfRun(store, run).map(({ layer }) => layer) : [0]
}
