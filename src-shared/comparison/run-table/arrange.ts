import type { Value } from '../../experiment/parameter'
import type { RunState } from '../../runs/state'
import type { MeanSd } from '../../statistics/mean'
import type { RunColumn } from './columns'
import { z } from 'zod'
import { meanSd } from '../../statistics/mean'

/** How a table of runs is arranged: nothing of it is asked of the store. */
export const arrangement = z.object({
  /** Words that a row must have, each in any of its fields. */
  filter: z.string().max(200).default(''),
  /** By a column's key, `RUN` or `COUNT`; in the order of the pairs if absent. */
  sort: z.object({ column: z.string().max(250), descending: z.boolean() }).exactOptional(),
  /** Keys of columns that stay at the left. */
  pinnedColumns: z.array(z.string().max(250)).max(20).default([]),
  /** Ids of runs that stay on top, also where the words do not take them. */
  pinnedRuns: z.array(z.string().max(500)).max(100).default([]),
})
export type Arrangement = z.infer<typeof arrangement>

/** The column of the runs' names, and that of the number of runs of a group. */
export const [RUN, COUNT] = ['run', 'count']

/** Runs by column: the n-th of each list is of the n-th run. */
export interface RunTable extends Arrangement {
  readonly ids: readonly string[]
  /** Null where a run was trained elsewhere. */
  readonly numbers: readonly (number | null)[]
  readonly states: readonly RunState['kind'][]
  /** Places of those that ended finite but dead. */
  readonly collapsed: readonly number[]
  readonly columns: readonly RunColumn[]
  /** Fields by which runs are grouped; each has a column. */
  readonly groups: readonly string[]
}

/** Runs that agree in some fields. */
export interface RunGroup {
  /** Its values of these fields, as JSON. */
  readonly key: string
  /** In the order of the table's groups. */
  readonly at: readonly (Value | null)[]
  /** Places of its runs, as they are sorted. */
  readonly rows: readonly number[]
}

/** Places of runs in the order in which they are shown. */
export type ArrangedRuns
  /** Pinned ones first. */
  = | { readonly kind: 'runs', readonly rows: readonly number[], readonly pinned: number }
    | { readonly kind: 'groups', readonly groups: readonly RunGroup[] }

/** Pinned columns, those of the groups, then all others, each in the order in which they were chosen. */
export function columnsInOrder({ columns, groups, pinnedColumns }: Pick<RunTable, 'columns' | 'groups' | 'pinnedColumns'>): RunColumn[] {
  const rank = ({ key }: RunColumn): number => groups.includes(key) ? groups.indexOf(key) - groups.length : pinnedColumns.includes(key) ? 0 : 1
  return columns.toSorted((a, b) => rank(a) - rank(b))
}

export function arrange(table: RunTable): ArrangedRuns {
  const pinned = new Set(table.pinnedRuns)
  const isPinned = (row: number): boolean => pinned.has(table.ids[row]!)
  const sorted = sortedRows(table, takenRows(table))
  if (!table.groups.length) {
    const first = sortedRows(table, table.ids.map((_, row) => row).filter(isPinned))
    return { kind: 'runs', rows: [...first, ...sorted.filter(row => !isPinned(row))], pinned: first.length }
  }
  const rows = pinned.size ? [...sorted.filter(isPinned), ...sorted.filter(row => !isPinned(row))] : sorted
  return { kind: 'groups', groups: sortedGroups(table, groupsOf(table, rows)) }
}

/** Places of the runs that have each of the filter's words, in any case of letters, in their name or a field that is shown. */
export function takenRows({ ids, columns, filter }: Pick<RunTable, 'ids' | 'columns' | 'filter'>): number[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const fields = columns.filter(({ measure }) => !measure)
  if (!words.length)
    return ids.map((_, row) => row)
  // Fields have few values: each is read once.
  const having = words.map(word => fields.map(({ values }) => new Set([...new Set(values)].filter(value => value !== null && String(value).toLowerCase().includes(word)))))
  return ids.flatMap((id, row) => words.every((word, w) => id.toLowerCase().includes(word) || fields.some(({ values }, f) => having[w]![f]!.has(values[row]!))) ? [row] : [])
}

function sortedRows(table: RunTable, rows: readonly number[]): readonly number[] {
  const keys = sortKeys(table)
  return keys ? inOrder(rows, row => keys[row]!, table.sort!.descending) : rows
}

/** A number by run, NaN where it has no value; undefined where nothing is sorted, or a column that is not there. */
function sortKeys({ sort, columns, numbers }: RunTable): Float64Array | undefined {
  if (sort?.column === RUN)
    return Float64Array.from(numbers, (number, row) => number ?? Number.MAX_SAFE_INTEGER - numbers.length + row)
  const column = columns.find(({ key }) => key === sort?.column)
  return column && ranks(column.values)
}

/** Numbers as they are; where there are others, their places among all of them: numbers, then words as people count ("W9" before "W10"). */
function ranks(values: readonly (Value | null)[]): Float64Array {
  const known = new Set(values)
  known.delete(null)
  if ([...known].every(value => typeof value === 'number'))
    return Float64Array.from(values, value => value === null ? Number.NaN : value as number)
  const { compare } = new Intl.Collator('en', { numeric: true })
  const isNumber = (value: Value | null): boolean => typeof value === 'number'
  const sorted = [...known].sort((a, b) => isNumber(a) && isNumber(b) ? Number(a) - Number(b) : Number(isNumber(b)) - Number(isNumber(a)) || compare(String(a), String(b)))
  const rank = new Map(sorted.map((value, i) => [value, i]))
  return Float64Array.from(values, value => rank.get(value) ?? Number.NaN)
}

/** What has no key stands last in either direction; what has the same one stays in its order. */
function inOrder<T>(items: readonly T[], keyOf: (item: T) => number, descending: boolean): T[] {
  const sign = descending ? -1 : 1
  const isKnown = (item: T): boolean => !Number.isNaN(keyOf(item))
  return [...items.filter(isKnown).sort((a, b) => sign * (keyOf(a) - keyOf(b))), ...items.filter(item => !isKnown(item))]
}

function groupsOf({ columns, groups }: RunTable, rows: readonly number[]): RunGroup[] {
  const by = groups.map(name => columns.find(({ key }) => key === name)!.values)
  const found = Map.groupBy(rows, row => JSON.stringify(by.map(values => values[row]!)))
  return [...found].map(([key, rows]) => ({ key, at: JSON.parse(key) as (Value | null)[], rows }))
}

function sortedGroups(table: RunTable, found: readonly RunGroup[]): RunGroup[] {
  const { columns, groups, sort } = table
  // Usually by what they are grouped by, the first before the second: numbers in their order, all else as it comes.
  const usual = groups.toReversed().reduce<readonly RunGroup[]>((sorted, name) => {
    const { values } = columns.find(({ key }) => key === name)!
    const known = [...new Set(values)].filter(value => value !== null)
    const places = new Map((known.every(value => typeof value === 'number') ? known.sort((a, b) => a - b) : known).map((value, i) => [value as Value | null, i]))
    return inOrder(sorted, ({ rows }) => places.get(values[rows[0]!]!) ?? Number.NaN, false)
  }, found)
  const column = columns.find(({ key }) => key === sort?.column)
  if (sort?.column === COUNT)
    return inOrder(usual, ({ rows }) => rows.length, sort.descending)
  if (!column)
    return [...usual]
  const keys = ranks(column.values)
  return inOrder(usual, column.measure ? group => meanOf(table, group, column).mean : ({ rows }) => keys[rows[0]!]!, sort!.descending)
}

/** Mean and standard deviation of a measure over the runs of a group that are done and have it. */
export function meanOf({ states }: Pick<RunTable, 'states'>, { rows }: Pick<RunGroup, 'rows'>, { values }: RunColumn): MeanSd {
  return meanSd(rows.filter(row => states[row] === 'done').flatMap(row => values[row] as number | null ?? []))
}

/** The values of a field in a group, each once, in order; null where a run has none. */
export function valuesIn({ rows }: Pick<RunGroup, 'rows'>, { values }: RunColumn): (Value | null)[] {
  const found = [...new Set(rows.map(row => values[row]!))]
  const keys = ranks(found)
  return inOrder(found.map((_, i) => i), i => keys[i]!, false).map(i => found[i]!)
}
