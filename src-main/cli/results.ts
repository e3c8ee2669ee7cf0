import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { ComparedCell } from '@shared/statistics/cells'
import type { MeanSd } from '@shared/statistics/mean'
import { pairsInWords, smallestP } from '@shared/statistics/cells'
import { decimalsFor, integer, percent, plural, points, right, significant, textTable, withSd } from './format'

/** The comparison of an experiment as a table, and what its numbers can and cannot show. */
export function resultsText(experiment: Experiment, plan: Plan, cells: readonly ComparedCell[]): string {
  const flow = decimalsFor(cells.flatMap(({ egf2 }) => [egf2.dense.mean, egf2.sparse.mean]))
  const rows = cells.map(cell => [
    cell.treatment,
    cell.capacity === undefined
      ? 'all'
      : `W=${cell.capacity}`,
    withSd(cell.accuracy.dense, percent),
    withSd(cell.accuracy.sparse, percent),
    withSd(cell.accuracy.difference, points),
    withSd(cell.egf2.dense, flow),
    withSd(cell.egf2.sparse, flow),
    pairsInWords(cell) + missing(cell),
  ])
  const head = [
    'treatment',
    'capacity',
    right('dense acc %'),
    right('sparse acc %'),
    right('sparse - dense'),
    right('dense EGF₂'),
    right('sparse EGF₂'),
    'n',
  ]
  return [
    experiment.question || experiment.name,
    '',
    textTable(head, rows),
    '',
    ...caveats(experiment, plan, cells),
  ].join('\n')
}

function missing({ diverged, failed, unfinished }: ComparedCell): string {
  const parts = [
    ...diverged
      ? [`${diverged} diverged`]
      : [],
    ...failed
      ? [`${failed} failed`]
      : [],
    ...unfinished
      ? [`${unfinished} unfinished`]
      : [],
  ]
  return parts.length
    ? ` (${parts.join(', ')})`
    : ''
}

function caveats(experiment: Experiment, plan: Plan, cells: readonly ComparedCell[]): string[] {
  const { settings, trainExamples, data } = plan.runs[0]!.specification
  const epochs = settings['training.epochs']
  const all = cells.filter(({ capacity }) => capacity === undefined)
  const pairs = [
    ...new Set([
      ...all.length ? all : cells,
    ].map(cell => cell.pairs)),
  ].filter(n => n > 0)
  const perCapacity = all.length
    ? [
        ...new Set(cells.filter(({ capacity }) => capacity !== undefined).map(cell => cell.pairs)),
      ].filter(n => n > 0)
    : []
  return [
    `Final accuracy on the whole test set, mean ± sd over pairs; EGF₂ is the mean over ${epochs <= 11 ? `the ${plural(epochs, 'epoch')}` : '11 epochs spread evenly over training'}.`,
    `What this can show: networks after ${plural(epochs, 'epoch')} on ${integer(trainExamples)}${trainExamples === data.train
      ? ''
      : ` of ${integer(data.train)}`} examples: at this budget, not after convergence.`,
    ...pairs.length
      ? [`With ${pairs.map(n => plural(n, 'pair')).join(' or ')} a one-sided exact signed-rank test can reach p = ${pairs.map(n => significant(smallestP(n))).join(' or ')}${perCapacity.length
          ? `; one capacity alone, with ${perCapacity.map(n => plural(n, 'pair')).join(' or ')}, p = ${perCapacity.map(n => significant(smallestP(n))).join(' or ')}${perCapacity.every(n => smallestP(n) > 0.05)
            ? ', so never p ≤ 0.05'
            : ''}`
          : ''}.`]
      : ['No pair is complete yet.'],
    'Pairs that share a capacity differ only by their seed; the sd over all capacities holds the differences between capacities too.',
  ]
}

/** The same numbers for `--json`. */
export function resultsJson(cells: readonly ComparedCell[]): object[] {
  const finite = ({ n, mean, sd }: MeanSd): object => ({
    n,
    mean: Number.isNaN(mean)
      ? null
      : mean,
    sd: Number.isNaN(sd)
      ? null
      : sd,
  })
  return cells.map(({ accuracy, egf1, egf2, ...cell }) => ({
    ...cell,
    ...Object.fromEntries(Object.entries({ accuracy, egf1, egf2 }).map(([name, { dense, sparse, difference }]) =>
      [
        name,
        {
          dense: finite(dense),
          sparse: finite(sparse),
          difference: finite(difference),
        },
      ])),
  }))
}
