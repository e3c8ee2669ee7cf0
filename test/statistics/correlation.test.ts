import { kendallTauB, spearman } from '@shared/statistics/correlation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '../seed'

const tied = fc.array(fc.record({ x: fc.integer({ min: 0, max: 5 }), y: fc.integer({ min: 0, max: 5 }) }), { minLength: 2, maxLength: 40 })
const split = (points: readonly { x: number, y: number }[]): [number[], number[]] => [points.map(({ x }) => x), points.map(({ y }) => y)]

/** Tau-b by its definition, over all pairs of points. */
function byAllPairs(x: readonly number[], y: readonly number[]): number {
  let [sum, untiedX, untiedY] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)]
      sum += a * b
      untiedX += a * a
      untiedY += b * b
    }
  }
  return sum / Math.sqrt(untiedX * untiedY)
}

function permutationsOf(values: readonly number[]): number[][] {
  return values.length === 0 ? [[]] : values.flatMap((value, i) => permutationsOf(values.toSpliced(i, 1)).map(rest => [value, ...rest]))
}

describe('kendall\'s tau-b', () => {
  it('is concordant less discordant pairs over the geometric mean of the untied ones', () => {
    fc.assert(fc.property(tied, (points) => {
      const [x, y] = split(points)
      const expected = byAllPairs(x, y)
      const found = kendallTauB(x, y)
      if (Number.isNaN(expected))
        expect(found).toBeUndefined()
      else
        expect(found!.tau).toBeCloseTo(expected, 13)
    }), cases(200))
  })

  it('has the p of all orders where nothing ties', () => {
    const x = [1, 2, 3, 4, 5, 6]
    const all = permutationsOf(x)
    const taus = all.map(y => Math.abs(byAllPairs(x, y)))
    for (const y of all.filter((_, i) => i % 37 === 0)) {
      const { tau, p, method } = kendallTauB(x, y)!
      expect(method).toBe('exact')
      expect(p).toBeCloseTo(taus.filter(other => other >= Math.abs(tau) - 1e-12).length / all.length, 13)
    }
  })
})

describe('rank correlations', () => {
  it.each([['tau-b', kendallTauB], ['Spearman', spearman]] as const)('are symmetric, turn with one axis, and do not change with a monotone transform or the order of points: %s', (_, correlate) => {
    fc.assert(fc.property(tied, (points) => {
      const [x, y] = split(points)
      const found = correlate(x, y)
      fc.pre(found !== undefined)
      const value = (result: ReturnType<typeof correlate>): number => 'tau' in result! ? result.tau : result!.rho
      expect(correlate(x.map(value => Math.exp(3 * value)), y.map(value => value ** 3 * 1e-100))).toEqual(found)
      expect(value(correlate(y, x))).toBeCloseTo(value(found), 13)
      expect(value(correlate(x, y.map(value => -value)))).toBeCloseTo(-value(found), 13)
      expect(correlate(x.toReversed(), y.toReversed())!.p).toBeCloseTo(found!.p, 13)
      expect(Math.abs(value(found))).toBeLessThanOrEqual(1)
    }), cases(200))
  })

  it('are 1 where orders agree, with no smaller p than so few points can have', () => {
    expect(kendallTauB([1, 2, 3], [10, 20, 30])).toEqual({ tau: 1, p: expect.closeTo(1 / 3, 14) as number, n: 3, method: 'exact' })
    expect(spearman([1, 2, 3], [10, 20, 30])).toEqual({ rho: 1, p: expect.closeTo(1 / 3, 14) as number, n: 3 })
    expect(spearman([1, 2], [2, 1])).toEqual({ rho: -1, p: 1, n: 2 })
  })

  it.each([['tau-b', kendallTauB], ['Spearman', spearman]] as const)('do not exist where one side is constant, and refuse what is no list of points: %s', (_, correlate) => {
    expect(correlate([1, 1, 1], [1, 2, 3])).toBeUndefined()
    expect(correlate([1, 2, 3], [5, 5, 5])).toBeUndefined()
    expect(correlate([], [])).toBeUndefined()
    expect(correlate([1], [2])).toBeUndefined()
    expect(() => correlate([1, 2], [1])).toThrow('a correlation takes two values of each point, and got 2 and 1')
    expect(() => correlate([1, Number.NaN], [1, 2])).toThrow('a correlation takes numbers, and one is NaN: leave such points out')
  })

  it('rank infinite values above and below all others', () => {
    expect(kendallTauB([1, 2, 3, Infinity], [-Infinity, 3, 3, 5])).toEqual(kendallTauB([1, 2, 3, 4], [1, 3, 3, 5]))
    expect(spearman([1, 2, 3, Infinity], [-Infinity, 3, 3, 5])).toEqual(spearman([1, 2, 3, 4], [1, 3, 3, 5]))
  })
})
