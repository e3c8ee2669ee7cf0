import { differencesOfCounts } from '@shared/statistics/counts'
import { describe, expect, it } from 'vitest'

const pair = (from: number, to: number, total: number) => ({ from: { correct: from, total }, to: { correct: to, total } })

describe('differences of counts', () => {
  it('are whole numbers of one test example, later less earlier', () => {
    expect(differencesOfCounts([pair(9200, 9300, 10_000), pair(1200, 1100, 10_000)])).toEqual({ differences: [100, -100], total: 10_000 })
    expect(differencesOfCounts([])).toEqual({ differences: [], total: 1 })
  })

  it('of different totals have a common unit, in which equal shares are equal', () => {
    // A tenth each.
    expect(differencesOfCounts([pair(1, 2, 10), pair(3, 1, 20), pair(0, 3, 30)])).toEqual({ differences: [6, -6, 6], total: 60 })
  })

  it('refuse what is no count, and totals without a unit that is exact', () => {
    expect(() => differencesOfCounts([pair(5, 11, 10)])).toThrow('a count is a whole number of a total, and one is 11 of 10')
    expect(() => differencesOfCounts([pair(0.5, 1, 10)])).toThrow('one is 0.5 of 10')
    expect(() => differencesOfCounts([9973, 9967, 9949, 9941, 9931].map(prime => pair(1, 2, prime)))).toThrow('counts of so many different totals cannot be compared exactly: 9973, 9967, 9949, 9941, 9931')
  })
})
