import type { Stream } from '@shared/random/stream'
import { Draws, normal, permutation, sampleWithoutReplacement, streamKey } from '@shared/random/stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const weights: Stream = {
  name: 'weights',
  seed: 1,
  capacity: '[79,79]',
  side: 'sparse',
  layer: 0,
}

describe('stream keys', () => {
  it('are frozen: every stored run depends on them', () => {
    expect(streamKey(weights)).toEqual([3658697834, 1592763486])
    expect(streamKey({ name: 'order', seed: 1, capacity: '[79,79]' })).toEqual([3731343426, 2661245293])
  })

  it('differ in whatever a stream may depend on', () => {
    const streams: Stream[] = [
      weights,
      { ...weights, name: 'mask' },
      { ...weights, seed: 2 },
      { ...weights, capacity: '[236,236]' },
      { ...weights, side: 'dense' },
      { ...weights, layer: 1 },
      { name: 'order', seed: 1, capacity: '[79,79]' },
      { name: 'examples', data: 'a' },
      { name: 'synthetic', data: 'a' },
      { name: 'bootstrap', seed: 1 },
    ]
    expect(new Set(streams.map(stream => streamKey(stream).join())).size).toBe(streams.length)
  })
})

describe('uniform draws', () => {
  it('are in [0, 1) and pass a chi-square test over 100 bins', () => {
    const draws = new Draws(streamKey(weights))
    const bins = new Float64Array(100)
    for (let i = 0; i < 100_000; i++)
      bins[Math.floor(draws.uniform() * 100)]!++
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(chiSquare).toBeLessThan(148.2) // 99 degrees of freedom, p = 0.001
    expect(chiSquare).toBeGreaterThan(60)
  })

  it('below a bound reach every value below it and no other', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (bound, seed) => {
      const draws = new Draws([seed, 0])
      const seen = new Set(Array.from({ length: bound * 30 }, () => draws.below(bound)))
      expect(Math.max(...seen)).toBeLessThan(bound)
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(0)
      expect(seen.size).toBeGreaterThan(bound * 0.9)
    }), { seed: 1 })
  })

  it('start anew for another epoch or class', () => {
    const first = (major: number, minor: number): number => new Draws([1, 2], major, minor).word()
    expect(new Set([
      first(0, 0),
      first(1, 0),
      first(0, 1),
      first(1, 1),
    ]).size).toBe(4)
    expect(first(1, 1)).toBe(first(1, 1))
  })
})

describe('normal draws', () => {
  it('are frozen: Math.log and Math.cos belong to the engine of JavaScript', () => {
    const out = new Float32Array(5)
    normal(out, streamKey(weights))
    // By an independent implementation in Python.
    expect([...out]).toEqual([
      1.0762951374053955,
      -0.6780951023101807,
      1.4710665941238403,
      -0.9727853536605835,
      0.42140209674835205,
    ])
  })

  it('have the moments and tails of a standard normal distribution', () => {
    const out = new Float32Array(200_000)
    normal(out, [1, 2])
    const moment = (k: number): number => out.reduce((sum, z) => sum + z ** k, 0) / out.length
    expect(moment(1)).toBeCloseTo(0, 2)
    expect(moment(2)).toBeCloseTo(1, 1.7)
    expect(moment(3)).toBeCloseTo(0, 1.3)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.08)
    const beyond2 = out.filter(z => Math.abs(z) > 2).length / out.length
    expect(Math.abs(beyond2 - 0.0455)).toBeLessThan(0.002)
  })

  it('of an element do not depend on how many are drawn', () => {
    const few = new Float32Array(3)
    const many = new Float32Array(100)
    normal(few, [5, 6], 1, 2)
    normal(many, [5, 6], 1, 2)
    expect([...few]).toEqual([...many.slice(0, 3)])
  })
})

describe('permutations', () => {
  it('hold every index once', () => {
    fc.assert(fc.property(fc.nat({ max: 200 }), fc.nat(), (size, seed) => {
      expect([
        ...permutation(size, new Draws([seed, 1])),
      ].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i))
    }), { seed: 1 })
  })

  it('of three are equally likely', () => {
    const draws = new Draws([3, 4])
    const counts = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const order = permutation(3, draws).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(counts.size).toBe(6)
    expect(chiSquare).toBeLessThan(20.5) // 5 degrees of freedom, p = 0.001
  })
})

describe('sampling without replacement', () => {
  it('marks exactly as many as asked, and keeps what was marked', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 60 }), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (before, seed, share) => {
      const chosen = Uint8Array.from(before)
      const ones = before.filter(bit => bit === 1).length
      const count = Math.round(share * (before.length - ones))
      sampleWithoutReplacement(chosen, count, new Draws([seed, 9]))
      expect(chosen.reduce((sum, bit) => sum + bit, 0)).toBe(ones + count)
      before.forEach((bit, i) => expect(chosen[i]).toBeGreaterThanOrEqual(bit))
    }), { seed: 1 })
  })

  it('takes every pair of five equally often', () => {
    const draws = new Draws([7, 8])
    const counts = new Map<string, number>()
    for (let i = 0; i < 10_000; i++) {
      const chosen = new Uint8Array(5)
      sampleWithoutReplacement(chosen, 2, draws)
      counts.set(chosen.join(''), (counts.get(chosen.join('')) ?? 0) + 1)
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(counts.size).toBe(10)
    expect(chiSquare).toBeLessThan(27.9) // 9 degrees of freedom, p = 0.001
  })

  it('refuses more than there are', () => {
    expect(() => sampleWithoutReplacement(Uint8Array.of(1, 0, 0), 3, new Draws([0, 0]))).toThrow('cannot choose 3 of 2 entries')
  })
})
