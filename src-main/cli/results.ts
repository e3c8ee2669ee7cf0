import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { ComparedCell } from '@shared/statistics/cells'
import type { MeanSd } from '@shared/statistics/mean'
import type { Comparison } from '../comparison/compare'
import { datasets } from '@shared/datasets'
import { elevenEpochs } from '@shared/experiment/cadence'
import { trainExamples } from '@shared/plan/specification'
import { treatmentsOf } from '@shared/plan/treatments'
import { smallestP } from '@shared/statistics/cells'
import { integer, plural } from '@shared/words'
import { decimalsFor, percent, points, probability, right, terminalWidth, textTable, withSd, wrapped } from './format'

/** The comparison of an experiment as a table, and what its numbers can and cannot show. */
export function resultsText(experiment: Experiment, { cells, tuned }: Comparison): string {
  const flow = decimalsFor(cells.flatMap(({ egf2 }) => [egf2.dense.mean, egf2.sparse.mean]))
  // 80 columns have no room for all of them.
  const flowOf = ({ mean, sd, n }: MeanSd): string => withSd({ mean, sd: terminalWidth() < 100 ? Number.NaN : sd, n }, flow)
  const rows = cells.map(cell => [
    cell.treatment,
    cell.capacity === undefined ? 'all' : String(cell.capacity),
    withSd(cell.accuracy.dense, percent),
    withSd(cell.accuracy.sparse, percent),
    withSd(cell.accuracy.difference, points),
    flowOf(cell.egf2.dense),
    flowOf(cell.egf2.sparse),
    counted(cell),
  ])
  const head = ['treatment', right('W'), right('dense\nacc %'), right('sparse\nacc %'), right('sparse -\ndense'), right('dense\nEGF₂'), right('sparse\nEGF₂'), 'pairs =\ncapacities x seeds']
  const sentences = [
    ...tuned.map(({ treatment, capacity, dense, sparse }) => `Tuned by validation accuracy, ${treatment} W=${capacity}: dense ${dense}, sparse ${sparse}.`),
    ...meaning(experiment, cells),
    ...reach(cells),
  ]
  return [experiment.question || experiment.name, '', textTable(head, rows), '', ...sentences.map(wrapped)].join('\n')
}

/** "8 = 2 x 4", and what is missing or dead. */
function counted({ pairs, capacities, seeds, diverged, failed, unfinished, collapsed }: ComparedCell): string {
  const missing = Object.entries({ diverged, failed, unfinished }).filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`)
  const dead = Object.entries(collapsed).filter(([, count]) => count > 0).map(([side, count]) => `${count} ${side} collapsed`)
  const product = pairs > 0 && pairs === capacities * seeds ? ` = ${capacities} x ${seeds}` : ''
  return [`${pairs}${product}`, ...missing, ...dead].join(', ')
}

/** What the numbers are, and at which budget. */
function meaning(experiment: Experiment, cells: readonly ComparedCell[]): string[] {
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
function reach(cells: readonly ComparedCell[]): string[] {
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

/** What a plan leaves out, and what it is asked in vain. */
export function remarks({ excluded, withoutEffect }: Pick<Plan, 'excluded' | 'withoutEffect'>): string[] {
  return [
    ...excluded.map(({ treatment, reason }) => `Excluded: ${treatment}: ${reason}.`),
    ...withoutEffect.map(({ path, condition }) => `Without effect: ${path} (${condition}).`),
  ]
}

/** The same numbers for `--json`. */
export function resultsJson({ cells, tuned }: Comparison): object {
  const orNull = (value: number): number | null => Number.isNaN(value) ? null : value
  const summary = ({ n, mean, sd }: MeanSd): object => ({ n, mean: orNull(mean), sd: orNull(sd) })
  return {
    cells: cells.map(({ accuracy, egf1, egf2, ...cell }) => ({
      ...cell,
      ...Object.fromEntries(Object.entries({ accuracy, egf1, egf2 }).map(([name, { dense, sparse, difference }]) =>
        [name, { dense: summary(dense), sparse: summary(sparse), difference: summary(difference) }])),
    })),
    ...tuned.length && { tuned },
  }
}
