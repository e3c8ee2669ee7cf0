import type { Alternative } from '@shared/statistics/wilcoxon'
import { kendallTauB, spearman } from '@shared/statistics/correlation'
import { hodgesLehmann } from '@shared/statistics/hodges-lehmann'
import { benjaminiHochberg } from '@shared/statistics/many'
import { equivalence, nonInferiority } from '@shared/statistics/margin'
import { signTest } from '@shared/statistics/sign-test'
import { signedRank } from '@shared/statistics/wilcoxon'
import { describe, expect, it } from 'vitest'
import { fixtures } from './fixtures'

const alternatives: readonly Alternative[] = ['greater', 'less', 'two-sided']

/** Whether two numbers agree to so many parts of themselves; 1e-10 where both are exact, 1e-7 where p is an approximation. */
function agree(found: number | undefined, expected: number, tolerance: number, what: () => string): void {
  if (found === undefined || !(Math.abs(found - expected) <= tolerance * Math.abs(expected)))
    expect.fail(`${found} is not ${expected}: ${what()}`)
}

describe('exact arithmetic in Python', () => {
  it('is what the signed-rank test gives: p in all directions, zeros both ways, n up to 300', () => {
    for (const [differences, ...policies] of fixtures.signedRank) {
      for (const [i, zeros] of (['wilcoxon', 'pratt'] as const).entries()) {
        const expected = policies[i]
        const found = alternatives.map(alternative => signedRank(differences, { alternative, zeros }))
        expect(found[0] && [found[0].n, found[0].statistic]).toEqual(expected?.slice(0, 2))
        for (const [k, p] of expected?.slice(2).entries() ?? [])
          agree(found[k]!.p, p, found[k]!.method === 'exact' ? 1e-10 : 1e-7, () => `${alternatives[k]}, ${zeros}, ${differences}`)
      }
    }
  })

  it('is what Hodges and Lehmann\'s estimate and interval are, and the limits and p of a margin', () => {
    for (const [differences, estimate, [low, high], [bound, ceiling], [numerator, denominator], [worse, better]] of fixtures.intervals) {
      const what = `differences ${differences}`
      const found = hodgesLehmann(differences)!
      expect(found.estimate, what).toBe(estimate)
      expect(found.interval, what).toMatchObject(low && high
        ? { kind: 'interval', low: low[0], lowIncluded: low[1], high: high[0], highIncluded: high[1] }
        : { kind: 'too-few', pairs: differences.length, needed: 6 })
      const margin = { numerator, denominator }
      const asGood = nonInferiority(differences, { margin })
      expect([asGood.bound, asGood.boundIncluded], what).toEqual(bound ?? [-Infinity, false])
      agree(asGood.p, worse, 1e-10, () => `margin ${numerator}/${denominator}, ${what}`)
      const alike = equivalence(differences, { margin })
      expect([alike.interval.low, alike.interval.lowIncluded, alike.interval.high, alike.interval.highIncluded], what)
        .toEqual([...bound ?? [-Infinity, false], ...ceiling ?? [Infinity, false]])
      agree(alike.p, Math.max(worse, better), 1e-10, () => `margin ${numerator}/${denominator}, ${what}`)
    }
  })
})

describe('sciPy', () => {
  it('agrees on signed ranks: exact without ties, normal with ties and zeros', () => {
    for (const [differences, zeros, method, ...ps] of fixtures.scipyWilcoxon) {
      for (const [i, alternative] of alternatives.entries()) {
        const found = signedRank(differences, { alternative, zeros })!
        expect(found.method).toBe(method)
        agree(found.p, ps[i]!, method === 'exact' ? 1e-10 : 1e-7, () => `${alternative}, ${zeros}, ${differences}`)
      }
    }
  })

  it('agrees on the sign test', () => {
    for (const [n, positive, ...ps] of fixtures.signTest) {
      const differences = Array.from({ length: n + 2 }, (_, i) => i < positive ? i + 1 : i < n ? -i - 1 : 0)
      for (const [i, alternative] of alternatives.entries()) {
        const found = signTest(differences, { alternative })!
        expect([found.n, found.positive]).toEqual([n, positive])
        agree(found.p, ps[i]!, 1e-10, () => `${alternative}, ${positive} of ${n}`)
      }
    }
  })

  it('agrees on tau-b and Spearman\'s rho and their p', () => {
    for (const [x, y, tau, tauP, rho, rhoP] of fixtures.correlations) {
      const what = (): string => `x ${x}, y ${y}`
      const [kendall, spearmans] = [kendallTauB(x, y)!, spearman(x, y)!]
      expect(kendall.tau).toBeCloseTo(tau, 12)
      agree(kendall.p, tauP, kendall.method === 'exact' ? 1e-10 : 1e-7, what)
      expect(spearmans.rho).toBeCloseTo(rho, 12)
      agree(spearmans.p, rhoP, 1e-7, what)
    }
    expect(new Set(fixtures.correlations.map(([x, y]) => kendallTauB(x, y)!.method))).toEqual(new Set(['exact', 'normal']))
  })

  it('agrees on Benjamini and Hochberg\'s adjustment', () => {
    for (const [ps, adjusted] of fixtures.benjaminiHochberg)
      benjaminiHochberg(ps).forEach((p, i) => agree(p!, adjusted[i]!, 1e-12, () => String(ps)))
  })
})
