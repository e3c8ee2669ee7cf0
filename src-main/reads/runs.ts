import { parameters } from '@shared/experiment/parameters'
import { runRows } from '../rows/run-rows'
import { eventsOfRun } from '../store/events'
import { layersOfRun } from '../store/layers'
import { pairsOfRuns } from '../store/pairs'
import { getSpecification } from '../store/runs'
import { mustFindMeasure, mustFindRun, os } from './base'
import { chartCurves } from './curves'

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
    return store.sqlite.transaction(() => wanted.flatMap(measure => chartCurves(store, runs, measure, layer)))()
  }),
}
