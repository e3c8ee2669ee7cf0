import { countsOf, fractionOf } from '@shared/statistics/fraction'
import { hodgesLehmann } from '@shared/statistics/hodges-lehmann'
import { equivalence, nonInferiority } from '@shared/statistics/margin'
import { signedRank } from '@shared/statistics/wilcoxon'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '../seed'
import { byAllSigns } from './all-signs'

const tied = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 9 })
const spread = fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 1, maxLength: 9 })
const alphas = fc.constantFrom(0.01, 0.025, 0.05, 0.1, 0.25, 0.4)
/** Sixths meet every breakpoint (halves) and both its sides. */
const sixths = fc.integer({ min: 0, max: 60 })

/** P of H0: symmetric around the shift or less, by all signs, zeros by Pratt. */
function byAllSignsAt(differences: readonly number[], sixthsOfShift: number): { greater: number, less: number } {
  return byAllSigns(differences.map(difference => 6 * difference - sixthsOfShift), 'pratt')
}

function isWithin(value: number, { low, lowIncluded, high, highIncluded }: { low: number, lowIncluded: boolean, high: number, highIncluded: boolean }): boolean {
  return (value > low || (lowIncluded && value === low)) && (value < high || (highIncluded && value === high))
}

describe('as good as', () => {
  it('has the p of all signs at the margin, and says so exactly where the margin lies outside its interval', () => {
    fc.assert(fc.property(fc.oneof(tied, spread), sixths, alphas, (differences, m, alpha) => {
      const margin = { numerator: m, denominator: 6 }
      const { greater } = byAllSignsAt(differences, -m)
      const { less } = byAllSignsAt(differences, m)
      const worse = nonInferiority(differences, { margin, alpha })
      expect(worse.p).toBe(greater)
      expect(worse.asGood).toBe(greater <= alpha)
      expect(worse.asGood).toBe(!isWithin(-m / 6, { low: worse.bound, lowIncluded: worse.boundIncluded, high: Infinity, highIncluded: false }))
      const either = equivalence(differences, { margin, alpha })
      expect(either.p).toBe(Math.max(greater, less))
      expect(either.equivalent).toBe(!isWithin(-m / 6, { ...either.interval, high: Infinity }) && !isWithin(m / 6, { ...either.interval, low: -Infinity }))
    }), cases(400))
  })

  it('never disagrees with its interval for many pairs either, where p is an approximation', () => {
    const many = fc.array(fc.integer({ min: -6, max: 9 }), { minLength: 201, maxLength: 220 })
    // Where nearly all become zero at one shift, p is exact at that shift alone.
    const mostlyOne = fc.array(fc.integer({ min: -6, max: 9 }), { minLength: 1, maxLength: 60 }).map(others => [...Array.from<number>({ length: 201 }).fill(1), ...others])
    fc.assert(fc.property(fc.oneof(many, mostlyOne), fc.integer({ min: -4, max: 4 }), fc.constantFrom(1e-6, 0.05, 0.3), (differences, step, alpha) => {
      const { bound } = nonInferiority(differences, { margin: 0, alpha })
      fc.pre(bound + step / 4 <= 0)
      const { asGood, boundIncluded } = nonInferiority(differences, { margin: -(bound + step / 4), alpha })
      expect(asGood).toBe(step < 0 || (step === 0 && !boundIncluded))
    }), cases(60))
  })

  it('disagrees with its interval only within rounding of its bound for measures that are no counts', () => {
    const digits = (scale: number) => fc.array(fc.integer({ min: -scale, max: scale }).map(value => value / scale), { minLength: 1, maxLength: 30 })
    fc.assert(fc.property(fc.oneof(digits(20), digits(1000), digits(1e15)), fc.integer({ min: 0, max: 100 }), alphas, (differences, percent, alpha) => {
      const { bound, boundIncluded, asGood } = nonInferiority(differences, { margin: percent / 100, alpha })
      fc.pre(Math.abs(bound + percent / 100) > 1e-12)
      expect(asGood).toBe(!isWithin(-percent / 100, { low: bound, lowIncluded: boundIncluded, high: Infinity, highIncluded: false }))
    }), cases(300))
  })

  it('meets a breakpoint of such measures where it is one', () => {
    // -0.14 and eight zeros: shifted by 0.07 the magnitudes are all equal.
    expect(nonInferiority([-0.14, 0, 0, 0, 0, 0, 0, 0, 0], { margin: 0.07 }).p).toBe(nonInferiority([-2, 0, 0, 0, 0, 0, 0, 0, 0], { margin: 1 }).p)
  })

  it('with no margin is the superiority test, zeros by Pratt', () => {
    fc.assert(fc.property(tied, (differences) => {
      expect(nonInferiority(differences, { margin: 0 }).p).toBe(signedRank(differences, { zeros: 'pratt' })?.p ?? 1)
    }))
  })

  it('gets easier with the margin', () => {
    const differences = [-30, -12, 4, 8, -3, -20, 11, 2]
    const ps = [0, 5, 8, 12, 20, 40].map(margin => nonInferiority(differences, { margin }).p)
    expect(ps).toEqual(ps.toSorted((a, b) => b - a))
    expect(nonInferiority(differences, { margin: 40 })).toMatchObject({ p: 2 ** -8, asGood: true })
    expect(equivalence(differences, { margin: 40 })).toMatchObject({ p: 2 ** -8, equivalent: true })
    // Better by far is as good, and not alike.
    expect(nonInferiority([90, 95, 99, 93, 97], { margin: 10 }).asGood).toBe(true)
    expect(equivalence([90, 95, 99, 93, 97], { margin: 10 }).equivalent).toBe(false)
  })

  it('has no bound where so few pairs cannot show it at any margin', () => {
    expect(nonInferiority([1, 2, 3, 4], { margin: 1e6 })).toMatchObject({ p: 2 ** -4, bound: -Infinity, asGood: false })
    expect(nonInferiority([], { margin: 1 })).toEqual({ p: 1, bound: -Infinity, boundIncluded: false, asGood: false })
    expect(equivalence([], { margin: 1 })).toMatchObject({ p: 1, interval: { low: -Infinity, high: Infinity }, equivalent: false })
  })

  it('takes a margin in counts exactly where the arithmetic of numbers would not', () => {
    // 0.07 * 100 is 7.000000000000001: five pairs worse by exactly the margin say nothing, worse by less would.
    expect(0.07 * 100).not.toBe(7)
    const differences = [-7, -7, -7, -7, -7]
    expect(nonInferiority(differences, { margin: countsOf(0.07, 100) })).toMatchObject({ p: 1, bound: -7, boundIncluded: true, asGood: false })
    expect(nonInferiority(differences, { margin: 7.001 })).toMatchObject({ p: 2 ** -5, asGood: true })
    expect(() => nonInferiority(differences, { margin: 0.07 * 100 })).toThrow('round it')
  })

  it('refuses what is no margin and no difference', () => {
    expect(() => nonInferiority([1], { margin: -1 })).toThrow('a margin is zero or more, not -1')
    expect(() => equivalence([1], { margin: Number.NaN })).toThrow('a fraction is a finite number, not NaN')
    expect(() => nonInferiority([1], { margin: 1, alpha: 0 })).toThrow('alpha is between 0 and 1, not 0')
    expect(() => nonInferiority([1, Infinity], { margin: 1 })).toThrow('estimates and margins take finite differences')
    expect(() => equivalence([Number.NaN], { margin: 1 })).toThrow('one of 1 is NaN')
    expect(() => nonInferiority([1e9, 3], { margin: 0.1234567890123 })).toThrow('too many digits beside differences of 1000000000: round it')
  })
})

describe('the interval of Hodges and Lehmann', () => {
  it('holds exactly the shifts that the two-sided test does not reject, at every breakpoint and beside it', () => {
    fc.assert(fc.property(fc.oneof(tied, spread), alphas, (differences, alpha) => {
      const { interval } = hodgesLehmann(differences, { confidence: 1 - alpha })!
      const within = (shift: number): boolean => interval.kind === 'too-few' || isWithin(shift / 6, interval)
      const breakpoints = differences.flatMap(a => differences.map(b => 3 * (a + b)))
      for (const shift of breakpoints.flatMap(at => [at - 1, at, at + 1])) {
        const { greater, less } = byAllSignsAt(differences, shift)
        expect(within(shift), `shift ${shift}/6`).toBe(2 * Math.min(greater, less) > alpha)
      }
    }), cases(150))
  })

  it('ends at zero, not at minus zero', () => {
    const interval = hodgesLehmann([0, 0, 0, 0, 0, 0].map(difference => -difference))!.interval
    expect(interval).toEqual({ kind: 'interval', low: 0, lowIncluded: true, high: 0, highIncluded: true })
  })

  it('is an order statistic of the Walsh averages where nothing ties', () => {
    // Of ten, P(W+ ≤ 8) = 25/1024 and P(W+ ≤ 9) = 33/1024: the limits are the 9th from each end.
    const differences = [1, 3, 9, 27, 81, 243, 729, 2187, 6561, 19683]
    const walsh = differences.flatMap((a, i) => differences.slice(i).map(b => (a + b) / 2)).sort((a, b) => a - b)
    expect(hodgesLehmann(differences)!.interval).toEqual({ kind: 'interval', low: walsh[8], lowIncluded: true, high: walsh.at(-9), highIncluded: true })
  })

  it('moves and scales with the differences, and mirrors', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 30 }), fc.integer({ min: -9, max: 9 }), (differences, by) => {
      const { estimate, interval } = hodgesLehmann(differences)!
      if (interval.kind === 'too-few')
        return expect.fail('six pairs have an interval')
      const moved = hodgesLehmann(differences.map(difference => 4 * difference + by))!
      expect(moved).toEqual({ estimate: 4 * estimate + by, interval: { ...interval, low: 4 * interval.low + by, high: 4 * interval.high + by } })
      const mirrored = hodgesLehmann(differences.map(difference => -difference))!
      expect(mirrored.estimate + estimate).toBe(0)
      expect(mirrored.interval).toEqual({ kind: 'interval', low: 0 - interval.high, lowIncluded: interval.highIncluded, high: 0 - interval.low, highIncluded: interval.lowIncluded })
      expect(interval.low).toBeLessThanOrEqual(estimate)
      expect(estimate).toBeLessThanOrEqual(interval.high)
    }))
  })

  it('has one end where that is asked, and says how many pairs it would need', () => {
    const differences = [4, 1, 9, 7, 2]
    expect(hodgesLehmann(differences)).toEqual({ estimate: 4.5, interval: { kind: 'too-few', pairs: 5, needed: 6 } })
    expect(hodgesLehmann(differences, { alternative: 'greater' })!.interval).toEqual({ kind: 'interval', low: 1, lowIncluded: true, high: Infinity, highIncluded: false })
    expect(hodgesLehmann(differences, { alternative: 'less' })!.interval).toEqual({ kind: 'interval', low: -Infinity, lowIncluded: false, high: 9, highIncluded: true })
    expect(hodgesLehmann([])).toBeUndefined()
    expect(() => hodgesLehmann(differences, { confidence: 95 })).toThrow('a confidence is between 0 and 1, not 95')
    expect(() => hodgesLehmann([1, -Infinity])).toThrow('estimates and margins take finite differences')
  })
})

describe('fractions', () => {
  it('are the decimals that numbers are written as, in lowest terms', () => {
    expect([1.28, -0.5, 3, 1e-7, 2.5e21 / 1e21, 0].map(fractionOf)).toEqual([[32, 25], [-1, 2], [3, 1], [1, 1e7], [5, 2], [0, 1]]
      .map(([numerator, denominator]) => ({ numerator, denominator })))
    expect(countsOf(0.005, 256)).toEqual({ numerator: 32, denominator: 25 })
    expect(countsOf(0.005, 10_000)).toEqual({ numerator: 50, denominator: 1 })
  })

  it('refuse more digits than are exact', () => {
    expect(() => fractionOf(Math.PI / 100)).toThrow('has more digits than can be kept exactly: round it')
    expect(() => fractionOf(1e300)).toThrow('round it')
  })
})
