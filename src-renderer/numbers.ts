import type { MeanSdRow } from '@shared/contract/rows'
import { decimalsFor, duration, percent, points, significant, typeset, withSd } from '@shared/format'
import { integer, plural } from '@shared/words'

const nan = (value: number | null): number => value ?? Number.NaN

/** "81.2"; the column's head says %. */
export function asPercent(share: number | null): string {
  return percent(nan(share))
}

/** "80.6 ± 1.6"; the column's head says %. */
export function percentSd({ n, mean, sd }: MeanSdRow): string {
  return withSd({ n, mean: nan(mean), sd: nan(sd) }, percent)
}

/** "−5.2" in percentage points. */
export function asPoints(difference: number | null): string {
  return typeset(points(nan(difference)))
}

/** "−5.2 ± 1.5" in percentage points. */
export function pointsSd({ n, mean, sd }: MeanSdRow): string {
  return typeset(withSd({ n, mean: nan(mean), sd: nan(sd) }, points))
}

/** Means and deviations of one column with the same decimals. */
export function columnSd(column: readonly MeanSdRow[]): (row: MeanSdRow) => string {
  const format = decimalsFor(column.map(({ mean }) => nan(mean)))
  return ({ n, mean, sd }) => withSd({ n, mean: nan(mean), sd: nan(sd) }, format)
}

/** Numbers of one column with the same decimals. */
export function columnNumbers(column: readonly (number | null)[]): (value: number | null) => string {
  const format = decimalsFor(column.map(nan))
  return value => format(nan(value))
}

export function threeDigits(value: number | null): string {
  return significant(nan(value))
}

/** "4 = 1 × 4", capacities times seeds; "2 of 4 pairs" where some are missing. */
export function pairsCounted({ pairs, capacities, seeds, planned }: { pairs: number, capacities: number, seeds: number, planned: number }): string {
  if (pairs < planned)
    return `${integer(pairs)} of ${plural(planned, 'pair')}`
  return pairs === capacities * seeds ? `${integer(pairs)} = ${capacities} × ${seeds}` : integer(pairs)
}

export function seconds(value: number | null): string {
  return value === null ? '' : duration(value)
}

export function dateTime(date: Date): string {
  return `${date.toLocaleDateString('sv')} ${date.toLocaleTimeString('sv', { timeStyle: 'short' })}`
}

/** A difference in its unit: shares in points, everything else in three digits. */
export function inUnit(value: number | null, unit: string): string {
  if (value === null)
    return '–'
  return unit === 'share' ? asPoints(value) : typeset(`${value > 0 ? '+' : ''}${significant(value)}`)
}

/** "[−5.2, 1.3]" in its unit; an end is open where nothing bounds it. */
export function intervalInUnit({ low, high }: { readonly low: number | null, readonly high: number | null }, unit: string): string {
  if (low === null && high === null)
    return ''
  return `[${low === null ? '−∞' : inUnit(low, unit)}, ${high === null ? '∞' : inUnit(high, unit)}]`
}
