/** What is the native engine's own: shapes that the conformance suite has not, threads, memory, and arguments that are wrong. */

import type { Settings } from '@shared/experiment/parameter'
import type { Addon, NetworkDescription } from '../../src-main/engines/native/addon'
import { probeChunks } from '@shared/plan/splits'
import { initialState } from '@shared/runs/network-state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDataset } from '../../src-main/datasets'
import { examplesOf } from '../../src-main/datasets/examples'
import { engines } from '../../src-main/engines'
import { compileRun } from '../../src-main/engines/compile'
import { loadAddon } from '../../src-main/engines/native/addon'
import { planRuns } from '../plans'
import { cases } from '../seed'

const native = engines.get('native')
const loaded = loadAddon()

/** Where there is no compiler there is no addon: these tests are skipped, and say so. */
describe.skipIf(loaded.kind === 'missing')('the native engine', () => {
  const { addon } = loaded as { addon: Addon }
  const sets = addon?.instructionSets ?? []

  /** Trains some steps of a run, sparse and with BatchNorm, and measures; everything that comes out. */
  async function trained(settings: Settings, { width = 30, maximumWidth = 150, batchSize = 140, batchNorm = true } = {}): Promise<unknown> {
    const [, run] = planRuns({ 'data.synthetic.train': 300, 'data.synthetic.side': 12, 'network.maximumWidth': maximumWidth, 'training.batchSize': batchSize, 'training.optimizer': 'adam', 'network.batchNorm': batchNorm, 'training.l2': true }, [width])
    const examples = examplesOf(await loadDataset('synthetic', run!.settings), run!)
    const trainer = await compileRun(await native.open(settings), run!, initialState(run!), examples)
    for (const [from, to] of [[0, batchSize], [batchSize, 2 * batchSize], [2 * batchSize, 300]] as const)
      trainer.step({ examples: examples.splits.train.slice(from, to), rates: [0.01] })
    const chunks = probeChunks(examples.splits.probe, batchSize)
    const results = [await trainer.progress(), await trainer.norms({ chunks }), await trainer.gradients({ chunks, layer: 1 }), await trainer.evaluate({ half: 'test', indices: examples.splits.testSubset }), await trainer.state()]
    trainer.dispose()
    return results
  }

  it.each(sets.flatMap(instructionSet => [0, 1].map(sparseDensity => ({ instructionSet, sparseDensity }))))('gives the same bits with any number of threads: $instructionSet, sparse up to density $sparseDensity', async (settings) => {
    const alone = await trained({ ...settings, threads: 1 })
    for (const threads of [2, 3, 5])
      expect(await trained({ ...settings, threads, sharedWork: 0 })).toEqual(alone)
  })

  it('gives dense, masked and sparse storage the same results but for rounding, at any shape, density and batch size', () => {
    fc.assert(fc.property(fc.record({
      instructionSet: fc.constantFrom(...sets),
      inputs: fc.integer({ min: 1, max: 300 }),
      widths: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 3 }),
      density: fc.constantFrom(0, 0.01, 0.1, 0.5, 1),
      batchSize: fc.integer({ min: 1, max: 300 }),
      seed: fc.integer(),
    }), ({ instructionSet, inputs, widths, density, batchSize, seed }) => {
      const random = generator(seed)
      const sizes = [inputs, ...widths, 4]
      const masks = widths.concat(4).map((outputs, l) => Uint8Array.from({ length: outputs * sizes[l]! }, () => random() < density ? 1 : 0))
      const weights = masks.map((mask, l) => Float32Array.from(mask, bit => bit && (random() - 0.5) * Math.sqrt(12 / (1 + sizes[l]! * density))))
      const images = Uint8Array.from({ length: inputs * batchSize }, () => random() * 256)
      const labels = Uint8Array.from({ length: batchSize }, () => random() * 4)
      const indices = Uint32Array.from(labels, (_, e) => e)
      const [masked, sparse] = (['masked', 'sparse'] as const).map((storage) => {
        const network = new addon.Network(describeNetwork({ instructionSet, inputs, batchSize, layers: masks.map((mask, l) => ({ outputs: sizes[l + 1]!, storage, mask, weight: `w${l}`, bias: `b${l}`, norm: undefined, affine: false, activation: l < widths.length ? 'relu' : undefined })) }))
        weights.forEach((values, l) => network.write(`w${l}`, -1, values))
        weights.forEach((values, l) => expect(network.read(`w${l}`, -1)).toEqual(values))
        network.step(images, labels, indices, 0.1)
        network.step(images, labels, indices.subarray(0, Math.ceil(batchSize / 2)), 0.1)
        const trained = masks.flatMap((mask, l) => [network.read(`w${l}`, -1), network.read(`b${l}`, -1)])
        masks.forEach((mask, l) => expect(trained[2 * l]!.every((value, i) => mask[i] || value === 0)).toBe(true))
        const gradients = masks.map((_, l) => network.gradient(images, labels, indices, Uint32Array.of(batchSize), l))
        const norms = network.norms(images, labels, indices, Uint32Array.of(batchSize))
        network.dispose()
        return [...trained, ...gradients, ...norms.map(values => Float32Array.from(values))]
      })
      masked!.forEach((values, i) => expect(difference(values, sparse![i]!)).toBeLessThan(2e-4))
    }), cases(60))
  }, 1000 * cases(60).numRuns)

  it('trains layers wider than 65,535, of few active weights, empty rows and columns', () => {
    const inputs = 70_000
    const classes = 3
    const width = 66_000
    const first = new Uint8Array(inputs * 2)
    first[69_999] = 1 // one active weight, of the last input
    const second = new Uint8Array(width * 2).map((_, i) => i % 997 === 0 ? 1 : 0)
    second[2 * (width - 1)] = 1 // from the first unit to the last
    const third = new Uint8Array(classes * width)
    third[width - 1] = third[2 * width - 1] = third[2 * width + 5] = 1
    const layer = { storage: 'sparse', bias: undefined, norm: undefined, affine: false, activation: undefined } as const
    const network = new addon.Network(describeNetwork({ inputs, batchSize: 5, layers: [
      { ...layer, outputs: 2, mask: first, weight: 'a', activation: 'relu' },
      { ...layer, outputs: width, mask: second, weight: 'b', activation: 'relu' },
      { ...layer, outputs: classes, mask: third, weight: 'c' },
    ] }))
    const tensors = { a: first, b: second, c: third }
    for (const [name, mask] of Object.entries(tensors))
      network.write(name, -1, Float32Array.from(mask, bit => bit && 0.5))
    const images = new Uint8Array(inputs * 5).fill(200)
    const before = network.read('a', -1)
    network.step(images, Uint8Array.of(0, 1, 2, 0, 1), Uint32Array.of(0, 1, 2, 3, 4), 0.1)
    const [loss] = network.progress()
    expect(loss).toBeCloseTo(Math.log(3), 0)
    for (const [name, mask] of Object.entries(tensors))
      expect(network.read(name, -1).every((value, i) => mask[i] ? value !== 0 : value === 0), name).toBe(true)
    expect(network.read('a', -1)[69_999]).not.toBe(before[69_999])
    network.dispose()
  })

  it('does not grow over 10,000 steps', () => {
    const network = new addon.Network(describeNetwork({}))
    const { images, labels, indices } = smallBatch
    for (let i = 0; i < 2000; i++)
      network.step(images, labels, indices, 0.01)
    const before = process.memoryUsage.rss()
    for (let i = 0; i < 10_000; i++)
      network.step(images, labels, indices, 0.01)
    expect(process.memoryUsage.rss() - before).toBeLessThan(8e6)
    network.dispose()
  })

  describe('refuses, naming the argument,', () => {
    const network = (): InstanceType<Addon['Network']> => new addon.Network(describeNetwork({}))
    const { images, labels, indices } = smallBatch
    it.each<[string, () => unknown, RegExp]>([
      ['no description', () => new addon.Network(undefined as never), /^network must be an object$/],
      ['a call without new', () => (addon.Network as unknown as (given: unknown) => void)(describeNetwork({})), /^Network must be called with new$/],
      ['an instruction set that is none', () => new addon.Network(describeNetwork({ instructionSet: 'mmx' })), /^network\.instructionSet must be an instruction set of this machine: /],
      ['half a thread', () => new addon.Network(describeNetwork({ threads: 0.5 })), /^network\.threads must be a whole number from 1 to 256$/],
      ['an unknown optimizer', () => new addon.Network(describeNetwork({ optimizer: 'sgdd' })), /^network\.optimizer must be one of adam, momentum, sgd, and not sgdd$/],
      ['an optimizer without its parameter', () => new addon.Network(describeNetwork({ optimizer: 'momentum' })), /^network\.own\.momentum must be a number$/],
      ['no layers', () => new addon.Network(describeNetwork({ layers: [] })), /^network\.layers must be at least one layer$/],
      ['a mask of another size', () => new addon.Network(describeNetwork({ layers: [{ ...onlyLayer, storage: 'sparse', mask: new Uint8Array(7) }] })), /^network\.layers\[0\]\.mask must be a Uint8Array of 12 ones and zeros, and has 7$/],
      ['a mask that is none', () => new addon.Network(describeNetwork({ layers: [{ ...onlyLayer, storage: 'sparse', mask: [1] as never }] })), /^network\.layers\[0\]\.mask must be a Uint8Array$/],
      ['images as floats', () => network().step(new Float32Array(8) as never, labels, indices, 0.1), /^images must be a Uint8Array$/],
      ['an example that is not there', () => network().step(images, labels, Uint32Array.of(2), 0.1), /^indices must be below 2, the number of examples, and one is 2$/],
      ['no example', () => network().step(images, labels, new Uint32Array(), 0.1), /^indices must be of 1 to 2\^30 examples$/],
      ['more examples than a batch', () => network().step(images, labels, Uint32Array.of(0, 1, 0), 0.1), /^indices must be at most 2, the batch size$/],
      ['a label that is no class', () => network().step(images, Uint8Array.of(0, 3), indices, 0.1), /^labels must be below 3, the number of classes, and one is 3$/],
      ['no rate', () => network().step(images, labels, indices, undefined as never), /^rate must be a number$/],
      ['chunks of other examples', () => network().norms(images, labels, indices, Uint32Array.of(1)), /^chunks must be sizes that add up to the number of indices$/],
      ['a layer that is none', () => network().gradient(images, labels, indices, Uint32Array.of(2), 1), /^layer must be a whole number from 0 to 0$/],
      ['a tensor that is none', () => network().read('weights', -1), /^name must be a tensor of this network, and not weights$/],
      ['a slot that is none', () => network().read('weight', 0), /^slot must be a whole number from -1 to -1$/],
      ['a tensor of another size', () => network().write('weight', -1, new Float32Array(3)), /^values must be a Float32Array of 12 for weight, and has 3$/],
      ['a method on something else', () => network().stepsTaken.call({} as never), /^Illegal invocation$/],
      ['images that were taken away', () => {
        const taken = images.slice()
        structuredClone(taken.buffer, { transfer: [taken.buffer] })
        network().step(taken, labels, indices, 0.1)
      }, /^indices must be below 0, the number of examples/],
      ['use after disposal', () => {
        const disposed = network()
        disposed.dispose()
        disposed.step(images, labels, indices, 0.1)
      }, /^this Network was disposed of$/],
    ])('%s', (_, call, message) => {
      expect(call).toThrow(TypeError)
      expect(call).toThrow(message)
    })
  })

  it('leaves JavaScript its denormal numbers', () => {
    const network = new addon.Network(describeNetwork({}))
    network.step(smallBatch.images, smallBatch.labels, smallBatch.indices, 0.1)
    expect(Number.MIN_VALUE / 1).toBeGreaterThan(0)
    expect(2 ** -1040 * 3).toBe(3 * 2 ** -1040)
    network.dispose()
  })

  const onlyLayer = { outputs: 3, storage: 'dense', mask: undefined, weight: 'weight', bias: undefined, norm: undefined, affine: false, activation: undefined } as const

  function describeNetwork(changes: Partial<NetworkDescription>): NetworkDescription {
    return { instructionSet: sets[0]!, threads: 1, sharedWork: 4e6, batchSize: 2, inputs: 4, channels: [{ mean: 127, deviation: 70 }], layers: [onlyLayer], optimizer: 'sgd', own: {}, lambda: 0, step: 0, ...changes }
  }
})

const smallBatch = { images: Uint8Array.of(1, 2, 3, 4, 250, 3, 2, 1), labels: Uint8Array.of(0, 2), indices: Uint32Array.of(0, 1) }

/** Largest difference, relative to the largest value. */
function difference(a: Float32Array, b: Float32Array): number {
  const scale = a.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-3)
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0) / scale
}

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6D2B79F5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
