import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { ComparedCell } from '@shared/statistics/cells'
import type { MeanSd } from '@shared/statistics/mean'
import type { Comparison } from '../comparison/compare'
import { decimalsFor, percent, points, probability, withSd } from '@shared/format'
import { incomplete } from '@shared/statistics/cells'
import { answerOf } from '../comparison/answer'
import { notesOn } from '../comparison/notes'
import { right, terminalWidth, textTable, wrapped } from './format'

/** The comparison of an experiment as a table, and what its numbers can and cannot show. */
export function resultsText(experiment: Experiment, comparison: Comparison): string {
  const { cells, tuned } = comparison
  const answer = answerOf(experiment, comparison)
  const sentences = [
    ...answer === undefined ? [] : [answer],
    ...tuned.map(({ treatment, capacity, dense, sparse }) => `Tuned by validation accuracy, ${treatment} W=${capacity}: dense ${dense}, sparse ${sparse}.`),
    ...notesOn(experiment, comparison),
  ]
  return [experiment.question || experiment.name, '', cellsTable(cells), '', ...sentences.map(wrapped)].join('\n')
}

/**
 * Compared cells as a table.
 * @param cells as they are listed
 * @param shown whether with p-values, and with gradient flow
 * @param shown.p one-sided, of accuracy
 */
export function cellsTable(cells: readonly ComparedCell[], { p = false, flow = true }: { readonly p?: boolean, readonly flow?: boolean } = {}): string {
  const decimals = decimalsFor(cells.flatMap(({ egf2 }) => [egf2.dense.mean, egf2.sparse.mean]))
  // 80 columns have no room for all of them.
  const flowOf = ({ mean, sd, n }: MeanSd): string => withSd({ mean, sd: terminalWidth() < 100 ? Number.NaN : sd, n }, decimals)
  const pOf = (value: number | undefined): string => value === undefined ? '–' : probability(value)
  const rows = cells.map(cell => [
    cell.treatment,
    cell.capacity === undefined ? 'all' : String(cell.capacity),
    withSd(cell.accuracy.dense, percent),
    withSd(cell.accuracy.sparse, percent),
    withSd(cell.accuracy.difference, points),
    ...flow ? [flowOf(cell.egf2.dense), flowOf(cell.egf2.sparse)] : [],
    ...p ? [pOf(cell.p.sparseBetter), pOf(cell.p.denseBetter)] : [],
    counted(cell),
  ])
  return textTable([
    'treatment',
    right('W'),
    right('dense\nacc %'),
    right('sparse\nacc %'),
    right('sparse -\ndense'),
    ...flow ? [right('dense\nEGF₂'), right('sparse\nEGF₂')] : [],
    ...p ? [right('p sparse\nbetter'), right('p dense\nbetter')] : [],
    'pairs =\ncapacities x seeds',
  ], rows)
}

/** "8 = 2 x 4", and what is missing or dead. */
function counted({ pairs, capacities, seeds, collapsed, ...cell }: ComparedCell): string {
  const missing = incomplete.filter(kind => cell[kind] > 0).map(kind => `${cell[kind]} ${kind}`)
  const dead = Object.entries(collapsed).filter(([, count]) => count > 0).map(([side, count]) => `${count} ${side} collapsed`)
  const product = pairs > 0 && pairs === capacities * seeds ? ` = ${capacities} x ${seeds}` : ''
  return [`${pairs}${product}`, ...missing, ...dead].join(', ')
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
