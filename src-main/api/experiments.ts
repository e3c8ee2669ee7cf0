import type { ExportFormat, OptionValues } from '@shared/exports/format'
import { checkOptions } from '@shared/exports/format'
import { exportFormats } from '../export/exports'
import { mustFind } from '../reads/base'
import { invalid, mustCheck, notFound } from '../reads/errors'
import { mustPlan, os } from './base'

export const experiments = {
  list: os.experiments.list.handler(({ context: { lab } }) => lab.reads.experiments.list()),
  get: os.experiments.get.handler(({ context: { lab }, input }) => lab.reads.experiments.get(input)),
  comparison: os.experiments.comparison.handler(({ context: { lab }, input }) => lab.reads.experiments.comparison(input)),
  pairs: os.experiments.pairs.handler(({ context: { lab }, input }) => lab.reads.experiments.pairs(input)),
  meanCurves: os.experiments.meanCurves.handler(({ context: { lab }, input }) => lab.reads.experiments.meanCurves(input)),

  create: os.experiments.create.handler(async ({ context: { lab }, input: { document } }) => {
    const created = await lab.create(mustCheck(document))
    if (created.kind === 'refused')
      throw invalid(created.problems)
    const { slug, runs, shared } = created
    return { slug, runs, shared }
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

  formats: os.experiments.formats.handler(() => [...exportFormats]),

  files: os.experiments.files.handler(async ({ context: { lab }, input: { slug, format: id, options = {} } }) => {
    const format = exportFormats.find(one => one.id === id)
    if (!format)
      throw notFound(`format "${id}"; there is ${exportFormats.map(({ id }) => id).join(', ')}`)
    return lab.exportFiles(mustFind(lab.store, slug).slug, format.id, mustBeOf(format, options))
  }),
}

/** @throws INVALID with every option that the format does not take so */
function mustBeOf(format: ExportFormat, options: OptionValues): OptionValues {
  const checked = checkOptions(format, options)
  if (checked.kind === 'invalid')
    throw invalid(checked.problems.map(({ option, message }) => ({ path: ['options', option], message })))
  return checked.values
}
