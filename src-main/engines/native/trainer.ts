import type { NetworkState } from '@shared/runs/network-state'
import type { Evaluation, LayerNorms, Norms } from '@shared/runs/observation'
import type { Examples } from '../../datasets/examples'
import type { Network, Progress, Replica, Selection, Trainer, Training } from '../engine'
import type { Addon, LayerDescription, NativeNetwork, NetworkDescription, Storage } from './addon'
import type { NativeSettings } from './settings'
import { setImmediate } from 'node:timers/promises'
import { optimizers } from '@shared/optimizers'

/** Examples a call of an evaluation: between calls, messages come in. */
const EVALUATION_PART = 1024

/** The slot of a tensor that is the tensor itself. */
const VALUE = -1

/** Trains one network; the executor behind it is compiled anew for each state, since its layout follows the masks. */
export class NativeTrainer implements Trainer {
  readonly #slotNames: readonly string[]
  #masks: NetworkState['masks'] = {}
  /** Ones of each mask. */
  #ones: Readonly<Record<string, number>> = {}
  #native: NativeNetwork | undefined

  constructor(
    private readonly addon: Addon,
    private readonly settings: NativeSettings,
    private readonly network: Network,
    private readonly training: Training,
    private readonly replica: Replica,
    private readonly examples: Examples,
  ) {
    this.#slotNames = optimizers.get(training.optimizer).slots
    this.restore([replica.state])
  }

  step({ examples, rates }: { examples: Uint32Array, rates: readonly number[] }): void {
    const { images, labels } = this.examples.train
    this.#open.step(images, labels, examples, rates[0]!)
  }

  async progress(): Promise<Progress[]> {
    const [lossSum, steps, firstNonFiniteStep] = this.#open.progress()
    return [{ loss: lossSum / steps, ...firstNonFiniteStep && { firstNonFiniteStep } }]
  }

  async evaluate({ half, indices }: Selection): Promise<Evaluation[]> {
    const { images, labels } = this.examples[half]
    const total = { correct: 0, count: indices.length, lossSum: 0 }
    for (let start = 0; start < indices.length; start += EVALUATION_PART) {
      const [correct, lossSum] = this.#open.evaluate(images, labels, indices.subarray(start, start + EVALUATION_PART))
      total.correct += correct
      total.lossSum += lossSum
      await setImmediate()
    }
    return [total]
  }

  async norms({ chunks }: { chunks: readonly Uint32Array[] }): Promise<LayerNorms[][]> {
    const { images, labels } = this.examples.train
    const layers = this.#open.norms(images, labels, ...inOneArray(chunks))
    return [layers.map((sums, l) => this.#layerNorms(sums, l))]
  }

  async gradients({ chunks, layer }: { chunks: readonly Uint32Array[], layer: number }): Promise<Float32Array[]> {
    const { images, labels } = this.examples.train
    return [this.#open.gradient(images, labels, ...inOneArray(chunks), layer)]
  }

  async state(): Promise<NetworkState[]> {
    return [this.#state()]
  }

  restore([state]: readonly NetworkState[]): void {
    const { parameters, masks, slots, buffers, step } = state!
    this.dispose()
    this.#masks = masks
    this.#ones = Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, countOnes(mask)]))
    const native = new this.addon.Network(this.#describe(step))
    this.#native = native
    for (const { name, role } of this.network.tensors) {
      if (role === 'buffer') {
        native.write(name, VALUE, buffers[name]!)
        continue
      }
      native.write(name, VALUE, parameters[name]!)
      this.#slotNames.forEach((slotName, slot) => slots[slotName] && native.write(name, slot, slots[slotName][name]!))
    }
  }

  setMasks([masks]: readonly NetworkState['masks'][]): void {
    this.restore([{ ...this.#state(), masks: masks! }])
  }

  dispose(): void {
    this.#native?.dispose()
    this.#native = undefined
  }

  /** @throws TypeError after `dispose` */
  get #open(): NativeNetwork {
    if (!this.#native)
      throw new TypeError('the trainer was disposed of')
    return this.#native
  }

  #state(): NetworkState {
    const read = (isBuffer: boolean, slot = VALUE): Record<string, Float32Array> => Object.fromEntries(this.network.tensors
      .filter(({ role }) => (role === 'buffer') === isBuffer)
      .map(({ name }) => [name, this.#open.read(name, slot)]))
    return {
      parameters: read(false),
      masks: Object.fromEntries(Object.entries(this.#masks).map(([name, mask]) => [name, mask.slice()])),
      slots: Object.fromEntries(this.#slotNames.map((name, slot) => [name, read(false, slot)])),
      buffers: read(true),
      step: this.#open.stepsTaken(),
    }
  }

  #describe(step: number): NetworkDescription {
    const { replica: { settings, lambda }, training: { optimizer, batchSize }, examples } = this
    const { instructionSet, threads, sharedWork } = this.settings
    const own = Object.keys(optimizers.get(optimizer).parameters ?? {}).map(name => [name, settings[`training.${optimizer}.${name}`] as number])
    return {
      instructionSet,
      threads,
      sharedWork,
      batchSize,
      inputs: examples.inputs,
      channels: examples.standardisation,
      layers: this.network.layers.map((_, l) => this.#describeLayer(l)),
      optimizer,
      own: Object.fromEntries(own),
      lambda,
      step,
    }
  }

  #describeLayer(l: number): LayerDescription {
    const { activation, batchNorm, layers, tensors } = this.network
    const { name, outputs } = layers[l]!
    const isLast = l === layers.length - 1
    const weight = `${name}.weight`
    const named = (wanted: string): string | undefined => tensors.find(tensor => tensor.name === wanted)?.name
    const norm = batchNorm && !isLast ? `norms.${l}` : undefined
    return {
      outputs,
      storage: this.#storageOf(weight),
      mask: this.#masks[weight],
      weight,
      bias: named(`${name}.bias`),
      norm,
      affine: norm !== undefined && named(`${norm}.weight`) !== undefined,
      activation: isLast ? undefined : activation,
    }
  }

  #storageOf(weight: string): Storage {
    const mask = this.#masks[weight]
    if (!mask)
      return 'dense'
    return this.#ones[weight]! <= this.settings.sparseDensity * mask.length ? 'sparse' : 'masked'
  }

  #layerNorms(sums: readonly number[], l: number): LayerNorms {
    const { lambda } = this.replica
    const { name, inputs, outputs } = this.network.layers[l]!
    const norms = (i: number): Norms => ({ l1: sums[2 * i]!, l2: Math.sqrt(sums[2 * i + 1]!) })
    return {
      gradient: norms(0),
      activeGradient: norms(1),
      ...lambda && { penalisedGradient: norms(2), penalisedActiveGradient: norms(3) },
      weights: norms(4).l2,
      activeWeights: this.#ones[`${name}.weight`] ?? inputs * outputs,
    }
  }
}

function countOnes(mask: Uint8Array): number {
  let ones = 0
  for (let i = 0; i < mask.length; i++)
    ones += mask[i]!
  return ones
}

/** Chunks one after the other, as the addon takes them. */
function inOneArray(chunks: readonly Uint32Array[]): [indices: Uint32Array, sizes: Uint32Array] {
  return [Uint32Array.from(chunks.flatMap(chunk => [...chunk])), Uint32Array.from(chunks, ({ length }) => length)]
}
