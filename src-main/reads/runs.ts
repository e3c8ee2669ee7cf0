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

/** Ranges of epochs of which a long curve's lowest and highest points are told. */
const BUCKETS = 300

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
    const measurements = new Measurements(store)
    return runs.flatMap(run => wanted.flatMap(measure =>
      layersOf(store, run, measure, layer).map((layer) => {
        const points = measurements.bucketed(run, measure, layer, BUCKETS)
        return { run, measure, layer, epochs: points.map(({ epoch }) => epoch), values: points.map(({ value }) => finite(value)) }
      })))
  }),
}

/** The layers of a measure: the one that is asked for, all that the run has, or the whole run. */
function layersOf(store: Store, run: number, measure: string, wanted: number | undefined): number[] {
  if (wanted !== undefined)
    return [wanted]
  return measures.get(measure).per === 'layer' ? layersOfRun(store, run).map(({ layer }) => layer) : [0]
}
