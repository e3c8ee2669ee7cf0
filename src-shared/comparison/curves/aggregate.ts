import type { RunCurve } from './reader'
import { meanSd } from '../../statistics/mean'
import { medianInterval, quantile } from '../../statistics/quantile'
import { studentQuantile } from '../../statistics/student-t'

export const centres = ['mean', 'median'] as const
export type Centre = typeof centres[number]

export const bands = ['none', 'spread', 'error', 'interval', 'range'] as const
/** What is drawn around a centre; see `bandInWords`. */
export type Band = typeof bands[number]

export const CONFIDENCE = 0.95

/** A curve whose epochs may have places of their own on the horizontal axis. */
export interface PlacedCurve extends RunCurve {
  /** NaN where that is not known: then the epoch does not count. */
  readonly xs?: readonly number[]
}

/** Runs of one group at each epoch at which any of them was measured; null where nothing counts. */
export interface GroupCurve {
  readonly epochs: readonly number[]
  /** The mean place of the runs that count; absent where epochs are the places. */
  readonly xs?: readonly (number | null)[]
  /** Runs that have a finite value. */
  readonly n: readonly number[]
  readonly centre: readonly (number | null)[]
  /** Absent without a band. */
  readonly low?: readonly (number | null)[]
  readonly high?: readonly (number | null)[]
}

/** The finite values of all curves at exactly each epoch: nothing is interpolated. */
export function atEpochs(curves: readonly PlacedCurve[]): { readonly epoch: number, readonly values: readonly number[], readonly xs: readonly number[] }[] {
  const found: { epoch: number, values: number[], xs: number[] }[] = []
  for (const { epochs, values, xs } of curves) {
    for (let i = 0; i < epochs.length; i++) {
      const [epoch, value, x] = [epochs[i]!, values[i]!, xs?.[i] ?? epochs[i]!]
      const at = found[epoch] ??= { epoch, values: [], xs: [] }
      if (Number.isFinite(value) && Number.isFinite(x)) {
        at.values.push(value)
        at.xs.push(x)
      }
    }
  }
  // Epochs at which nothing was measured have no place in it.
  return found.filter(at => at !== undefined)
}

export function aggregateCurves(curves: readonly PlacedCurve[], centre: Centre, band: Band): GroupCurve {
  const found = atEpochs(curves)
  const around = found.map(({ values }) => aggregate(values, centre, band))
  return {
    epochs: found.map(({ epoch }) => epoch),
    ...curves.some(({ xs }) => xs) && { xs: found.map(({ xs }) => finite(meanSd(xs).mean)) },
    n: found.map(({ values }) => values.length),
    centre: around.map(({ centre }) => finite(centre)),
    ...band !== 'none' && { low: around.map(({ low }) => finite(low)), high: around.map(({ high }) => finite(high)) },
  }
}

interface Around { readonly centre: number, readonly low: number, readonly high: number }

function aggregate(values: readonly number[], centre: Centre, band: Band): Around {
  return centre === 'mean' ? aroundMean(values, band) : aroundMedian(values.toSorted((a, b) => a - b), band)
}

function aroundMean(values: readonly number[], band: Band): Around {
  const { n, mean, sd } = meanSd(values)
  const within = (half: number): Around => ({ centre: mean, low: mean - half, high: mean + half })
  switch (band) {
    case 'none': return within(0)
    case 'spread': return within(sd)
    case 'error': return within(sd / Math.sqrt(n))
    case 'interval': return within(n < 2 ? Number.NaN : t(n - 1) * sd / Math.sqrt(n))
    case 'range': return { centre: mean, low: Math.min(...values), high: Math.max(...values) }
  }
}

function aroundMedian(sorted: readonly number[], band: Band): Around {
  const centre = quantile(sorted, 0.5)
  switch (band) {
    case 'none': return { centre, low: centre, high: centre }
    case 'spread': return { centre, low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) }
    // Of medians there is no standard error that needs no distribution.
    case 'error':
    case 'interval':
      return { centre, low: Number.NaN, high: Number.NaN, ...medianInterval(sorted, CONFIDENCE) }
    case 'range': return { centre, low: sorted[0] ?? Number.NaN, high: sorted.at(-1) ?? Number.NaN }
  }
}

const known = new Map<number, number>()

/** Of so many runs there are a few different numbers, at thousands of epochs. */
function t(ν: number): number {
  const value = known.get(ν) ?? studentQuantile(CONFIDENCE, ν)
  known.set(ν, value)
  return value
}

/** "± sd", "95 % interval of the mean (t)". */
export function bandInWords(centre: Centre, band: Exclude<Band, 'none'>): string {
  const isMean = centre === 'mean'
  switch (band) {
    case 'spread': return isMean ? '± sd' : 'quartiles'
    case 'error':
    case 'interval':
      return isMean && band === 'error' ? '± standard error' : isMean ? '95 % interval (t)' : '95 % interval (order statistics)'
    case 'range': return 'min to max'
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
