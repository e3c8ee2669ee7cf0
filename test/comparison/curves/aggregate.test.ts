import type { PlacedCurve } from '@shared/comparison/curves/aggregate'
import { aggregateCurves } from '@shared/comparison/curves/aggregate'
import { smoothed } from '@shared/comparison/curves/smooth'
import { meanSd } from '@shared/statistics/mean'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '../../seed'

const one: PlacedCurve = { epochs: [0, 1, 2, 4], values: [1, 2, Number.NaN, 8] }
const two: PlacedCurve = { epochs: [0, 1, 3], values: [3, 6, 5] }
const runs = fc.array(fc.array(fc.record({ at: fc.boolean(), value: fc.oneof(fc.double({ min: -100, max: 100, noNaN: true }), fc.constant(Number.NaN)) }), { maxLength: 8 }), { minLength: 1, maxLength: 8 })
  .map(curves => curves.map((points): PlacedCurve => {
    const there = points.map(({ at, value }, epoch) => ({ at, value, epoch })).filter(({ at }) => at)
    return { epochs: there.map(({ epoch }) => epoch), values: there.map(({ value }) => value) }
  }))

describe('the curve of a group', () => {
  it('is over the runs with a finite value at exactly each epoch, a gap where there is none', () => {
    expect(aggregateCurves([one, two], 'mean', 'range')).toEqual({
      epochs: [0, 1, 2, 3, 4],
      n: [2, 2, 0, 1, 1],
      centre: [2, 4, null, 5, 8],
      low: [1, 2, null, 5, 8],
      high: [3, 6, null, 5, 8],
    })
  })

  it('is what all values of an epoch give, one by one', () => {
    fc.assert(fc.property(runs, (curves) => {
      const found = aggregateCurves(curves, 'mean', 'spread')
      expect(found.epochs).toEqual([...new Set(curves.flatMap(({ epochs }) => epochs))].sort((a, b) => a - b))
      for (const [i, epoch] of found.epochs.entries()) {
        const values = curves.flatMap(({ epochs, values }) => epochs.includes(epoch) ? [values[epochs.indexOf(epoch)]!] : []).filter(Number.isFinite)
        const { n, mean, sd } = meanSd(values)
        expect(found.n[i]).toBe(n)
        expect(found.centre[i]).toEqual(n ? mean : null)
        expect([found.low![i], found.high![i]]).toEqual(n > 1 ? [mean - sd, mean + sd] : [null, null])
      }
    }), cases(100))
  })

  it('has the band that is asked for: of a mean sd, standard error or t interval, of a median quartiles or order statistics', () => {
    const values = [0.3, 1.2, -0.4, 2.2, 0.9]
    const curves = values.map(value => ({ epochs: [5], values: [value] }))
    const of = (centre: 'mean' | 'median', band: 'spread' | 'error' | 'interval' | 'range', more: typeof curves = []) => {
      const { low, high } = aggregateCurves([...curves, ...more], centre, band)
      return [low![0], high![0]]
    }
    const close = (...ends: number[]) => ends.map(end => expect.closeTo(end, 12))
    const { mean, sd } = meanSd(values)
    expect(of('mean', 'spread')).toEqual(close(mean - sd, mean + sd))
    expect(of('mean', 'error')).toEqual(close(mean - sd / Math.sqrt(5), mean + sd / Math.sqrt(5)))
    // scipy.stats.t.interval
    expect(of('mean', 'interval')).toEqual(close(-0.3721337379459808, 2.052133737945981))
    expect(of('mean', 'range')).toEqual([-0.4, 2.2])
    expect(of('median', 'spread')).toEqual(close(0.3, 1.2))
    expect(of('median', 'range')).toEqual([-0.4, 2.2])
    expect(of('median', 'interval')).toEqual([null, null])
    expect(of('median', 'interval', [{ epochs: [5], values: [7] }])).toEqual([-0.4, 7])
    expect(aggregateCurves(curves, 'median', 'none')).toEqual({ epochs: [5], n: [5], centre: [0.9] })
  })

  it('stands at the mean place of the runs that count, and counts none whose place is not known', () => {
    const placed = [{ ...one, xs: [0, 10, 20, 40] }, { ...two, xs: [0, 30, Number.NaN] }]
    expect(aggregateCurves(placed, 'mean', 'none')).toEqual({ epochs: [0, 1, 2, 3, 4], xs: [0, 20, null, null, 40], n: [2, 2, 0, 0, 1], centre: [2, 4, null, null, 8] })
  })
})

describe('smoothing', () => {
  it('is the moving average that the recursion gives by hand, corrected for its start', () => {
    // m = 2, 3, 6.5, 3.25, divided by 1 - 2⁻ᵗ.
    const found = smoothed([4, 4, null, 10, 0], 0.5)
    expect(found).toEqual([4, 4, null, expect.closeTo(6.5 / 0.875, 14), expect.closeTo(3.25 / 0.9375, 14)])
  })

  it('is the weighted mean of all that came before, weights falling by β', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 60 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, β) => {
      const found = smoothed(values, β)
      for (const t of values.keys()) {
        const weights = values.slice(0, t + 1).map((_, i) => β ** (t - i))
        const expected = values.slice(0, t + 1).reduce((sum, value, i) => sum + weights[i]! * value, 0) / weights.reduce((sum, weight) => sum + weight, 0)
        expect(found[t]).toBeCloseTo(expected, 8)
      }
    }), cases(50))
  })
})
