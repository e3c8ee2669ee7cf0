import type { Value } from '../experiment/parameter'
import type { Side } from '../random/stream'
import type { ComparisonRun } from './pair'
import { parameters } from '../experiment/parameters'
import { settingOf } from './setting'

/** What a column is of. */
export interface SettingsColumn {
  readonly key: string
  readonly title: string
  /** Null where there are both. */
  readonly side: Side | null
  readonly runs: number
}

export interface SettingsRow {
  readonly path: string
  readonly title: string
  readonly unit: string
  readonly help: string
  /** By column the values of its runs, each once, null where it does not apply; none where its side has no such thing. */
  readonly cells: readonly (readonly (Value | null)[])[]
  readonly differs: boolean
}

/** Runs that stand in one column. */
export interface SettingsGroup extends Omit<SettingsColumn, 'runs'> { readonly runs: readonly ComparisonRun[] }

/** "sgd · NR, sparse". */
export function nameOf({ title, side }: SettingsColumn): string {
  return side === null ? title : `${title}, ${side}`
}

/** What the runs of each group have as a parameter. */
export function rowOf(path: string, groups: readonly SettingsGroup[]): SettingsRow {
  const parameter = parameters.get(path)
  const sides: readonly Side[] = parameter?.sides === 'sparse' ? ['sparse'] : ['dense', 'sparse']
  const { title = path, unit = '', help = 'Given by what was imported' } = parameter ?? {}
  return { path, title, unit, help, ...compared(groups.map(({ runs }) => distinct(runs.filter(({ side }) => sides.includes(side)).map(run => settingOf(run, path) ?? null)))) }
}

export function engineRow(groups: readonly SettingsGroup[]): SettingsRow {
  return { path: 'engine', title: 'Engine', unit: '', help: 'What trained the runs; no part of what they are set to', ...compared(groups.map(({ runs }) => distinct(runs.map(({ engine }) => engine)))) }
}

function compared(cells: SettingsRow['cells']): Pick<SettingsRow, 'cells' | 'differs'> {
  const some = cells.filter(({ length }) => length > 0)
  return { cells, differs: some.some(values => values.length > 1 || isOther(values, some[0]!)) }
}

/** Each once; numbers in their order, then all else as it comes. */
function distinct(values: readonly (Value | null)[]): (Value | null)[] {
  const once = [...new Set(values)]
  return [...once.filter(value => typeof value === 'number').sort((a, b) => a - b), ...once.filter(value => typeof value !== 'number')]
}

/** Whether a cell says something else than the baseline's; where either side has no such thing it does not. */
export function isOther(cell: readonly (Value | null)[], baseline: readonly (Value | null)[]): boolean {
  return cell.length > 0 && baseline.length > 0 && JSON.stringify(cell.map(String).sort()) !== JSON.stringify(baseline.map(String).sort())
}
