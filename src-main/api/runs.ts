import type { Store } from '../store/open'
import type { StoredRun } from '../store/runs'
import { parameters } from '@shared/experiment/parameters'
import { measures } from '@shared/measures'
import { finite } from '../rows/numbers'
import { runRows } from '../rows/run-rows'
import { eventsOfRun } from '../store/events'
import { layersOfRun } from '../store/layers'
import { Measurements } from '../store/measurements'
import { pairsOfRun } from '../store/pairs'
import { getRun, getSpecification } from '../store/runs'
import { conflict, notFound, os } from './base'

/** Ranges of epochs of which a long curve's lowest and highest points are told. */
const BUCKETS = 300

export const runs = {
  get: os.runs.get.handler(({ context: { lab: { store } }, input: { run: id } }) => {
    const run = mustFindRun(store, id)
    const { settings } = getSpecification(store, run.identity)
    return {
      row: runRows(store, [id]).get(id)!,
      identity: run.identity,
      engine: run.engine,
      environment: run.environment ? { ...run.environment, versions: { ...run.environment.versions }, settings: { ...run.environment.settings } } : null,
      startedAt: run.startedAt ?? null,
      finishedAt: run.finishedAt ?? null,
      pairs: pairsOfRun(store, id),
      settings: Object.entries(settings).map(([path, value]) => {
        const { title, default: otherwise } = parameters.get(path)!
        return { path, title, value, default: otherwise }
      }),
      layers: layersOfRun(store, id),
      events: eventsOfRun(store, id),
    }
  }),

  curves: os.runs.curves.handler(({ context: { lab: { store } }, input: { runs, measures: wanted, layer } }) => {
    const unknown = wanted.find(measure => !measures.ids.includes(measure))
    if (unknown !== undefined)
      throw notFound(`measure "${unknown}"`)
    const measurements = new Measurements(store)
    return runs.flatMap(run => wanted.flatMap(measure =>
      layersOf(store, run, measure, layer).map((layer) => {
        const points = measurements.bucketed(run, measure, layer, BUCKETS)
        return { run, measure, layer, epochs: points.map(({ epoch }) => epoch), values: points.map(({ value }) => finite(value)) }
      })))
  }),

  cancel: os.runs.cancel.handler(({ context: { lab }, input: { run } }) => {
    const { state } = mustFindRun(lab.store, run)
    const changed = lab.cancelRun(run)
    if (changed === 0)
      throw conflict(`run r${run} is ${state.kind}: only runs that wait or are trained can be cancelled`)
    return { changed }
  }),

  retry: os.runs.retry.handler(({ context: { lab }, input: { run } }) => {
    const { state } = mustFindRun(lab.store, run)
    const changed = lab.retryRun(run)
    if (changed === 0)
      throw conflict(`run r${run} is ${state.kind}: only failed and cancelled runs can be trained again`)
    return { changed }
  }),
}

/** The layers of a measure: the one that is asked for, all that the run has, or the whole run. */
function layersOf(store: Store, run: number, measure: string, wanted: number | undefined): number[] {
  if (wanted !== undefined)
    return [wanted]
  return measures.get(measure).per === 'layer' ? layersOfRun(store, run).map(({ layer }) => layer) : [0]
}

function mustFindRun(store: Store, id: number): StoredRun {
  const run = getRun(store, id)
  if (!run)
    throw notFound(`run r${id}`)
  return run
}
