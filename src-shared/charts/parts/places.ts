import type { Axis } from '../../comparison/curves/place'
import type { Scale } from './scale'
import type { Theme } from './theme'
import { plain } from './numbers'
import { counted, upTo } from './scale'
import { ticksFor } from './twin'

/** What curves are drawn over, in a unit of which there are few. */
export interface Places {
  /** "epoch", "training time, min", "training FLOPs, ×10¹²". */
  readonly name: string
  /** As a table has it. */
  readonly storedUnit: string
  /** Of stored numbers. */
  readonly unit: number
  /** The last one, in the unit. */
  readonly last: number
  /** Places of stored numbers; NaN where there is none. */
  readonly of: (xs: readonly (number | null)[]) => number[]
}

const MINUTE = 60
const HOUR = 3600
/** From so many on the larger unit is taken. */
const MANY = 2

/** @param last the largest stored number */
export function placesOf(axis: Axis, last: number): Places {
  switch (axis) {
    case 'epoch': return { name: 'epoch', storedUnit: 'epochs', ...inUnit(1, last) }
    case 'time': {
      const [unit, seconds] = last >= MANY * HOUR ? ['h', HOUR] : last >= MANY * MINUTE ? ['min', MINUTE] : ['s', 1]
      return { name: `training time, ${unit}`, storedUnit: 's', ...inUnit(seconds, last) }
    }
    case 'flops': {
      const thousand = 10 ** Math.max(0, 3 * Math.floor(Math.log10(Math.max(1, last)) / 3))
      return { name: thousand === 1 ? 'training FLOPs' : `training FLOPs, ×${plain(thousand)}`, storedUnit: 'FLOPs', ...inUnit(thousand, last) }
    }
  }
}

function inUnit(unit: number, last: number): Pick<Places, 'unit' | 'last' | 'of'> {
  return { unit, last: last / unit, of: xs => xs.map(x => x === null ? Number.NaN : x / unit) }
}

/** The scale of a panel so wide; finer where but a share of it is looked at. */
export function placeScale(axis: Axis, { last }: Places, width: number, theme: Theme, span = 1): Scale {
  const ticks = ticksFor(width, theme) / span
  return axis === 'epoch' ? counted(last, ticks) : upTo(last || 1, ticks)
}
