import { notFound } from '../reads/errors'
import { removeComparison, saveComparison } from '../store/comparisons'
import { os } from './base'

export const comparisons = {
  saved: os.comparisons.saved.handler(({ context: { lab } }) => lab.reads.comparisons.saved()),
  open: os.comparisons.open.handler(({ context: { lab }, input }) => lab.reads.comparisons.open(input)),
  population: os.comparisons.population.handler(({ context: { lab }, input }) => lab.reads.comparisons.population(input)),
  panel: os.comparisons.panel.handler(({ context: { lab }, input }) => lab.reads.comparisons.panel(input)),
  files: os.comparisons.files.handler(({ context: { lab }, input }) => lab.reads.comparisons.files(input)),
  members: os.comparisons.members.handler(({ context: { lab }, input }) => lab.reads.comparisons.members(input)),

  save: os.comparisons.save.handler(({ context: { lab }, input }) => {
    const saved = saveComparison(lab.store, input)
    lab.changes.publish({ kind: 'comparisons' })
    return saved
  }),

  forget: os.comparisons.forget.handler(({ context: { lab }, input: { slug } }) => {
    if (!removeComparison(lab.store, slug))
      throw notFound(`saved comparison "${slug}"`)
    lab.changes.publish({ kind: 'comparisons' })
    return { changed: 1 }
  }),
}
