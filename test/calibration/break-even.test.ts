import { breakEven } from '@shared/calibration/break-even'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const densities = [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

function curve(sparse: (density: number, i: number) => number, masked: (density: number, i: number) => number = () => 1) {
  return densities.map((density, i) => ({ density, sparse: sparse(density, i), masked: masked(density, i) }))
}

describe('the break-even of sparse and masked layers', () => {
  it('lies where the lines cross, between two measured densities', () => {
    expect(breakEven(curve(density => density / 0.55))).toBeCloseTo(0.55, 9)
  })

  it('is the last density where sparse layers always win, and none where they never do', () => {
    expect(breakEven(curve(density => density))).toBe(0.9)
    expect(breakEven(curve(density => 2 + density))).toBe(0)
  })

  it('is not moved by one round that something else disturbed', () => {
    const at = (disturbed: number): number => breakEven(curve((density, i) => density / 0.65 * (i === disturbed ? 3 : 1)))
    // Far from the crossing, a slow sparse round; anywhere, slow masked ones.
    expect(at(1)).toBeCloseTo(0.65, 9)
    expect(breakEven(curve(density => density / 0.65, (_, i) => i % 3 === 0 ? 4 : 1))).toBeCloseTo(0.65, 9)
    expect(Math.abs(at(3) - 0.65)).toBeLessThan(0.1)
  })

  it('stays near the truth under noise of a few percent', () => {
    fc.assert(fc.property(fc.double({ min: 0.3, max: 0.8, noNaN: true }), fc.array(fc.double({ min: 1, max: 1.06, noNaN: true }), { minLength: 20, maxLength: 20 }), (truth, noise) => {
      expect(Math.abs(breakEven(curve((density, i) => density / truth * noise[i]!, (_, i) => noise[10 + i]!)) - truth)).toBeLessThan(0.09)
    }))
  })
})
