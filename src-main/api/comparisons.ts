import { os } from './base'

export const comparisons = {
  population: os.comparisons.population.handler(({ context: { lab }, input }) => lab.reads.comparisons.population(input)),
  panel: os.comparisons.panel.handler(({ context: { lab }, input }) => lab.reads.comparisons.panel(input)),
  files: os.comparisons.files.handler(({ context: { lab }, input }) => lab.reads.comparisons.files(input)),
  members: os.comparisons.members.handler(({ context: { lab }, input }) => lab.reads.comparisons.members(input)),
}
