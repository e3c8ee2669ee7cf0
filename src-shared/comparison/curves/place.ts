import type { ComparisonRun } from '../pair'
import type { PlacedCurve } from './aggregate'
import type { CurveReader, RunCurve } from './reader'

/** What curves are drawn over. */
export const axes = ['epoch', 'time', 'flops'] as const
export type Axis = typeof axes[number]

/** Which weights count in FLOPs. */
export const countedWeights = ['active', 'dense'] as const
export type CountedWeights = typeof countedWeights[number]

/** The curves of some runs with their places: each run's own training up to each epoch. */
export function placedCurves(reader: CurveReader, measure: string, runs: readonly ComparisonRun[], axis: Axis, weights: CountedWeights): ReadonlyMap<string, PlacedCurve> {
  const curves = reader.curves(measure, runs)
  if (axis === 'epoch')
    return curves
  const placeOf = axis === 'time' ? byTime(reader, runs) : byFlops(reader, runs, weights)
  return new Map([...curves].map(([id, curve]) => {
    const place = placeOf(id)
    return [id, { ...curve, xs: curve.epochs.map(place) }]
  }))
}

function byFlops(reader: CurveReader, runs: readonly ComparisonRun[], weights: CountedWeights): (id: string) => (epoch: number) => number {
  const flops = reader.flops(runs)
  return (id) => {
    const each = flops.get(id)?.[weights] ?? Number.NaN
    return epoch => each * epoch
  }
}

function byTime(reader: CurveReader, runs: readonly ComparisonRun[]): (id: string) => (epoch: number) => number {
  const times = reader.curves('time.training', runs)
  return (id) => {
    const totals = cumulated(times.get(id))
    return epoch => totals.get(epoch) ?? Number.NaN
  }
}

/** The sum up to each epoch, 0 before the first; none from where an epoch is missing. */
function cumulated(curve: RunCurve = { epochs: [], values: [] }): Map<number, number> {
  const first = curve.epochs.find(epoch => epoch > 0) ?? 1
  const totals = new Map([[first - 1, 0]])
  curve.epochs.forEach((epoch, i) => {
    const before = totals.get(epoch - 1)
    if (epoch >= first && before !== undefined)
      totals.set(epoch, before + curve.values[i]!)
  })
  return totals
}
