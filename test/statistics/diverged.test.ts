import type { ComparedRuns } from '@shared/statistics/diverged'
import { divergedWorst } from '@shared/statistics/diverged'
import { signedRank } from '@shared/statistics/wilcoxon'
import { describe, expect, it } from 'vitest'

function pair(from: number | 'diverged' | 'failed', to: number | 'diverged' | 'failed'): ComparedRuns {
  const run = (of: typeof from): ComparedRuns['from'] => typeof of === 'number' ? { kind: 'finished', value: of } : { kind: of }
  return { from: run(from), to: run(to) }
}

describe('divergence ranked worst', () => {
  it('is beyond every finite difference, ties with itself, and says nothing where both sides diverged', () => {
    const { test, diverged } = divergedWorst([pair(10, 9000), pair(50, 40), pair('diverged', 1), pair(80, 'diverged'), pair('diverged', 3), pair('diverged', 'diverged')])
    expect(test).toEqual(signedRank([8990, -10, 1e6, -1e6, 1e6, 0]))
    expect(diverged).toEqual({ from: 2, to: 1, both: 1 })
  })

  it('is the plain test where nothing diverged', () => {
    expect(divergedWorst([pair(1, 5), pair(3, 2), pair(4, 9)], { alternative: 'two-sided', zeros: 'pratt' }))
      .toEqual({ test: signedRank([4, -1, 5], { alternative: 'two-sided' }), diverged: { from: 0, to: 0, both: 0 } })
  })

  it('can turn an answer: finite pairs favour what mostly diverged', () => {
    const pairs = [...[1, 2, 3, 4, 5].map(by => pair(50, 50 + by)), ...Array.from({ length: 6 }, () => pair(50, 'diverged'))]
    expect(signedRank([1, 2, 3, 4, 5])!.p).toBe(2 ** -5)
    expect(divergedWorst(pairs).test!.p).toBeGreaterThan(0.9)
    expect(divergedWorst(pairs, { alternative: 'less' }).test!.effect).toBeLessThan(-0.4)
  })

  it('leaves out pairs that lack a run for another reason', () => {
    expect(divergedWorst([pair(1, 2), pair('diverged', 'failed'), pair('failed', 3)])).toEqual({ test: signedRank([1]), diverged: { from: 0, to: 0, both: 0 } })
    expect(divergedWorst([pair('diverged', 'diverged')])).toEqual({ test: undefined, diverged: { from: 0, to: 0, both: 1 } })
  })
})
