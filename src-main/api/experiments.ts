import type { Experiment } from '@shared/experiment/schema'
import { experimentDocument } from '@shared/experiment/file'
import { planExperiment } from '@shared/plan/plan'
import { treatmentsOf } from '@shared/plan/treatments'
import { answerOf } from '../comparison/answer'
import { compareExperiment } from '../comparison/compare'
import { meanCurves } from '../comparison/mean-curves'
import { notesOn } from '../comparison/notes'
import { cellRows } from '../rows/cell-rows'
import { experimentRow, experimentRows } from '../rows/experiment-rows'
import { pairRows } from '../rows/run-rows'
import { runsOfExperiment } from '../store/experiments'
import { pairsOfExperiment } from '../store/pairs'
import { getRuns } from '../store/runs'
import { mustCheck, mustFind, mustPlan, notFound, os } from './base'

export const experiments = {
  list: os.experiments.list.handler(({ context: { lab } }) => experimentRows(lab.store)),

  get: os.experiments.get.handler(({ context: { lab: { store } }, input: { slug } }) => {
    const stored = mustFind(store, slug)
    const { experiment } = stored
    const comparison = compareExperiment(store, stored)
    return {
      row: experimentRow(store, stored),
      document: experimentDocument(experiment) as never,
      cells: cellRows(comparison),
      tuned: [...comparison.tuned],
      answer: answerOf(experiment, comparison) ?? null,
      notes: notesOn(experiment, comparison),
      treatments: treatmentsOf(experiment).map(({ name }) => name),
      excluded: excludedFrom(experiment),
    }
  }),

  pairs: os.experiments.pairs.handler(({ context: { lab: { store } }, input: { slug } }) =>
    pairRows(store, pairsOfExperiment(store, mustFind(store, slug).id))),

  meanCurves: os.experiments.meanCurves.handler(({ context: { lab: { store } }, input: { slug, measure } }) =>
    meanCurves(store, mustFind(store, slug), measure)),

  create: os.experiments.create.handler(async ({ context: { lab }, input: { document } }) => {
    const experiment = mustCheck(document)
    const { plan, engine } = await mustPlan(experiment)
    const stored = lab.create(experiment, plan, engine)
    const runs = getRuns(lab.store, runsOfExperiment(lab.store, stored.id))
    return { slug: stored.slug, runs: runs.length, shared: runs.filter(({ state }) => state.kind === 'done').length }
  }),

  pause: os.experiments.pause.handler(({ context: { lab }, input: { slug } }) => {
    lab.pause(mustFind(lab.store, slug))
    return { changed: 1 }
  }),

  resume: os.experiments.resume.handler(({ context: { lab }, input: { slug } }) => {
    lab.resume(mustFind(lab.store, slug))
    return { changed: 1 }
  }),

  cancel: os.experiments.cancel.handler(({ context: { lab }, input: { slug } }) =>
    ({ changed: lab.cancel(mustFind(lab.store, slug)) })),

  retry: os.experiments.retry.handler(async ({ context: { lab }, input: { slug } }) => {
    const stored = mustFind(lab.store, slug)
    const { plan, engine } = await mustPlan(stored.experiment)
    lab.retry(stored, plan, engine)
    return { changed: 1 }
  }),

  remove: os.experiments.remove.handler(({ context: { lab }, input: { slug } }) => {
    lab.remove(mustFind(lab.store, slug))
    return { changed: 1 }
  }),

  restore: os.experiments.restore.handler(({ context: { lab }, input: { slug } }) => {
    if (!lab.restore(slug))
      throw notFound(`removed experiment "${slug}"; what was removed is gone once the program has ended`)
    return { changed: 1 }
  }),

  files: os.experiments.files.handler(async ({ context: { lab }, input: { slug, format } }) =>
    lab.exportFiles(mustFind(lab.store, slug).slug, format)),
}

/** What one capacity and seed tell of the treatments that are left out. */
function excludedFrom(experiment: Experiment): { treatment: string, reason: string }[] {
  const planned = planExperiment({ ...experiment, capacities: experiment.capacities.slice(0, 1), seeds: experiment.seeds.slice(0, 1) })
  return planned.kind === 'planned' ? [...planned.plan.excluded] : []
}
