/**
 * One suite for every engine and every member: what an engine trains is held against the float64 reference.
 * A new optimizer, activation or engine is tested here without anyone listing it.
 */

import type { RunSpecification } from '@shared/plan/specification'
import type { NetworkState } from '@shared/runs/network-state'
import type { Examples } from '../../src-main/datasets/examples'
import type { OpenEngine, Trainer } from '../../src-main/engines/engine'
import type { Batch, ReferenceNetwork, Tensors, TrainingState } from '../reference/network'
import { activations } from '@shared/activations'
import { optimizers } from '@shared/optimizers'
import { probeChunks } from '@shared/plan/splits'
import { Draws } from '@shared/random/stream'
import { initialState } from '@shared/runs/network-state'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../src-main/datasets'
import { batchInputs, batchLabels, examplesOf } from '../../src-main/datasets/examples'
import { engines } from '../../src-main/engines'
import { compileRun } from '../../src-main/engines/compile'
import { planRuns } from '../plans'
import { evaluate, meanGradients, normsOf, step } from '../reference/network'
import { cases } from '../seed'

const available = (await Promise.all(engines.members.map(async engine => ({ engine, availability: await engine.availability() }))))
  .flatMap(({ engine, availability }) => availability.kind === 'available'
    ? [undefined, ...engine.variants?.() ?? []].map(settings => ({ engine, settings, name: settings ? `${engine.id} ${JSON.stringify(settings)}` : engine.id }))
    : [])

/** How near an engine must be to the reference. */
interface Tolerance {
  /** Of gradients and their norms, relative to the largest. */
  readonly gradients: number
  /** What is smaller is held as if it were so large. */
  readonly floor: number
  /** Whether the norm of an active part is held by that of the whole: it may cancel where the whole does not. */
  readonly cancels: boolean
}

const strict: Tolerance = { gradients: 1e-5, floor: 1e-6, cancels: false }
/** For shapes that nobody chose: some of their numbers are differences of numbers near 1. */
const random: Tolerance = { gradients: 1e-5, floor: 1e-3, cancels: true }
/** There a unit with one input has a gradient that cancels; its layer's others may not be much larger. */
const randomNorm: Tolerance = { ...random, gradients: 1e-4 }

/** Largest difference, relative to the largest expected value. */
function relative(actual: ArrayLike<number>, expected: Float64Array, floor = strict.floor): number {
  const scale = expected.reduce((top, value) => Math.max(top, Math.abs(value)), floor)
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(value - actual[i]!)), 0) / scale
}

function float64(tensors: Readonly<Record<string, Float32Array>>): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, values]) => [name, Float64Array.from(values)]))
}

/** One run, and what the reference makes of it from the same state and the same bytes. */
async function prepare(run: RunSpecification, engine: OpenEngine) {
  const examples = examplesOf(await loadDataset('synthetic', run.settings), run)
  const initial = initialState(run)
  const trainer = await compileRun(engine, run, initial, examples)
  const network = networkOf(run, examples)
  const state: TrainingState = { parameters: float64(initial.parameters), buffers: float64(initial.buffers), slots: {}, step: 0 }
  return {
    run,
    examples,
    initial,
    trainer,
    network,
    state,
  }
}

function networkOf({ settings, widths }: RunSpecification, { inputs, classes }: Examples): ReferenceNetwork {
  return {
    sizes: [inputs, ...widths, classes],
    batchNorm: settings['network.batchNorm'],
    activation: settings['network.activation'] as ReferenceNetwork['activation'],
  }
}

/** Standardised in float64, not by the code under test. */
function batch(examples: Examples, half: 'train' | 'test', indices: Uint32Array): Batch {
  const { images, labels } = examples[half]
  const { mean, deviation } = examples.standardisation[0]!
  return {
    x: Array.from(indices, e => Array.from(images.subarray(e * examples.inputs, (e + 1) * examples.inputs), pixel => (pixel - mean) / deviation)),
    y: Array.from(indices, e => labels[e]!),
  }
}

/** Batches of the first epoch's size, a short last one included, over and over. */
function* batches(examples: Examples, size: number, steps: number): Generator<Uint32Array> {
  const { train } = examples.splits
  for (let taken = 0, start = 0; taken < steps; taken++, start = start + size >= train.length
    ? 0
    : start + size)
    yield train.slice(start, start + size)
}

function expectMasked(state: NetworkState): void {
  for (const [name, mask] of Object.entries(state.masks)) {
    for (const tensor of [state.parameters[name]!, ...Object.values(state.slots).map(slot => slot[name]!)])
      expect(tensor.every((value, i) => mask[i] || value === 0), `${name} is zero outside its mask`).toBe(true)
  }
}

describe.each(available)('engine $name', ({ engine, settings }) => {
  let open: OpenEngine
  beforeAll(async () => {
    open = await engine.open(settings)
  })

  describe.each(optimizers.ids)('optimizer %s', optimizer =>
    describe.each(activations.ids)('activation %s', activation =>
      it.each([
        { batchNorm: false, l2: false },
        { batchNorm: true, l2: false },
        { batchNorm: false, l2: true },
        { batchNorm: true, l2: true },
      ])('batchNorm $batchNorm, L2 $l2: both sides as the reference', async ({ batchNorm, l2 }) => {
        const set = {
          'training.optimizer': optimizer,
          'training.learningRate': optimizer === 'adam' ? 0.001 : 0.05,
          'network.activation': activation,
          'network.batchNorm': batchNorm,
          'training.l2': l2,
          'training.lambda': 0.01,
        }
        for (const run of planRuns(set, [5]))
          await holdAgainstReference(run, open)
      })))

  it.each(optimizers.ids.filter(id => optimizers.get(id).parameters))('optimizer %s with other values of its own parameters as the reference, and each has its effect', async (optimizer) => {
    const own = Object.entries(optimizers.get(optimizer).parameters!).map(([name, parameter]) => ({ path: `training.${optimizer}.${name}`, ...parameter }))
    const set = {
      'training.optimizer': optimizer,
      'training.learningRate': 0.02,
      ...Object.fromEntries(own.map(parameter => [parameter.path, awayFromDefault(parameter)])),
    }
    for (const run of planRuns(set, [5])) {
      const { parameters } = await holdAgainstReference(run, open)
      for (const { path, default: value } of own) {
        const usual = await holdAgainstReference({ ...run, settings: { ...run.settings, [path]: value } }, open)
        expect(relative(usual.parameters['layers.1.weight']!, Float64Array.from(parameters['layers.1.weight']!)), `effect of ${path}`).toBeGreaterThan(100 * 2e-5)
      }
    }
  })

  it('random shapes, densities and batch sizes as the reference', async () => {
    await fc.assert(fc.asyncProperty(fc.record({
      width: fc.integer({ min: 1, max: 12 }),
      hiddenLayers: fc.integer({ min: 1, max: 4 }),
      batchSize: fc.integer({ min: 1, max: 70 }),
      batchNorm: fc.boolean(),
      bias: fc.boolean(),
      affine: fc.boolean(),
    // Of a few examples, or of a unit with one input, BatchNorm cancels the gradients whatever they are: what is left is rounding.
    }).filter(({ width, batchNorm, batchSize }) => !batchNorm || (width > 1 && batchSize >= 8 && (60 % batchSize === 0 || 60 % batchSize >= 8))), async ({ width, hiddenLayers, batchSize, batchNorm, bias, affine }) => {
      const set = {
        'network.mlp.hiddenLayers': hiddenLayers,
        'training.batchSize': batchSize,
        'training.learningRate': 0.02,
        'network.batchNorm': batchNorm,
        'network.bias': bias,
        'network.affine': affine,
      }
      const runs = planRuns(set, [width])
      for (const run of runs)
        fc.pre(await isWellConditioned(run))
      for (const run of runs)
        await holdAgainstReference(run, open, batchNorm ? randomNorm : random)
    }), cases(25))
  })

  it('large batches, and wide layers, as the reference', async () => {
    const set = { 'data.synthetic.train': 330, 'training.batchSize': 150, 'network.batchNorm': true, 'network.mlp.hiddenLayers': 2, 'network.maximumWidth': 80, 'training.learningRate': 0.02 }
    for (const run of planRuns(set, [17]))
      await holdAgainstReference(run, open)
  })

  it('goes on from a state as if it had never been saved, bit for bit', async () => {
    const [, run] = planRuns({ 'training.optimizer': 'adam', 'network.batchNorm': true }, [5])
    const { trainer, examples, initial } = await prepare(run!, open)
    const all = [...batches(examples, 16, 8)]
    for (const indices of all) {
      trainer.step({ examples: indices, rates: [0.01] })
    }
    const [uninterrupted] = await trainer.state()
    trainer.restore([initial])
    for (const indices of all.slice(0, 4)) {
      trainer.step({ examples: indices, rates: [0.01] })
    }
    const [half] = await trainer.state()
    const second = await compileRun(open, run!, half!, examples)
    for (const indices of all.slice(4)) {
      second.step({ examples: indices, rates: [0.01] })
    }
    const [resumed] = await second.state()
    expect(resumed).toEqual(uninterrupted)
    trainer.dispose()
    second.dispose()
  })

  it('goes on from the state of every other, and back, unchanged', async () => {
    for (const run of planRuns({ 'training.optimizer': 'adam', 'network.batchNorm': true }, [5])) {
      for (const other of available.filter(({ engine: { id } }) => id !== engine.id)) {
        const { trainer, examples } = await prepare(run, await other.engine.open(other.settings))
        for (const indices of batches(examples, 16, 3))
          trainer.step({ examples: indices, rates: [0.01] })
        const [theirs] = await trainer.state()
        const ours = await compileRun(open, run, theirs!, examples)
        expect((await ours.state())[0]).toEqual(theirs)
        ours.dispose()
        trainer.dispose()
      }
    }
  })

  it('takes new masks: weights and slots outside them become zero', async () => {
    const [, run] = planRuns({ 'training.optimizer': 'momentum' }, [5])
    const { trainer, examples } = await prepare(run!, open)
    for (const indices of batches(examples, 16, 3)) {
      trainer.step({ examples: indices, rates: [0.05] })
    }
    const [before] = await trainer.state()
    const flipped = Object.fromEntries(Object.entries(before!.masks).map(([name, mask]) => [name, mask.map(bit => 1 - bit)]))
    trainer.setMasks([flipped])
    const [after] = await trainer.state()
    expect(after!.masks).toEqual(flipped)
    expectMasked(after!)
    trainer.step({ examples: examples.splits.train.slice(0, 16), rates: [0.05] })
    expectMasked((await trainer.state())[0]!)
    trainer.dispose()
  })

  it('freezes at the first step that is not finite and says which', async () => {
    const [run] = planRuns({}, [5])
    const { trainer, examples } = await prepare(run!, open)
    const indices = examples.splits.train.slice(0, 16)
    trainer.step({ examples: indices, rates: [0.01] })
    trainer.step({ examples: indices, rates: [1e30] })
    const [finite] = await trainer.state()
    trainer.step({ examples: indices, rates: [0.01] })
    trainer.step({ examples: indices, rates: [0.01] })
    const [progress] = await trainer.progress()
    expect(progress!.firstNonFiniteStep).toBe(3)
    expect(progress!.loss).toSatisfy(Number.isFinite)
    expect((await trainer.state())[0]).toEqual(finite)
    trainer.dispose()
  })
})

/** Half the default; what is next to nothing (Adam's ε) becomes large enough to be felt. */
function awayFromDefault({ path, default: value }: { path: string, default: unknown }): number {
  if (typeof value !== 'number')
    throw new TypeError(`${path} is no number: say here which other value to try`)
  return value < 1e-3 ? 0.01 : value / 2
}

/**
 * Whether float32 can hold what the run computes: BatchNorm of a few examples nearly cancels their gradients, and a ReLU
 * whose input is next to zero may be on either side. Then the reference itself goes elsewhere where weights and inputs
 * differ by a rounding.
 */
async function isWellConditioned(run: RunSpecification): Promise<boolean> {
  const examples = examplesOf(await loadDataset('synthetic', run.settings), run)
  const initial = initialState(run)
  const network = networkOf(run, examples)
  const size = run.settings['training.batchSize']
  const [exact, rounded] = [0, 2 ** -24].map((rounding): Tensors => {
    const draws = new Draws([1, 2])
    const rounded = (value: number): number => value * (1 + (draws.uniform() < 0.5 ? rounding : -rounding))
    const roundedBatch = (indices: Uint32Array): Batch => {
      const { x, y } = batch(examples, 'train', indices)
      return { x: x.map(row => row.map(rounded)), y }
    }
    const chunks = probeChunks(examples.splits.probe, size).map(roundedBatch)
    const state: TrainingState = {
      parameters: Object.fromEntries(Object.entries(initial.parameters).map(([name, values]) => [name, Float64Array.from(values, rounded)])),
      buffers: float64(initial.buffers),
      slots: {},
      step: 0,
    }
    const before = meanGradients(network, state.parameters, chunks)
    for (const indices of batches(examples, size, 10))
      step(network, state, initial.masks, roundedBatch(indices), run.settings['training.learningRate'], { optimizer: run.settings['training.optimizer'], own: {}, lambda: 0 })
    const after = meanGradients(network, state.parameters, chunks)
    return { ...state.parameters, ...renamed(before, 'before'), ...renamed(after, 'after') }
  }) as [Tensors, Tensors]
  return Object.entries(exact).every(([name, values]) => relative(rounded[name]!, values, random.floor) < 5e-7)
}

function renamed(tensors: Tensors, prefix: string): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, values]) => [`${prefix} ${name}`, values]))
}

/** Returns what the engine trained. */
async function holdAgainstReference(run: RunSpecification, engine: OpenEngine, tolerance = strict): Promise<NetworkState> {
  const { trainer, examples, initial, network, state } = await prepare(run, engine)
  const { settings } = run
  const lambda = settings['training.l2'] ? settings['training.lambda'] : 0
  const chunks = probeChunks(examples.splits.probe, settings['training.batchSize'])
  const referenceChunks = chunks.map(chunk => batch(examples, 'train', chunk))

  await holdFlow(trainer, network, state, initial.masks, chunks, referenceChunks, lambda, tolerance)

  const optimizer = settings['training.optimizer']
  const own = Object.fromEntries(Object.keys(optimizers.get(optimizer).parameters ?? {}).map(name => [name, settings[`training.${optimizer}.${name}`] as number]))
  const adam = optimizer === 'adam'
  // A ReLU that flips parts the weights that Adam divides by tiny second moments, unless ε is large.
  const loose = adam && own.epsilon! < 1e-3
  let loss = 0
  let steps = 0
  for (const indices of batches(examples, settings['training.batchSize'], adam ? 3 : 10)) {
    const rate = settings['training.learningRate']
    trainer.step({ examples: indices, rates: [rate] })
    loss += step(network, state, initial.masks, batch(examples, 'train', indices), rate, { optimizer, own, lambda })
    steps++
  }
  const [progress] = await trainer.progress()
  expect(progress!.loss).toBeCloseTo(loss / steps, 4)
  const [trained] = await trainer.state()
  expect(trained!.step).toBe(steps)
  expectMasked(trained!)
  for (const [name, values] of Object.entries(state.parameters))
    expect(relative(trained!.parameters[name]!, values, tolerance.floor), name).toBeLessThan(loose ? 5e-3 : optimizer === 'sgd' ? 1e-5 : 2e-5)
  for (const [name, values] of Object.entries(state.buffers))
    expect(relative(trained!.buffers[name]!, values, tolerance.floor), name).toBeLessThan(loose ? 1e-3 : 2e-5)
  for (const [slot, tensors] of Object.entries(state.slots)) {
    for (const [name, values] of Object.entries(tensors))
      expect(relative(trained!.slots[slot]![name]!, values, tolerance.floor), `${slot} ${name}`).toBeLessThan(loose ? 5e-2 : 2e-5)
  }

  // From the engine's own state, so that differences do not add up.
  const now = { parameters: float64(trained!.parameters), buffers: float64(trained!.buffers) }
  await holdFlow(trainer, network, { ...now, slots: {}, step: 0 }, initial.masks, chunks, referenceChunks, lambda, tolerance)
  const indices = Uint32Array.from(examples.test.labels, (_, i) => i)
  const [evaluation] = await trainer.evaluate({ half: 'test', indices })
  const expected = evaluate(network, now.parameters, now.buffers, batch(examples, 'test', indices))
  expect(evaluation!.lossSum / evaluation!.count).toBeCloseTo(expected.lossSum / expected.count, 4)
  expect(evaluation!.count).toBe(expected.count)
  expect(Math.abs(evaluation!.correct - expected.correct), 'correct answers (a tie may fall either way)').toBeLessThanOrEqual(1)
  trainer.dispose()
  return trained!
}

async function holdFlow(trainer: Trainer, network: ReferenceNetwork, { parameters }: TrainingState, masks: NetworkState['masks'], chunks: Uint32Array[], referenceChunks: Batch[], lambda: number, tolerance: Tolerance): Promise<void> {
  const expected = meanGradients(network, parameters, referenceChunks)
  const norms = normsOf(network, parameters, masks, referenceChunks, lambda)
  const [actual] = await trainer.norms({ chunks })
  for (const [l, ofLayer] of norms.entries()) {
    const [gradient] = await trainer.gradients({ chunks, layer: l })
    expect(relative(gradient!, expected[`layers.${l}.weight`]!, tolerance.floor), `gradient of layer ${l}`).toBeLessThan(tolerance.gradients)
    const within = (value: number, whole: number): unknown => closeTo(value, tolerance.cancels ? whole : value, tolerance.gradients)
    for (const [name, value] of Object.entries(ofLayer) as [keyof typeof ofLayer, number | { l1: number, l2: number }][]) {
      expect(actual![l]![name]).toEqual(typeof value === 'number'
        ? within(value, value)
        : { l1: within(value.l1, ofLayer.gradient.l1), l2: within(value.l2, ofLayer.gradient.l2) })
    }
    expect(Object.keys(actual![l]!).sort()).toEqual(Object.keys(ofLayer).sort())
  }
}

function closeTo(value: number, scale: number, tolerance: number): unknown {
  return expect.toSatisfy((actual: number) => Math.abs(actual - value) <= tolerance * Math.max(Math.abs(scale), 1e-3), `within ${tolerance} of ${value}`)
}

describe('standardised batches', () => {
  it('are feature-major and labelled', async () => {
    const [run] = planRuns({}, [5])
    const examples = examplesOf(await loadDataset('synthetic', run!.settings), run!)
    const indices = Uint32Array.of(3, 0, 7)
    const { x, y } = batch(examples, 'train', indices)
    const inputs = batchInputs(examples, 'train', indices)
    x.forEach((row, e) => row.forEach((value, i) => expect(inputs[i * 3 + e]).toBeCloseTo(value, 5)))
    expect([...batchLabels(examples, 'train', indices)]).toEqual(y)
  })
})
