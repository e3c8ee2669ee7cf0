import type { Experiment } from '@shared/experiment/schema'
import { experimentDocument } from '@shared/experiment/file'
import { typeset } from '@shared/format'
import { planExperiment } from '@shared/plan/plan'
import { treatmentsOf } from '@shared/plan/treatments'
import { answerOf } from '../comparison/answer'
import { compareExperiment } from '../comparison/compare'
import { meanCurves } from '../comparison/mean-curves'
import { notesOn } from '../comparison/notes'
import { comparedRows } from '../rows/chart-rows'
import { experimentRow, experimentRows } from '../rows/experiment-rows'
import { pairRows } from '../rows/run-rows'
import { pairsOfExperiment } from '../store/pairs'
import { mustFind, mustFindMeasure, os } from './base'
import { invalid } from './errors'

export const experiments = {
  list: os.experiments.list.handler(({ context: { store } }) => experimentRows(store)),

  get: os.experiments.get.handler(({ context: { store }, input: { slug } }) => {
    const stored = mustFind(store, slug)
    const { experiment } = stored
    return {
      row: experimentRow(store, stored),
      document: experimentDocument(experiment) as never,
      treatments: treatmentsOf(experiment).map(({ name }) => name),
      excluded: excludedFrom(experiment),
    }
  }),

  comparison: os.experiments.comparison.handler(({ context: { store }, input: { slug } }) => store.sqlite.transaction(() => {
    const stored = mustFind(store, slug)
    const comparison = compareExperiment(store, stored)
    return {
      ...comparedRows(store, stored, comparison),
      tuned: [...comparison.tuned],
      answer: typeset(answerOf(stored.experiment, comparison) ?? '') || null,
      notes: notesOn(stored.experiment, comparison).map(typeset),
    }
  })()),

  pairs: os.experiments.pairs.handler(({ context: { store }, input: { slug } }) =>
    pairRows(store, pairsOfExperiment(store, mustFind(store, slug).id))),

  meanCurves: os.experiments.meanCurves.handler(({ context: { store }, input: { slug, measure, capacity } }) => {
    if (mustFindMeasure(measure).per === 'layer')
      throw invalid([{ path: ['measure'], message: `"${measure}" is a measure of layers; mean curves are of whole runs` }])
    return meanCurves(store, mustFind(store, slug), measure, capacity)
  }),
}

/** What one capacity and seed tell of the treatments that are left out. */
function excludedFrom(experiment: Experiment): { treatment: string, reason: string }[] {
  const planned = planExperiment({ ...experiment, capacities: experiment.capacities.slice(0, 1), seeds: experiment.seeds.slice(0, 1) })
  return planned.kind === 'planned' ? [...planned.plan.excluded] : []
}
