import type { Comparison, Panel } from '../panel'
import type { RunTable } from '../run-table/arrange'
import type { Choice, PairedRun } from '../run-table/columns'
import { z } from 'zod'
import { runsTable } from '../../tables/runs'
import { integer, plural } from '../../words'
import { arrangement, takenRows } from '../run-table/arrange'
import { choicesOf, chosenColumn, columnsOf, isMeasure, runsOf, usualColumns } from '../run-table/columns'
import { statesInWords } from '../run-table/format'

const options = z.object({
  /** In their order; what runs differ in, and the usual measures, if absent. */
  columns: z.array(chosenColumn).max(60).exactOptional(),
  /** Fields by which runs are grouped, each group a row; a run a row where there is none. */
  groups: z.array(z.string().max(200)).max(6).default([]),
  ...arrangement.shape,
})
type Options = z.infer<typeof options>

export interface Runs extends RunTable {
  /** What can be a column. */
  readonly choices: readonly Choice[]
  readonly pairs: number
}

function runs({ pairs }: Pick<Comparison, 'pairs'>, { columns, groups, ...arranged }: Options): Runs {
  const all = runsOf(pairs)
  const by = [...new Set(groups)].filter(field => !isMeasure(field))
  return {
    ...arranged,
    groups: by,
    ids: all.map(({ run }) => run.id),
    numbers: all.map(({ run }) => run.run ?? null),
    states: all.map(({ run }) => run.state),
    collapsed: all.flatMap(({ run }, row) => isDead(run) ? [row] : []),
    columns: columnsOf(all, [...columns ?? usualColumns(all), ...by.map(field => ({ field }))]),
    choices: choicesOf(all),
    pairs: pairs.length,
  }
}

function isDead(run: PairedRun['run']): boolean {
  return run.state === 'done' && run.isCollapsed()
}

function caption(table: Runs): string {
  const { ids, pairs, states, collapsed, columns, groups, filter } = table
  const measured = columns.flatMap(({ title, measure }) => measure ? [`${title}, ${measure.inWords}`] : [])
  const by = groups.map(group => columns.find(({ key }) => key === group)!.title)
  return [
    `${plural(ids.length, 'run')} of ${plural(pairs, 'pair')}: ${[statesInWords(states) || 'none', ...collapsed.length ? [`${integer(collapsed.length)} of the done ones collapsed`] : []].join(', ')}`,
    ...ids.length < 2 * pairs ? ['A run that several pairs share is shown once, with the first of them'] : [],
    ...filter.trim() ? [`${plural(takenRows(table).length, 'run')} with "${filter.trim()}" taken`] : [],
    ...measured.length ? [`Measures: ${measured.join('; ')}`] : [],
    ...by.length ? [`Grouped by ${by.join(', ')}: mean ± sd over the runs of a group that are done and were measured, n of them; the others are counted`] : [],
  ].map(sentence => `${sentence}.`).join(' ')
}

export default {
  id: 'runs',
  title: 'Runs',
  help: 'Every run, with what it was set to and what it measured; or groups of them, mean ± sd',
  options,
  arrangement: Object.keys(arrangement.shape) as (keyof typeof arrangement.shape)[],
  of: runs,
  caption,
  tables: table => [runsTable(table, caption(table))],
} satisfies Panel<Options, Runs>
