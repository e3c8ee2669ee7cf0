import type { TestedCell } from '@shared/statistics/power'
import { holm } from '@shared/statistics/many'
import { cannotReach, pairsNeeded, smallestP, smallestUnderHolm } from '@shared/statistics/power'
import { signedRank } from '@shared/statistics/wilcoxon'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('what pairs can show', () => {
  it.each(['greater', 'less', 'two-sided'] as const)('is at best the p of pairs that all point one way: %s', (alternative) => {
    for (let n = 1; n <= 12; n++) {
      const sign = alternative === 'less' ? -1 : 1
      expect(smallestP(n, alternative)).toBe(signedRank(Array.from({ length: n }, (_, i) => sign * (i + 1)), { alternative })!.p)
    }
    expect(smallestP(0, alternative)).toBe(1)
  })

  it.each([
    [{}, 5],
    [{ alternative: 'two-sided' }, 6],
    [{ alpha: 0.01 }, 7],
    [{ cells: 12 }, 8],
    [{ cells: 3, alpha: 3 / 16 }, 4],
  ] as const)('needs so many pairs: %o, %d', (asked, needed) => {
    expect(pairsNeeded(asked)).toBe(needed)
    const { alpha = 0.05, cells = 1, alternative = 'greater' } = { ...asked } as Parameters<typeof pairsNeeded>[0] & object
    expect(cells * smallestP(needed, alternative)).toBeLessThanOrEqual(alpha)
    expect(cells * smallestP(needed - 1, alternative)).toBeGreaterThan(alpha)
  })

  const cell = fc.integer({ min: 0, max: 8 }).chain((n): fc.Arbitrary<TestedCell> => n === 0
    ? fc.constant({ n, p: null })
    : fc.integer({ min: 1, max: 2 ** n }).map(k => ({ n, p: k / 2 ** n })))

  it('is for each cell its adjusted p if its own is 2⁻ⁿ and the others keep theirs', () => {
    fc.assert(fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), (cells) => {
      const replaced = cells.map(({ n, p }, i) => p === null ? 1 : holm(cells.map((other, j) => i === j ? 2 ** -n : other.p))[i]!)
      expect(smallestUnderHolm(cells)).toEqual(replaced)
      expect(cannotReach(cells, { alpha: 0.1 })).toEqual(replaced.map(p => p > 0.1))
    }))
  })

  it('depends on the others: a small cell can only follow significant ones', () => {
    const small = { n: 5, p: 0.5 }
    expect(cannotReach([small, { n: 10, p: 0.9 }])).toEqual([true, false])
    expect(cannotReach([small, { n: 10, p: 2 ** -10 }])).toEqual([false, false])
    expect(cannotReach([small])).toEqual([false])
    expect(cannotReach([small], { alternative: 'two-sided' })).toEqual([true])
    expect(cannotReach([small, { n: 0, p: null }])).toEqual([false, true])
  })

  it('refuses what is no level', () => {
    expect(() => pairsNeeded({ alpha: 0 })).toThrow('alpha is between 0 and 1, not 0')
    expect(() => pairsNeeded({ cells: 0 })).toThrow('pairs are needed for one cell or more, not for 0')
    expect(() => cannotReach([], { alpha: 5 })).toThrow('alpha is between 0 and 1, not 5')
  })
})
