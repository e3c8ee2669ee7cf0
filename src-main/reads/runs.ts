import type { Curve } from '@shared/contract/rows'
import type { Store } from '../store/open'
import { parameters } from '@shared/experiment/parameters'
import { measures } from '@shared/measures'
import { finite } from '../rows/numbers'
import { runRows } from '../rows/run-rows'
import { eventsOfRun } from '../store/events'
import { layersOfRun } from '../store/layers'
import { Measurements } from '../store/measurements'
import { pairsOfRuns } from '../store/pairs'
import { getSpecification } from '../store/runs'
import { mustFindMeasure, mustFindRun, os } from './base'
import { difference, shownEpochs } from './thinning'

/** Long curves are told at about so many epochs. */
const POINTS = 600

export const runs = {
  get: os.runs.get.handler(({ context: { store }, input: { run: id } }) => {
    const run = mustFindRun(store, id)
    const { settings } = getSpecification(store, run.identity)
    return {
      row: runRows(store, [id]).get(id)!,
      identity: run.identity,
      engine: run.engine,
      environment: run.environment ? { ...run.environment, versions: { ...run.environment.versions }, settings: { ...run.environment.settings } } : null,
      startedAt: run.startedAt ?? null,
      finishedAt: run.finishedAt ?? null,
      pairs: pairsOfRuns(store, [id]).get(id)!,
      settings: Object.entries(settings).map(([path, value]) => {
        const { title, default: otherwise } = parameters.get(path)!
        return { path, title, value, default: otherwise }
      }),
      layers: layersOfRun(store, id),
      events: eventsOfRun(store, id),
    }
  }),

  curves: os.runs.curves.handler(({ context: { store }, input: { runs, measures: wanted, layer } }) => {
    wanted.forEach(mustFindMeasure)
    runs.forEach(run => mustFindRun(store, run))
    return store.sqlite.transaction(() => wanted.flatMap(measure => curvesOf(store, runs, measure, layer)))()
  }),
}

/** Curves of one measure, at the same epochs however long they are; those of two runs also where they differ most. */
function curvesOf(store: Store, runs: readonly number[], measure: string, wanted: number | undefined): Curve[] {
  const measurements = new Measurements(store)
  const whole = runs.flatMap(run => layersOf(store, run, measure, wanted).map(layer => ({ run, layer, points: measurements.curve(run, measure, layer) })))
  const differences = [...Map.groupBy(whole, ({ layer }) => layer).values()].flatMap(([one, other, ...more]) => one && other && !more.length ? [difference(other.points, one.points)] : [])
  const isShown = shownEpochs([...whole.map(({ points }) => points), ...differences], POINTS)
  return whole.map(({ run, layer, points }) => {
    const shown = points.filter(({ epoch }) => isShown(epoch))
    return { run, measure, layer, epochs: shown.map(({ epoch }) => epoch), values: shown.map(({ value }) => finite(value)) }
  })
}

/** The layers of a measure: the one that is asked for, all that the run has, or the whole run. */
function layersOf(store: Store, run: number, measure: string, wanted: number | undefined): number[] {
  if (wanted !== undefined)
    return [wanted]
  return measures.get(measure).per === 'layer' ? layersOfRun(store, run).map(({ layer }) => layer) : [0]
}
