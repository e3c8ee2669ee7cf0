import { mustFind } from '../reads/base'
import { mustCheck, notFound } from '../reads/errors'
import { runsOfExperiment } from '../store/experiments'
import { getRuns } from '../store/runs'
import { mustPlan, os } from './base'

export const experiments = {
  list: os.experiments.list.handler(({ context: { lab } }) => lab.reads.experiments.list()),
  get: os.experiments.get.handler(({ context: { lab }, input }) => lab.reads.experiments.get(input)),
  comparison: os.experiments.comparison.handler(({ context: { lab }, input }) => lab.reads.experiments.comparison(input)),
  pairs: os.experiments.pairs.handler(({ context: { lab }, input }) => lab.reads.experiments.pairs(input)),
  meanCurves: os.experiments.meanCurves.handler(({ context: { lab }, input }) => lab.reads.experiments.meanCurves(input)),

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
    ({ runs: lab.cancel(mustFind(lab.store, slug)) })),

  retry: os.experiments.retry.handler(async ({ context: { lab }, input: { slug, runs } }) => {
    const stored = mustFind(lab.store, slug)
    const { plan, engine } = await mustPlan(stored.experiment)
    lab.retry(stored, plan, engine, runs)
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
