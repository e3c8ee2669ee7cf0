import { measures } from '../../measures'
import { LINEAR_SPAN } from './scale'

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
  /** Where an axis of it becomes logarithmic; shares stay linear. */
  readonly logBeyond: number | undefined
  /** A stored value in the unit; NaN for what is not there or not finite. */
  readonly of: (value: number | null | undefined) => number
}

export function shown(measure: string): Shown {
  const { label, unit } = measures.get(measure)
  const isShare = unit === 'share'
  const said = isShare ? '%' : unit
  return {
    label,
    unit: said,
    axis: said === '' ? label : `${label}, ${said}`,
    storedUnit: unit,
    differenceUnit: isShare ? 'points' : unit,
    logBeyond: isShare ? undefined : LINEAR_SPAN,
    of: value => typeof value === 'number' && Number.isFinite(value) ? isShare ? 100 * value : value : Number.NaN,
  }
}
