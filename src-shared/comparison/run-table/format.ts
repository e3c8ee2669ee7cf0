import type { Value } from '../../experiment/parameter'
import type { RunState } from '../../runs/state'
import type { RunColumn } from './columns'
import { decimalsFor, percent } from '../../format'
import { runStates } from '../../runs/state'
import { integer } from '../../words'

/** More decimals than these are written as they are. */
const MOST_DECIMALS = 6
/** More values than these are counted. */
const LISTED = 3

/** The values of a column as people read them, with the same decimals; nothing where there is none. */
export function formatOf({ measure, unit, values }: RunColumn): (value: Value | null) => string {
  const numbers = [...new Set(values)].filter(value => typeof value === 'number')
  const format = measure ? unit === 'share' ? percent : decimalsFor(numbers) : sameDecimals(numbers)
  return value => value === null ? '–' : typeof value === 'number' ? format(value) : String(value)
}

/** The unit in which they are read. */
export function shownUnit({ measure, unit }: Pick<RunColumn, 'measure' | 'unit'>): string {
  return measure && unit === 'share' ? '%' : unit
}

/** Numbers stand at the right. */
export function isNumeric({ measure, values }: RunColumn): boolean {
  return measure !== undefined || values.some(value => typeof value === 'number')
}

/** "NR, BN", or how many there are. */
export function valuesInWords(values: readonly (Value | null)[], format: (value: Value | null) => string): string {
  return values.length > LISTED ? `${values.length} values` : values.map(format).join(', ')
}

/** "14 done, 1 diverged". */
export function statesInWords(states: readonly RunState['kind'][]): string {
  return runStates.map(state => [states.filter(one => one === state).length, state] as const).flatMap(([count, state]) => count ? [`${integer(count)} ${state}`] : []).join(', ')
}

function sameDecimals(numbers: readonly number[]): (value: number) => string {
  const decimals = Math.max(0, ...numbers.map(number => /\.(\d+)$/.exec(String(number))?.[1]!.length ?? 0))
  return decimals > MOST_DECIMALS || numbers.some(number => String(number).includes('e')) ? String : value => value.toFixed(decimals)
}
