import type { MeanSd } from './mean'
import { meanSd } from './mean'
import { studentQuantile } from './student-t'

/** How far values, or their mean, may lie: what error bars and bands show. */
export const spreads = ['sd', 'standardError', 'interval', 'range'] as const
export type Spread = typeof spreads[number]

/** Of an interval of the mean. */
const CONFIDENCE = 0.95

/** Values by their mean, and the ends of their spread. */
export interface Spreading extends MeanSd {
  /** NaN if n is below 2, as `high`. */
  readonly low: number
  readonly high: number
}

/** Mean ± sd, mean ± sd/√n, the interval mean ± t sd/√n by Student's t with n - 1 degrees of freedom, or smallest to largest value. */
export function spreading(values: readonly number[], spread: Spread): Spreading {
  const found = meanSd(values)
  if (spread === 'range')
    return { ...found, ...found.n < 2 ? { low: Number.NaN, high: Number.NaN } : extremes(values) }
  const half = found.sd * halves[spread](found.n)
  return { ...found, low: found.mean - half, high: found.mean + half }
}

/** Half of it in units of the sd. */
const halves: Readonly<Record<Exclude<Spread, 'range'>, (n: number) => number>> = {
  sd: () => 1,
  standardError: n => 1 / Math.sqrt(n),
  interval: n => n < 2 ? Number.NaN : studentQuantile(CONFIDENCE, n - 1) / Math.sqrt(n),
}

function extremes(values: readonly number[]): { low: number, high: number } {
  const extreme = (of: (a: number, b: number) => number): number => values.reduce((found, value) => of(found, value))
  return { low: extreme(Math.min), high: extreme(Math.max) }
}

/** Of a mean: how a legend and a caption say it. */
export const spreadWords: Readonly<Record<Spread, { readonly short: string, readonly full: string }>> = {
  sd: { short: 'mean ± sd', full: 'mean ± sd' },
  standardError: { short: 'mean ± standard error', full: 'mean ± standard error (sd / √n)' },
  interval: { short: 'mean, 95 % interval', full: 'mean with its 95 % interval (mean ± t sd / √n, Student’s t with n − 1 degrees of freedom)' },
  range: { short: 'mean, smallest to largest', full: 'mean, and smallest to largest value' },
}
