import type { Experiment } from '@shared/experiment/schema'
import type { ComparedCell } from '@shared/statistics/cells'
import type { Comparison } from './compare'
import { datasets } from '@shared/datasets'
import { elevenEpochs } from '@shared/experiment/cadence'
import { probability } from '@shared/format'
import { trainExamples } from '@shared/plan/specification'
import { treatmentsOf } from '@shared/plan/treatments'
import { smallestP } from '@shared/statistics/power'
import { integer, plural } from '@shared/words'

/** What the numbers of a comparison are, and what they can and cannot show: a sentence each. */
export function notesOn(experiment: Experiment, { cells }: Comparison): string[] {
  return [...meaningOf(experiment, { cells }), ...reach(cells)]
}

/** What the numbers are, and at which budget: a sentence each. */
export function meaningOf(experiment: Experiment, { cells }: Pick<Comparison, 'cells'>): string[] {
  const trained = new Set(cells.map(({ treatment }) => treatment))
  const treatments = treatmentsOf(experiment).filter(({ name }) => trained.has(name) || isTuned(experiment)).map(({ configuration: { dense } }) => dense)
  const distinct = (values: readonly number[], say: (value: number) => string): string => [...new Set(values)].sort((a, b) => a - b).map(say).join(' or ')
  const epochs = treatments.map(dense => dense['training.epochs'])
  const facts = treatments.map(dense => ({ trained: trainExamples(dense, datasets.get(dense['data.dataset']).facts(dense)), all: datasets.get(dense['data.dataset']).facts(dense).train }))
  const part = facts.every(({ trained, all }) => trained === all) ? '' : ` of ${distinct(facts.map(({ all }) => all), integer)}`
  const averaged = epochs.every(count => elevenEpochs(count).length === count) ? `epochs 1 to ${distinct(epochs, integer)}` : '11 epochs spread evenly over training'
  return [
    `Final accuracy on the whole test set, mean ± sd over pairs; EGF₂ is the mean over ${averaged}.`,
    `What this can show: networks after ${distinct(epochs, integer)} ${epochs.every(count => count === 1) ? 'epoch' : 'epochs'} on ${distinct(facts.map(({ trained }) => trained), integer)}${part} examples: at this budget, not after convergence.`,
  ]
}

/** Cells of tuned factors are named without them. */
function isTuned({ factors }: Experiment): boolean {
  return factors.some(({ role }) => role === 'tuned')
}

/** What so many pairs can show at all; pairs that do not differ say nothing in a signed-rank test. */
export function reach(cells: readonly ComparedCell[]): string[] {
  const pooled = cells.filter(({ capacity }) => capacity === undefined)
  const whole = pooled.length ? pooled : cells
  if (whole.every(({ pairs }) => pairs === 0))
    return [whole.some(({ unfinished }) => unfinished > 0) ? 'No pair is complete yet.' : 'No pair is complete: see the last column.']
  const all = reachable(whole)
  const single = pooled.length ? reachable(cells.filter(({ capacity }) => capacity !== undefined)) : undefined
  return [
    `A one-sided exact signed-rank test of a treatment ${reached(all)}${single ? `; at one capacity alone it ${reached(single)}` : ''}.`,
    ...single ? ['Pairs of one capacity differ only by their seed; the sd over all capacities holds the differences between capacities too.'] : [],
  ]
}

/** How small a p so many pairs can give, and whether that is small enough for anything. */
function reached({ best, pairs }: { best: number, pairs: string }): string {
  return best > 0.05
    ? `cannot reach p = 0.05 with ${pairs} (at best ${probability(best)})`
    : `can reach p = ${probability(best)} with ${pairs}`
}

function reachable(cells: readonly ComparedCell[]): { best: number, pairs: string } {
  const most = Math.max(...cells.map(({ untied }) => untied))
  const ties = cells.some(({ untied, pairs }) => untied < pairs) ? ' that differ' : ''
  return { best: smallestP(most), pairs: `${plural(most, 'pair')}${ties}` }
}
