import { decimal, measured, plain, power, withSd } from '@shared/charts/parts/numbers'
import { counted, linear, LINEAR_SPAN, scaleOf } from '@shared/charts/parts/scale'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const labels = ({ ticks }: { ticks: readonly { label: string }[] }): string[] => ticks.map(({ label }) => label)

describe('a scale', () => {
  const values = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-30, max: 1e12, noNaN: true })), { minLength: 1, maxLength: 20 })

  it('has a place within its extent for every value, in their order, and gives the value back', () => {
    fc.assert(fc.property(values, fc.integer({ min: 2, max: 6 }), (values, ticks) => {
      const scale = scaleOf(values, { logBeyond: LINEAR_SPAN, ticks })
      const sorted = [...new Set(values)].sort((a, b) => a - b)
      const places = sorted.map(scale.place)
      const [low, high] = scale.extent
      const slack = 1e-9 * (high - low)
      expect(low).toBeLessThan(high)
      for (const [i, place] of places.entries()) {
        expect(place).toBeGreaterThanOrEqual(low - slack)
        expect(place).toBeLessThanOrEqual(high + slack)
        if (i > 0)
          expect(place).toBeGreaterThanOrEqual(places[i - 1]!)
        expect(Math.abs(scale.value(place) - sorted[i]!)).toBeLessThanOrEqual(1e-9 * Math.max(sorted[i]!, high - low))
      }
    }))
  })

  it('has few ticks, each at its label\'s value', () => {
    fc.assert(fc.property(values, fc.integer({ min: 2, max: 6 }), (values, ticks) => {
      const scale = scaleOf(values, { logBeyond: LINEAR_SPAN, ticks })
      expect(scale.ticks.length).toBeGreaterThanOrEqual(1)
      expect(scale.ticks.length).toBeLessThanOrEqual(2 * ticks + 2)
      expect(new Set(labels(scale)).size).toBe(scale.ticks.length)
      for (const { at } of scale.ticks) {
        expect(at).toBeGreaterThanOrEqual(scale.extent[0])
        expect(at).toBeLessThanOrEqual(scale.extent[1])
      }
    }))
  })

  it('treats values that differ by arithmetic\'s noise alone as one', () => {
    for (const scale of [linear(0.3, 0.1 + 0.2), linear(1e-30, 1.0000000000000003e-30, 2)]) {
      expect(scale.ticks.length).toBeGreaterThan(2)
      expect(new Set(labels(scale)).size).toBe(scale.ticks.length)
    }
  })

  it('is logarithmic only where values span more than 30 times, and where it may', () => {
    for (const [choice, values, kind] of [['linear', [1, 1e6], 'linear'], ['log', [1, 2], 'log'], ['log', [0, 2], 'symlog'], ['symlog', [1, 2], 'symlog'], ['log', [-1, 2], 'linear'], ['symlog', [0, 0], 'linear']] as const)
      expect(scaleOf(values, { choice, logBeyond: LINEAR_SPAN }).kind).toBe(kind)
    expect(scaleOf([0.1, 2.9], { logBeyond: LINEAR_SPAN }).kind).toBe('linear')
    expect(scaleOf([0.1, 3.1], { logBeyond: LINEAR_SPAN }).kind).toBe('log')
    expect(scaleOf([0.1, 3.1], {}).kind).toBe('linear')
    expect(scaleOf([5, 5], { logBeyond: 0 }).kind).toBe('log')
    expect(scaleOf([5, 5], { logBeyond: 0 }).extent[0]).toBeLessThan(Math.log10(5))
    expect(scaleOf([5, 5], { logBeyond: 0 }).extent[1]).toBeGreaterThan(Math.log10(5))
    expect(scaleOf([-1, 0.001, 3], { logBeyond: LINEAR_SPAN }).kind).toBe('linear')
    expect(scaleOf([0, 0, Number.NaN], { logBeyond: LINEAR_SPAN }).kind).toBe('linear')
  })

  it('goes on to zero below the decade of the smallest value, and says where it turns linear', () => {
    const scale = scaleOf([0, 0.03, 2], { logBeyond: LINEAR_SPAN })
    expect(scale.kind).toBe('symlog')
    expect(scale.threshold).toBe(0.01)
    expect(labels(scale)[0]).toBe('0')
    expect(scale.place(0)).toBe(scale.extent[0])
    expect(scale.place(0.005)).toBeCloseTo((scale.place(0) + scale.place(0.01)) / 2, 12)
    expect(scale.place(Number.NaN)).toBeNaN()
  })

  it('has no place for what a logarithm does not have', () => {
    const { place } = scaleOf([0.01, 10], { logBeyond: LINEAR_SPAN })
    expect([0, -1, Infinity, Number.NaN].map(place)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
  })

  it('keeps its ends while data grows within a step', () => {
    expect(linear(83.2, 86.9).extent).toEqual(linear(83.4, 86.6).extent)
    expect(scaleOf([0.12, 8], { logBeyond: LINEAR_SPAN }).extent).toEqual(scaleOf([0.15, 5.5], { logBeyond: LINEAR_SPAN }).extent)
  })

  it('starts at zero where that is near, and shows a single or no value', () => {
    expect(linear(10, 84).extent).toEqual([0, 100])
    expect(linear(75.2, 83.1).extent[0]).toBeGreaterThan(70)
    expect(linear(5, 5).extent[0]).toBeLessThan(5)
    expect(linear(Infinity, -Infinity).extent).toEqual([0, 1])
  })

  it('counts epochs in whole numbers up to the last that is planned', () => {
    expect(labels(counted(10, 5))).toEqual(['0', '2', '4', '6', '8', '10'])
    expect(counted(1, 5)).toMatchObject({ extent: [0, 1], ticks: [{ at: 0, label: '0' }, { at: 1, label: '1' }] })
    expect(labels(counted(3, 8))).toEqual(['0', '1', '2', '3'])
  })
})

it('numbers have true minus signs, no negative zero, powers where they are long, and the digits that matter', () => {
  expect([decimal(-0.04, 1), decimal(-0.05, 2), decimal(12345, 0), decimal(2000, 0)]).toEqual(['0.0', '−0.05', '12,345', '2000'])
  expect([plain(0.001), plain(2000), plain(1e-7), plain(2e8), plain(0), power(1250000, 50000, 6)]).toEqual(['0.001', '2000', '10⁻⁷', '2×10⁸', '0', '1.25×10⁶'])
  expect([measured(0.0427), measured(1234.5), measured(0), measured(null), measured(Number.NaN), measured(3.2e-9)]).toEqual(['0.0427', '1235', '0', '–', '–', '3.20×10⁻⁹'])
  expect([withSd(86.134, 0.421), withSd(86.134, Number.NaN), withSd(Number.NaN, 1), withSd(5, 0)]).toEqual(['86.13 ± 0.42', '86.1', '–', '5.00 ± 0'])
})
