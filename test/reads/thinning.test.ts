import type { Point } from '../../src-main/store/measurements'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference, shownEpochs } from '../../src-main/reads/thinning'

const curve = (values: readonly number[], first = 0): Point[] => values.map((value, i) => ({ epoch: first + i, value }))
function shown(curves: readonly Point[][], points: number): number[] {
  const isShown = shownEpochs(curves, points)
  return [...new Set(curves.flatMap(points => points.map(({ epoch }) => epoch)))].filter(isShown).sort((a, b) => a - b)
}

describe('long curves', () => {
  it('are shown whole while they are short', () => {
    expect(shown([curve([1, 2, 3]), curve([3, 2], 1)], 3)).toEqual([0, 1, 2])
  })

  it('keep every curve\'s lowest and highest point of each range, and its ends', () => {
    const values = fc.array(fc.oneof({ weight: 9, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) }, fc.constant(Number.NaN)), { minLength: 200, maxLength: 400 })
    fc.assert(fc.property(fc.array(values, { minLength: 1, maxLength: 3 }), (all) => {
      const curves = all.map(one => curve(one))
      const epochs = new Set(shown(curves, 60))
      expect(epochs.size).toBeLessThanOrEqual(3 * all.length * (Math.max(10, Math.floor(30 / all.length)) + 1))
      const width = Math.ceil(Math.max(...all.map(({ length }) => length)) / Math.max(10, Math.floor(30 / all.length)))
      for (const values of all) {
        expect([epochs.has(0), epochs.has(values.length - 1)]).toEqual([true, true])
        for (let start = 0; start < values.length; start += width) {
          const range = values.slice(start, start + width).filter(Number.isFinite)
          const kept = range.length ? values.slice(start, start + width).filter((value, i) => epochs.has(start + i) && Number.isFinite(value)) : []
          expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...range), Math.max(...range)])
        }
      }
    }), { numRuns: 30 })
  })

  it('keep a gap, of a whole range or of one epoch', () => {
    for (const [from, to] of [[100, 200], [107, 108]] as const) {
      const values = Array.from({ length: 300 }, (_, epoch) => epoch >= from && epoch < to ? Number.NaN : epoch)
      expect(shown([curve(values)], 60).some(epoch => Number.isNaN(values[epoch]))).toBe(true)
    }
  })

  it('differ where both have a value', () => {
    expect(difference(curve([5, 7, Number.NaN], 1), curve([1, 2, 3]))).toEqual([{ epoch: 1, value: 3 }, { epoch: 2, value: 4 }])
  })
})
