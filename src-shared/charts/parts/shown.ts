import type { Line } from './marks'
import type { Scale } from './scale'
import { measures } from '../../measures'
import { decimal, measured, plain } from './numbers'
import { LINEAR_SPAN, scaleOf } from './scale'

/** A measure as charts say it: shares in percent. */
export interface Shown {
  readonly label: string
  /** Empty for a plain number. */
  readonly unit: string
  /** "Training loss, nats". */
  readonly axis: string
  /** As the database, and so every CSV file, has it. */
  readonly storedUnit: string
  /** The unit of its differences. */
  readonly differenceUnit: string
  /** The ratio beyond which an axis of it is logarithmic: always for flow, never for shares. */
  readonly logBeyond: number | undefined
  readonly isShare: boolean
  /** A value in the unit, in the digits of tables. */
  readonly said: (value: number) => string
  /** A stored value in the unit; NaN for what is not there or not finite. */
  readonly of: (value: number | null | undefined) => number
}

export function shown(measure: string): Shown {
  const { label, unit, scale } = measures.get(measure)
  const isShare = unit === 'share'
  const said = isShare ? '%' : unit
  return {
    label,
    unit: said,
    axis: said === '' ? label : `${label}, ${said}`,
    isShare,
    said: value => isShare && Number.isFinite(value) ? decimal(value, 1) : measured(value),
    storedUnit: unit,
    differenceUnit: isShare ? 'points' : unit,
    logBeyond: isShare ? undefined : scale === 'log' ? 0 : LINEAR_SPAN,
    of: value => typeof value === 'number' && Number.isFinite(value) ? isShare ? 100 * value : value : Number.NaN,
  }
}

/** "Training loss, nats", "Effective gradient flow EGF₂ (log)": what an axis shows, and how. */
export function axisName({ axis }: Pick<Shown, 'axis'>, { kind, threshold }: Pick<Scale, 'kind' | 'threshold'>): string {
  switch (kind) {
    case 'linear': return axis
    case 'log': return `${axis} (log)`
    case 'symlog': return `${axis} (log, linear below ${plain(threshold!)})`
  }
}

/** The scale of an axis that shows lines of a measure, of its own kind if none is given; without a label where there is nothing to show. */
export function scaleFor(measure: Shown, lines: readonly Line[], ticks?: number, kind?: Scale['kind']): Scale {
  const values = spanned(measure, lines)
  const scale = scaleOf(values, { logBeyond: measure.logBeyond, ...kind !== undefined && { choice: kind }, ...ticks !== undefined && { ticks } })
  return values.some(Number.isFinite) ? scale : { ...scale, ticks: [] }
}

/** The values that an axis must show. Untrained networks only guess: how many of their guesses are right would squeeze all that comes after. */
function spanned({ isShare }: Shown, lines: readonly Line[]): number[] {
  const of = (wanted: (epoch: number) => boolean): number[] => lines.flatMap(({ epochs, values }) => values.filter((value, i) => wanted(epochs[i]!) && Number.isFinite(value)))
  const trained = of(epoch => epoch > 0)
  const low = isShare && trained.length ? trained.reduce((least, value) => Math.min(least, value)) : -Infinity
  return [...trained, ...of(epoch => epoch === 0).filter(value => value >= low)]
}

/** Whether a line begins below its axis. */
export function beginsBelow({ epochs, values }: Line, { place, extent: [low] }: Scale): boolean {
  return values.some((value, i) => epochs[i] === 0 && place(value) < low)
}
