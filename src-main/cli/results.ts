import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { ComparedCell } from '@shared/statistics/cells'
import type { MeanSd } from '@shared/statistics/mean'
import type { Comparison } from '../comparison/compare'
import { elevenEpochs } from '@shared/experiment/cadence'
import { pairsInWords, smallestP } from '@shared/statistics/cells'
import { integer, plural } from '@shared/words'
import { decimalsFor, percent, points, right, significant, textTable, withSd } from './format'

/** The comparison of an experiment as a table, and what its numbers can and cannot show. */
export function resultsText(experiment: Experiment, plan: Plan, { cells, tuned }: Comparison): string {
  const flow = decimalsFor(cells.flatMap(({ egf2 }) => [egf2.dense.mean, egf2.sparse.mean]))
  const rows = cells.map(cell => [
    cell.treatment,
    cell.capacity === undefined ? 'all' : `W=${cell.capacity}`,
    withSd(cell.accuracy.dense, percent),
    withSd(cell.accuracy.sparse, percent),
    withSd(cell.accuracy.difference, points),
    withSd(cell.egf2.dense, flow),
    withSd(cell.egf2.sparse, flow),
    pairsInWords(cell) + missing(cell),
  ])
  const head = ['treatment', 'capacity', right('dense acc %'), right('sparse acc %'), right('sparse - dense'), right('dense EGF₂'), right('sparse EGF₂'), 'n']
  return [
    experiment.question || experiment.name,
    '',
    textTable(head, rows),
    '',
    ...tuned.map(({ treatment, capacity, dense, sparse }) => `Tuned by validation, ${treatment} W=${capacity}: dense ${dense}, sparse ${sparse}.`),
    ...meaning(plan),
    ...reach(cells),
  ].join('\n')
}

function missing({ diverged, failed, unfinished }: ComparedCell): string {
  const parts = Object.entries({ diverged, failed, unfinished }).filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`)
  return parts.length ? ` (${parts.join(', ')})` : ''
}

/** What the numbers are, and at which budget. */
function meaning(plan: Plan): string[] {
  const { settings, trainExamples, data } = plan.runs[0]!.specification
  const epochs = settings['training.epochs']
  const averaged = elevenEpochs(epochs).length === epochs ? plural(epochs, 'epoch') : '11 epochs spread evenly over training'
  const part = trainExamples === data.train ? '' : ` of ${integer(data.train)}`
  return [
    `Final accuracy on the whole test set, mean ± sd over pairs; EGF₂ is the mean over ${averaged}.`,
    `What this can show: networks after ${plural(epochs, 'epoch')} on ${integer(trainExamples)}${part} examples: at this budget, not after convergence.`,
  ]
}

/** What so many pairs can show at all. */
function reach(cells: readonly ComparedCell[]): string[] {
  const sizes = (some: readonly ComparedCell[]): number[] => [...new Set(some.map(({ pairs }) => pairs))].filter(n => n > 0)
  const pooled = cells.filter(({ capacity }) => capacity === undefined)
  const all = sizes(pooled.length ? pooled : cells)
  if (all.length === 0)
    return ['No pair is complete yet.']
  const withPairs = (some: readonly number[]): string => some.map(n => plural(n, 'pair')).join(' or ')
  const smallest = (some: readonly number[]): string => some.map(n => significant(smallestP(n))).join(' or ')
  const sentence = `With ${withPairs(all)} a one-sided exact signed-rank test can reach p = ${smallest(all)}`
  const single = sizes(cells.filter(({ capacity }) => capacity !== undefined))
  if (pooled.length === 0 || single.length === 0)
    return [`${sentence}.`]
  const never = single.every(n => smallestP(n) > 0.05) ? ', so never p ≤ 0.05' : ''
  return [
    `${sentence}; one capacity alone, with ${withPairs(single)}, p = ${smallest(single)}${never}.`,
    'Pairs of one capacity differ only by their seed; the sd over all capacities holds the differences between capacities too.',
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
