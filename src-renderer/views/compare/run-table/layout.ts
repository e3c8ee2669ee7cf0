import type { RunTable } from '@shared/comparison/run-table/arrange'
import type { RunColumn } from '@shared/comparison/run-table/columns'
import type { Value } from '@shared/experiment/parameter'
import { columnsInOrder } from '@shared/comparison/run-table/arrange'
import { formatOf, isNumeric, shownUnit, valuesInWords } from '@shared/comparison/run-table/format'

/** A column as it is drawn: widths do not follow what is in sight, so nothing moves while one scrolls. */
export interface DrawnColumn {
  readonly column: RunColumn
  /** Tells it from others, also when it takes another value of its measure. */
  readonly place: string
  readonly format: (value: Value | null) => string
  readonly unit: string
  readonly isNumeric: boolean
  /** In pixels. */
  readonly width: number
  /** Where it stays, how far from the left. A text: Vue sets it only where it is another one. */
  readonly style?: string
}

/** Of rows, and of the head of two lines with its line, in pixels. */
export const [ROW, HEAD] = [32, 45]

/** Of a character, in a head and below it, of what is around a text, of an icon and a button. */
const [HEAD_CHARACTER, CHARACTER, AROUND, ICON] = [6.6, 7, 16, 20]
const [NARROWEST, WIDEST] = [48, 240]

export function drawnColumns(table: Pick<RunTable, 'columns' | 'groups' | 'pinnedColumns' | 'collapsed'>, firstWidth: number): DrawnColumn[] {
  const isGrouped = table.groups.length > 0
  let left = firstWidth
  return columnsInOrder(table).map((column, i, all) => {
    const format = formatOf(column)
    const unit = shownUnit(column)
    const width = widthOf(column, unit, longest(column, format, isGrouped && !table.groups.includes(column.key), table.collapsed.length > 0))
    const stays = table.pinnedColumns.includes(column.key) || table.groups.includes(column.key)
    const place = `${column.field} ${all.slice(0, i).filter(({ field }) => field === column.field).length}`
    const drawn = { column, place, format, unit, isNumeric: isNumeric(column), width, ...stays && { style: `left: ${left}px` } }
    left += width
    return drawn
  })
}

/** The width of the runs' own column. */
export function widthOfNames(ids: readonly string[]): number {
  return Math.round(2 * ICON + AROUND + Math.min(WIDEST, CHARACTER * Math.max(3, ...ids.map(id => id.length))))
}

function widthOf({ title, field }: RunColumn, unit: string, texts: readonly string[]): number {
  const head = HEAD_CHARACTER * (title.length + unit.length + 1) + ICON
  const widest = CHARACTER * Math.max(...texts.map(text => text.length)) + (['state', 'side'].includes(field) ? ICON : 0)
  return Math.round(AROUND + Math.min(WIDEST, Math.max(NARROWEST, head, widest)))
}

/** The longest texts of a column, or some as long. */
function longest(column: RunColumn, format: DrawnColumn['format'], isSummed: boolean, hasCollapsed: boolean): string[] {
  const known = [...new Set(column.values)].filter(value => value !== null)
  if (column.field === 'state')
    return [...known.map(String), ...hasCollapsed ? ['done, collapsed'] : [], ...isSummed && known.length > 1 ? ['100 done, 10 diverged'] : []]
  const texts = (column.measure ? [Math.min(...known as number[]), Math.max(...known as number[])] : known).map(format)
  if (!isSummed)
    return texts
  return column.measure ? texts.map(text => `${text} ± ${text} (100)`) : [...texts, valuesInWords(known.slice(0, 3), format), valuesInWords(known, format)]
}
