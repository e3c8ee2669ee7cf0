import type { LayerShape } from '@shared/architectures'
import { connectivity, expectedUnconnected } from '@shared/masks/connectivity'
import { coverSize, randomMask } from '@shared/masks/random'
import { Draws } from '@shared/random/stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Chains of layers with any masks. */
const chains = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 }).chain(sizes =>
  fc.tuple(
    fc.constant(sizes.slice(1).map((outputs, l): LayerShape => ({ name: `layers.${l}`, inputs: sizes[l]!, outputs }))),
    fc.tuple(...sizes.slice(1).map((outputs, l) => fc.array(fc.constantFrom(0, 1), { minLength: outputs * sizes[l]!, maxLength: outputs * sizes[l]! }).map(bits => Uint8Array.from(bits)))),
  ))

describe('connectivity', () => {
  it('is that of all paths, walked one by one', () => {
    fc.assert(fc.property(chains, ([layers, masks]) => {
      const onPath = new Set<string>()
      const walk = (l: number, unit: number, taken: string[]): void => {
        if (l === layers.length) {
          taken.forEach(weight => onPath.add(weight))
          return
        }
        const { inputs, outputs } = layers[l]!
        for (let o = 0; o < outputs; o++) {
          if (masks[l]![o * inputs + unit])
            walk(l + 1, o, [...taken, `${l} ${o} ${unit}`])
        }
      }
      for (let i = 0; i < layers[0]!.inputs; i++)
        walk(0, i, [])

      const found = connectivity(layers, masks)
      for (const [l, { inputs, outputs }] of layers.entries()) {
        const mask = masks[l]!
        const next = layers[l + 1]
        const unconnected = Array.from({ length: outputs }, (_, o) => o).filter((o) => {
          const incoming = mask.subarray(o * inputs, (o + 1) * inputs).includes(1)
          const outgoing = !next || Array.from({ length: next.outputs }, (_, p) => masks[l + 1]![p * next.inputs + o]).includes(1)
          return !incoming || !outgoing
        })
        expect(found[l]).toEqual({
          activeWeights: mask.reduce((sum, bit) => sum + bit, 0),
          effectiveActiveWeights: [...onPath].filter(weight => weight.startsWith(`${l} `)).length,
          unconnectedUnits: unconnected.length,
        })
      }
    }), { numRuns: 300 })
  })

  it('of dense layers is complete', () => {
    const layers = [{ name: 'a', inputs: 3, outputs: 2 }, { name: 'b', inputs: 2, outputs: 4 }]
    expect(connectivity(layers, [undefined, undefined])).toEqual([
      { activeWeights: 6, effectiveActiveWeights: 6, unconnectedUnits: 0 },
      { activeWeights: 8, effectiveActiveWeights: 8, unconnectedUnits: 0 },
    ])
  })

  it('is expected in closed form as the mean over all masks', () => {
    const layers = [{ name: 'a', inputs: 2, outputs: 3 }, { name: 'b', inputs: 3, outputs: 2 }]
    for (let first = 1; first <= 6; first++) {
      for (let second = 1; second <= 6; second++) {
        const means = [0, 0]
        const masks = [masksWith(6, first), masksWith(6, second)]
        for (const a of masks[0]!) {
          for (const b of masks[1]!)
            connectivity(layers, [a, b]).forEach(({ unconnectedUnits }, l) => means[l]! += unconnectedUnits / masks[0]!.length / masks[1]!.length)
        }
        expectedUnconnected(layers, [first, second]).forEach((expected, l) => expect(expected).toBeCloseTo(means[l]!, 10))
      }
    }
  })

  it('of the last hidden layer at W = 0.1 N and ten classes is lost for about a third of the units', () => {
    const layers = [{ name: 'a', inputs: 788, outputs: 788 }, { name: 'b', inputs: 788, outputs: 10 }]
    expect(expectedUnconnected(layers, [6241, 790])[0]! / 788).toBeCloseTo(0.348, 3)
  })
})

/** All masks of `size` entries with `ones` ones. */
function masksWith(size: number, ones: number): Uint8Array[] {
  return Array.from({ length: 2 ** size }, (_, bits) => Uint8Array.from({ length: size }, (_, i) => bits >> i & 1))
    .filter(mask => mask.reduce((sum, bit) => sum + bit, 0) === ones)
}

describe('random masks', () => {
  const shapes = fc.record({ inputs: fc.integer({ min: 1, max: 12 }), outputs: fc.integer({ min: 1, max: 12 }) })

  it('have exactly the active weights that were asked', () => {
    fc.assert(fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (shape, share, seed) => {
      const count = Math.round(share * shape.inputs * shape.outputs)
      const mask = randomMask(shape, count, { inputs: false, outputs: false }, new Draws([seed, 0]))
      expect(mask.reduce((sum, bit) => sum + bit, 0)).toBe(count)
    }), { seed: 1 })
  })

  it('connect every unit where that is asked, with exactly as many', () => {
    fc.assert(fc.property(shapes, fc.boolean(), fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (shape, inputs, outputs, share, seed) => {
      const cover = coverSize(shape, { inputs, outputs })
      const count = cover + Math.round(share * (shape.inputs * shape.outputs - cover))
      const mask = randomMask(shape, count, { inputs, outputs }, new Draws([seed, 0]))
      expect(mask.reduce((sum, bit) => sum + bit, 0)).toBe(count)
      const rows = Array.from({ length: shape.outputs }, (_, o) => mask.slice(o * shape.inputs, (o + 1) * shape.inputs))
      if (outputs)
        expect(rows.every(row => row.includes(1))).toBe(true)
      if (inputs)
        expect(Array.from({ length: shape.inputs }, (_, i) => rows.some(row => row[i])).every(Boolean)).toBe(true)
    }), { seed: 1 })
  })

  it('refuse what too few weights cannot connect', () => {
    expect(() => randomMask({ inputs: 5, outputs: 3 }, 4, { inputs: true, outputs: true }, new Draws([0, 0]))).toThrow('4 active weights cannot connect 5 units')
  })
})
