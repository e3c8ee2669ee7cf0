import { PROBE_SIZE, probeChunks, split } from '@shared/plan/splits'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const labels = (size: number, classes: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 3)) % classes)
const data = { content: 'test', trainLabels: labels(3000, 7), testLabels: labels(2500, 7) }

function classCounts(indices: Uint32Array, of: Uint8Array): number[] {
  const counts = Array.from<number>({ length: 7 }).fill(0)
  indices.forEach(i => counts[of[i]!]!++)
  return counts
}

const spread = (counts: number[]): number => Math.max(...counts) - Math.min(...counts)

describe('the examples of a run', () => {
  it('hold the probe in every subset, and never in the validation split', () => {
    const whole = split(data, { train: 3000, validation: 0 })
    for (const [train, validation] of [
      [3000, 0],
      [2000, 1000],
      [1500, 500],
      [1024, 1976],
    ] as const) {
      const { probe, train: trained, validation: held } = split(data, { train, validation })
      expect(probe).toEqual(whole.probe)
      expect(trained).toHaveLength(train)
      expect(held).toHaveLength(validation)
      expect(new Set([...trained, ...held]).size).toBe(train + validation)
      expect([...probe].every(i => trained.includes(i))).toBe(true)
      expect([...probe].some(i => held.includes(i))).toBe(false)
    }
  })

  it('of a subset smaller than the probe are its front, still balanced', () => {
    const { probe, train } = split(data, { train: 100, validation: 0 })
    expect(probe).toEqual(train)
    expect([...train]).toEqual([...split(data, { train: 3000, validation: 0 }).probe.slice(0, 100)])
    expect(spread(classCounts(probe, data.trainLabels))).toBeLessThanOrEqual(1)
  })

  it('have class counts that differ by at most one in the probe and in the fixed part of the test set', () => {
    const { probe, testSubset } = split(data, { train: 3000, validation: 0 })
    expect(probe).toHaveLength(PROBE_SIZE)
    expect(spread(classCounts(probe, data.trainLabels))).toBe(1)
    expect(spread(classCounts(testSubset, data.testLabels))).toBeLessThanOrEqual(1)
    expect(new Set(testSubset).size).toBe(1000)
  })

  it('depend on the data set alone', () => {
    const sizes = { train: 3000, validation: 0 }
    expect(split(data, sizes)).toEqual(split(data, sizes))
    expect(split({ ...data, content: 'other' }, sizes).probe).not.toEqual(split(data, sizes).probe)
  })
})

it('the probe\'s chunks cover it in order, and none is shorter than 2', () => {
  fc.assert(fc.property(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 2, max: 100 }), (size, batchSize) => {
    const probe = Uint32Array.from({ length: size }, (_, i) => i)
    const chunks = probeChunks(probe, batchSize)
    expect(chunks.flatMap(chunk => [...chunk])).toEqual([...probe])
    expect(Math.min(...chunks.map(({ length }) => length))).toBeGreaterThanOrEqual(2)
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(batchSize + 1)
  }), { seed: 1 })
})
