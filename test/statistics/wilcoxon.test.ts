import { signedRank } from '@shared/statistics/wilcoxon'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '../seed'
import { byAllSigns } from './all-signs'

/** Few distinct whole numbers: ties and zeros abound. */
const small = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 16 })
const nonZero = fc.array(fc.integer({ min: -9, max: 9 }).filter(value => value !== 0), { minLength: 1, maxLength: 60 })
const policies = ['wilcoxon', 'pratt'] as const

describe('the signed-rank test', () => {
  it.each(policies)('is exact with ties and zeros in all three directions: brute force over all signs, zeros by %s', (zeros) => {
    fc.assert(fc.property(small, (differences) => {
      const test = (alternative: 'greater' | 'less' | 'two-sided') => signedRank(differences, { alternative, zeros })
      const { n, statistic, greater, less, twoSided } = byAllSigns(differences, zeros)
      fc.pre(n > 0)
      expect(test('greater')).toMatchObject({ n, zeros: differences.length - n, statistic, p: greater, method: 'exact' })
      expect([test('less')!.p, test('two-sided')!.p]).toEqual([less, twoSided])
    }), cases(60))
  })

  it('is one-sided for greater and drops zeros unless something else is asked for', () => {
    expect(signedRank([3, 0, 2, -1])).toEqual(signedRank([3, 0, 2, -1], { alternative: 'greater', zeros: 'wilcoxon' }))
  })

  it('ranks zeros with Pratt and drops them before ranking with Wilcoxon', () => {
    // Ranks of 1, -2, 3, 3 are 1, 2, 3.5, 3.5; with two zeros below them 3, 4, 5.5, 5.5.
    const differences = [0, 1, -2, 3, 3, 0]
    expect(signedRank(differences)).toMatchObject({ statistic: 8, effect: (8 - 2) / 10 })
    expect(signedRank(differences, { zeros: 'pratt' })).toMatchObject({ statistic: 14, effect: (14 - 4) / 18 })
  })

  it('is symmetric: directions mirror, order and scale do not matter', () => {
    fc.assert(fc.property(nonZero, fc.constantFrom(...policies), fc.nat(3), (nonZeroes, zeros, dropped) => {
      const differences = [...nonZeroes, ...Array.from<number>({ length: dropped }).fill(0)]
      const up = signedRank(differences, { zeros })!
      const mirrored = differences.map(difference => -difference)
      const down = signedRank(mirrored, { alternative: 'less', zeros })!
      expect(down.p).toBe(up.p)
      expect(down.effect).toBeCloseTo(-up.effect, 14)
      expect(signedRank(mirrored, { zeros })!.p + up.p).toBeGreaterThanOrEqual(1 - 1e-12)
      expect(signedRank(mirrored, { alternative: 'two-sided', zeros })!.p).toBe(signedRank(differences, { alternative: 'two-sided', zeros })!.p)
      expect(signedRank(differences.toReversed(), { zeros })).toEqual(up)
      expect(signedRank(differences.map(difference => difference * 1e-200), { zeros })).toEqual(up)
      // It is a test of ranks: magnitudes may grow as they please while their order stays.
      expect(signedRank(differences.map(difference => Math.sign(difference) * difference ** 20), { zeros })).toEqual(up)
    }))
  })

  it('never gets less sure as all differences grow by the same, zeros ranked', () => {
    fc.assert(fc.property(small, fc.constantFrom(0.5, 1), (differences, by) => {
      const p = (values: readonly number[]): number => signedRank(values, { zeros: 'pratt' })?.p ?? 1
      expect(p(differences.map(difference => difference + by))).toBeLessThanOrEqual(p(differences))
    }), cases(300))
  })

  it('reaches 2⁻ⁿ and no less', () => {
    for (const n of [1, 6, 53, 200]) {
      const rising = Array.from({ length: n }, (_, i) => i + 1)
      expect(signedRank(rising)).toMatchObject({ p: 2 ** -n, effect: 1, method: 'exact' })
      expect(signedRank(rising, { alternative: 'less' })!.p).toBe(1)
      expect(signedRank(rising, { alternative: 'two-sided' })!.p).toBe(2 ** (1 - n))
    }
    // However many zeros are ranked below.
    expect(signedRank([...Array.from<number>({ length: 300 }).fill(0), 1, 2, 3, 4, 5], { zeros: 'pratt' })).toMatchObject({ p: 2 ** -5, zeros: 300, method: 'exact' })
  })

  it('says where it is an approximation', () => {
    const many = Array.from({ length: 201 }, (_, i) => i % 3 ? i + 1 : -i - 1)
    expect(signedRank(many)!.method).toBe('normal')
    expect(signedRank(many.slice(1))!.method).toBe('exact')
    expect(signedRank([...many.slice(1), 0], { zeros: 'pratt' })!.method).toBe('normal')
  })

  it('takes infinite differences as beyond all finite ones and tied', () => {
    const infinite = [Number.POSITIVE_INFINITY, 3, -1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    expect(signedRank(infinite)).toEqual(signedRank([9, 3, -1, -9, 9]))
  })

  it('has no answer where nothing differs, and refuses NaN', () => {
    expect(signedRank([])).toBeUndefined()
    expect(signedRank([0, -0])).toBeUndefined()
    expect(() => signedRank([1, Number.NaN])).toThrow('a test takes differences that are numbers, and one of 2 is NaN: leave such pairs out')
  })
})
