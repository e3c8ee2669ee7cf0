import type { SeriesOption } from 'echarts'
import type { Line, LineLook } from './marks'
import type { Entry } from './pieces'
import type { Scale } from './scale'
import type { Theme } from './theme'
import { band, curve } from './marks'

/** Where fewer runs have a value than elsewhere on the curve. */
const FAINT = 0.4
/** Where the legend points at another one. */
export const BEHIND = 0.15
const BAND = 0.16
/** What was smoothed, behind the smooth line. */
const RAW = 0.3

export const PARTIAL_NOTE: Entry = { kind: 'note', text: 'faint where fewer runs have a value' }

/** Means or medians of several runs, over their places on the horizontal axis. */
export interface GroupValues extends Line {
  /** Runs that have a value. */
  readonly n: readonly number[]
  readonly band?: { readonly id: string, readonly low: readonly number[], readonly high: readonly number[] }
  /** Drawn in the place of the values, which stay visible behind it. */
  readonly smooth?: readonly number[] | undefined
}

/** The line of a group of runs: whole, faint where fewer of them have a value, with its band. */
export function groupLine({ epochs, values, n, band: around, smooth }: GroupValues, y: Scale, { shade, ...look }: LineLook & { readonly shade: number }, theme: Theme): SeriesOption[] {
  const most = Math.max(...n)
  const partial = (i: number): boolean => n[i] !== undefined && n[i] > 0 && n[i] < most
  const line = smooth ?? values
  // It reaches to the whole points beside it.
  const faint = isPartial(n) ? { epochs, values: line.map((value, i) => partial(i - 1) || partial(i) || partial(i + 1) ? value : Number.NaN) } : { epochs: [], values: [] }
  return [
    ...around ? [band(epochs, around.low, around.high, y, { id: around.id, panel: look.panel, colour: look.colour, opacity: BAND * shade })] : [],
    ...smooth ? [curve({ epochs, values }, y, { ...look, id: `${look.id}/raw`, opacity: RAW * shade, width: theme.hairline, untold: true }, theme)] : [],
    // Always there, mostly empty: a series must not go while the pointer is on it.
    curve(faint, y, { ...look, id: `${look.id}/partial`, opacity: FAINT * shade, untold: true }, theme),
    curve({ epochs, values: line.map((value, i) => partial(i) ? Number.NaN : value) }, y, { ...look, opacity: shade }, theme),
  ]
}

export function isPartial(n: readonly number[]): boolean {
  const most = Math.max(...n)
  return n.some(count => count > 0 && count < most)
}
