import { signTest } from '@shared/statistics/sign-test'
import { describe, expect, it } from 'vitest'

describe('the sign test', () => {
  it('counts the positive among the non-zero, and the patterns of coins', () => {
    // C(5,4) + C(5,5) = 6 of 32.
    expect(signTest([8, 1, 0, 300, -2, 7])).toEqual({ n: 5, positive: 4, p: expect.closeTo(6 / 32, 14) as number })
    expect(signTest([8, 1, 0, 300, -2, 7], { alternative: 'less' })!.p).toBeCloseTo(31 / 32, 14)
    expect(signTest([8, 1, 0, 300, -2, 7], { alternative: 'two-sided' })!.p).toBeCloseTo(12 / 32, 14)
  })

  it('has no answer where nothing differs, and refuses NaN', () => {
    expect(signTest([0, 0])).toBeUndefined()
    expect(() => signTest([1, Number.NaN])).toThrow('one of 2 is NaN')
  })
})
