import type { RunGroup, RunTable } from '../comparison/run-table/arrange'
import type { RunColumn } from '../comparison/run-table/columns'
import type { Value } from '../experiment/parameter'
import type { TableCell, TableColumn, TableContent } from './content'
import { arrange, columnsInOrder, meanOf, valuesIn } from '../comparison/run-table/arrange'
import { formatOf, isNumeric, shownUnit, statesInWords, valuesInWords } from '../comparison/run-table/format'
import { withSd } from '../format'

/**
 * Runs, or groups of them, as the screen arranges them: the whole table, in its order.
 * @param caption what is shown, and of what
 */
export function runsTable(table: RunTable, caption: string): TableContent {
  const arranged = arrange(table)
  const columns = columnsInOrder(table)
  return arranged.kind === 'runs'
    ? { id: 'runs', caption, columns: [RUN, ...columns.map(headOf)], rows: runRows(table, columns, arranged.rows) }
    : { id: 'runs', caption, columns: groupColumns(table, columns), rows: groupRows(table, columns, arranged.groups) }
}

const RUN: TableColumn = { name: 'run', unit: '', help: 'The name of the run', align: 'left' }
const COUNT: TableColumn = { name: 'runs', unit: '', help: 'All runs of the group', align: 'right' }

function headOf(column: RunColumn): TableColumn {
  const { title, unit, help, measure } = column
  return { name: measure ? `${title}, ${measure.inWords}` : title, unit, shownUnit: shownUnit(column), help, align: isNumeric(column) ? 'right' : 'left' }
}

function runRows({ ids }: RunTable, columns: readonly RunColumn[], rows: readonly number[]): TableCell[][] {
  const formats = columns.map(formatOf)
  return rows.map(row => [ids[row]!, ...columns.map(({ values }, i) => shown(values[row]!, formats[i]!))])
}

function shown(value: Value | null, format: (value: Value | null) => string): TableCell {
  return value === null ? null : { value: plain(value), text: format(value) }
}

function plain(value: Value | null): number | string | null {
  return typeof value === 'boolean' ? String(value) : value
}

/** What they are grouped by, then how many runs, then mean and sd, each followed by its n. */
function groupColumns(table: RunTable, columns: readonly RunColumn[]): TableColumn[] {
  return ordered(table, columns).flatMap((column): TableColumn[] => {
    if (column === 'count')
      return [COUNT]
    const head = headOf(column)
    return column.measure
      ? [{ ...head, help: `Mean of: ${head.help}`, spread: 'sd' }, { name: `${head.name}, n`, unit: '', help: 'Runs that are done and were measured', align: 'right' }]
      : [head]
  })
}

function groupRows(table: RunTable, columns: readonly RunColumn[], groups: readonly RunGroup[]): TableCell[][] {
  const formats = new Map(columns.map(column => [column, formatOf(column)]))
  return groups.map(group => ordered(table, columns).flatMap((column): TableCell[] => {
    if (column === 'count')
      return [group.rows.length]
    const format = formats.get(column)!
    if (column.measure) {
      const { n, mean, sd } = meanOf(table, group, column)
      return [{ value: n ? mean : null, spread: n < 2 ? null : sd, text: withSd({ n, mean, sd }, format) }, n]
    }
    if (column.field === 'state')
      return [statesInWords(group.rows.map(row => table.states[row]!))]
    const values = valuesIn(group, column)
    return [{ value: values.length === 1 ? plain(values[0]!) : values.map(format).join(', '), text: valuesInWords(values, format) }]
  }))
}

/** The number of runs stands after what they are grouped by. */
function ordered({ groups }: RunTable, columns: readonly RunColumn[]): (RunColumn | 'count')[] {
  return [...columns.slice(0, groups.length), 'count', ...columns.slice(groups.length)]
}
