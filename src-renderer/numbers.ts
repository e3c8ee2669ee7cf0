import type { MeanSdRow, RunRow } from '@shared/contract/rows'
import { decimalsFor, duration, percent, points, significant, withSd } from '@shared/format'
import { plural } from '@shared/words'

const nan = (value: number | null): number => value ?? Number.NaN

/** "81.2"; the column's head says %. */
export function asPercent(share: number | null): string {
  return percent(nan(share))
}

/** "80.6 ± 1.6"; the column's head says %. */
export function percentSd({ n, mean, sd }: MeanSdRow): string {
  return withSd({ n, mean: nan(mean), sd: nan(sd) }, percent)
}

/** "-5.2 ± 1.5" in percentage points. */
export function pointsSd({ n, mean, sd }: MeanSdRow): string {
  return withSd({ n, mean: nan(mean), sd: nan(sd) }, points)
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

/** A p-value; "–" without one. */
export function pValue(p: number | null): string {
  if (p === null)
    return '–'
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}

/** "4 pairs = 1 capacity x 4 seeds" */
export function pairsInFull({ pairs, capacities, seeds }: { pairs: number, capacities: number, seeds: number }): string {
  return pairs > 0 && pairs === capacities * seeds
    ? `${plural(pairs, 'pair')} = ${plural(capacities, 'capacity', 'capacities')} x ${plural(seeds, 'seed')}`
    : plural(pairs, 'pair')
}

export function seconds(value: number | null): string {
  return value === null ? '' : duration(value)
}

/** The state of a run in a word or two, without its reason. */
export function stateWord({ state, epoch, epochs }: Pick<RunRow, 'state' | 'epoch' | 'epochs'>): string {
  switch (state.kind) {
    case 'running': return `epoch ${epoch} of ${epochs}`
    case 'waiting': return epoch > 0 ? `waiting after epoch ${epoch}` : 'waiting'
    case 'diverged': return `diverged at epoch ${state.epoch}`
    default: return state.kind
  }
}

export function dateTime(date: Date): string {
  return `${date.toLocaleDateString('sv')} ${date.toLocaleTimeString('sv', { timeStyle: 'short' })}`
}
