import { reachInWords } from '@shared/statistics/reach'
import { describe, expect, it } from 'vitest'

describe('what so many pairs can show', () => {
  it('is told alone and under Holm over all treatments', () => {
    expect(reachInWords({ treatments: 8, capacities: 3, seeds: 2 })).toEqual([
      'Each treatment has 6 pairs = 3 capacities x 2 seeds: a one-sided exact signed-rank test can reach p = 0.016 (at one capacity alone 0.250).',
      // 8 / 2⁷ is 0.0625, 8 / 2⁸ is 0.03125
      'Under Holm over 8 treatments p <= 0.05 needs 8 pairs in one of them that all differ the same way: more than there are.',
    ])
  })

  it('needs five pairs of a single treatment', () => {
    expect(reachInWords({ treatments: 1, capacities: 1, seeds: 5 })).toEqual([
      'The treatment has 5 pairs = 1 capacity x 5 seeds: a one-sided exact signed-rank test can reach p = 0.031.',
      'p <= 0.05 needs 5 pairs that all differ the same way.',
    ])
  })
})
