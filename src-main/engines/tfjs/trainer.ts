import type { NetworkState } from '@shared/runs/network-state'
import type { Evaluation, LayerNorms } from '@shared/runs/observation'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { Examples } from '../../datasets/examples'
import type { Network, Progress, Replica, Selection, Trainer, Training } from '../engine'
import type { ActivationFunction, Forward, Statistics } from './forward'
import type { Update } from './update'
import { setImmediate } from 'node:timers/promises'
import { optimizers } from '@shared/optimizers'
import { layerNorms } from '@shared/runs/observation'
import * as tf from '@tensorflow/tfjs'
import { batchInputs, batchLabels } from '../../datasets/examples'
import { blend } from './batch-norm'
import { evaluateLogits, meanCrossEntropy } from './cross-entropy'

const forwards = byName(import.meta.glob<Forward>('./architectures/*.ts', { eager: true, import: 'forward' }))
const activations = byName(import.meta.glob<ActivationFunction>('./activations/*.ts', { eager: true, import: 'default' }))
const updates = byName(import.meta.glob<Update>('./optimizers/*.ts', { eager: true, import: 'default' }))

function byName<T>(modules: Record<string, T>): ReadonlyMap<string, T> {
  return new Map(Object.entries(modules).map(([file, member]) => [file.split('/').at(-1)!.replace('.ts', ''), member]))
}

/** Examples a batch of an evaluation. */
const EVALUATION_BATCH = 500

/** Trains one network on TensorFlow.js's current backend, whose reads must be synchronous. */
export class TfjsTrainer implements Trainer {
  readonly #forward: Forward
  readonly #activation: ActivationFunction
  readonly #update: Update
  readonly #slotNames: readonly string[]
  #parameters: Record<string, Tensor> = {}
  #masks: Record<string, Tensor> = {}
  /** By parameter, in the order of the optimizer's slots. */
  #slots: Record<string, Tensor[]> = {}
  #buffers: Record<string, Tensor> = {}
  #step = 0
  #losses: number[] = []
  #firstNonFiniteStep: number | undefined

  constructor(
    private readonly network: Network,
    training: Training,
    private readonly replica: Replica,
    private readonly examples: Examples,
  ) {
    this.#forward = forwards.get(network.architecture)!
    this.#activation = activations.get(network.activation)!
    this.#update = updates.get(training.optimizer)!
    this.#slotNames = optimizers.get(training.optimizer).slots
    this.restore([replica.state])
  }

  step({ examples, rates }: { examples: Uint32Array, rates: readonly number[] }): void {
    if (this.#firstNonFiniteStep !== undefined)
      return
    this.#step++
    tf.tidy(() => {
      const seen: [string, Tensor][] = []
      const { loss, gradients } = this.#differentiate(examples, Object.keys(this.#parameters), {
        kind: 'batch',
        seen: (norm, mean, variance) => seen.push([`${norm}.running_mean`, tf.keep(mean)], [
          `${norm}.running_var`,
          tf.keep(variance),
        ]),
      })
      // A sum is finite only where every entry is.
      const [value, ...sums] = tf.stack([loss, ...Object.values(gradients).map(gradient => tf.sum(gradient))]).dataSync()
      if (Number.isFinite(value) && sums.every(Number.isFinite)) {
        this.#losses.push(value!)
        this.#apply(gradients, rates[0]!)
        for (const [name, statistic] of seen) {
          this.#replace(this.#buffers, name, blend(this.#buffers[name]!, statistic, name.endsWith('var')
            ? 'var'
            : 'mean', examples.length))
        }
      }
      else {
        this.#firstNonFiniteStep = this.#step
        this.#step--
      }
      tf.dispose(seen.map(([, statistic]) => statistic))
    })
  }

  async progress(): Promise<Progress[]> {
    const losses = this.#losses
    this.#losses = []
    const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length
    return [{ loss, ...this.#firstNonFiniteStep !== undefined && { firstNonFiniteStep: this.#firstNonFiniteStep } }]
  }

  async evaluate({ half, indices }: Selection): Promise<Evaluation[]> {
    const total = { correct: 0, count: 0, lossSum: 0 }
    for (let start = 0; start < indices.length; start += EVALUATION_BATCH) {
      const batch = indices.subarray(start, start + EVALUATION_BATCH)
      const logits = tf.tidy(() => this.#logits(this.#parameters, half, batch, { kind: 'running', buffers: this.#buffers }).dataSync<'float32'>())
      const { correct, count, lossSum } = evaluateLogits(logits, batchLabels(this.examples, half, batch), this.examples.classes)
      total.correct += correct
      total.count += count
      total.lossSum += lossSum
      await setImmediate()
    }
    return [total]
  }

  async norms({ chunks }: { chunks: readonly Uint32Array[] }): Promise<LayerNorms[][]> {
    const weights = this.#weightNames()
    const gradients = await this.#meanGradients(chunks, weights)
    const layers = weights.map((name, l) =>
      layerNorms(gradients[l]!, this.#parameters[name]!.dataSync(), this.#masks[name]?.dataSync(), this.replica.lambda))
    return [layers]
  }

  async gradients({ chunks, layer }: { chunks: readonly Uint32Array[], layer: number }): Promise<Float32Array[]> {
    return this.#meanGradients(chunks, [this.#weightNames()[layer]!])
  }

  async state(): Promise<NetworkState[]> {
    const read = (tensors: Readonly<Record<string, Tensor>>): Record<string, Float32Array> => mapValues(tensors, tensor => tensor.dataSync<'float32'>().slice())
    return [
      {
        parameters: read(this.#parameters),
        masks: mapValues(this.#masks, mask => Uint8Array.from(mask.dataSync())),
        slots: Object.fromEntries(this.#slotNames.map((slot, i) => [slot, read(mapValues(this.#slots, slots => slots[i]!))])),
        buffers: read(this.#buffers),
        step: this.#step,
      },
    ]
  }

  restore([state]: readonly NetworkState[]): void {
    this.dispose()
    const { parameters, masks, slots, buffers, step } = state!
    for (const { name, shape, role } of this.network.tensors) {
      if (role === 'buffer') {
        this.#buffers[name] = tf.tensor(buffers[name]!, [...shape])
        continue
      }
      this.#parameters[name] = tf.tensor(parameters[name]!, [...shape])
      this.#slots[name] = this.#slotNames.map(slot => slots[slot]
        ? tf.tensor(slots[slot][name]!, [...shape])
        : tf.zeros([...shape]))
      if (masks[name])
        this.#masks[name] = tf.tensor(Float32Array.from(masks[name]), [...shape])
    }
    this.#step = step
    this.#losses = []
    this.#firstNonFiniteStep = undefined
  }

  setMasks([masks]: readonly NetworkState['masks'][]): void {
    tf.dispose(this.#masks)
    this.#masks = {}
    for (const [name, mask] of Object.entries(masks!)) {
      const tensor = tf.tensor(Float32Array.from(mask), this.#parameters[name]!.shape)
      this.#masks[name] = tensor
      this.#replace(this.#parameters, name, tf.mul(this.#parameters[name]!, tensor))
      this.#replaceSlots(name, this.#slots[name]!.map(slot => tf.mul(slot, tensor)))
    }
  }

  dispose(): void {
    tf.dispose([this.#parameters, this.#masks, this.#slots, this.#buffers])
    this.#parameters = {}
    this.#masks = {}
    this.#slots = {}
    this.#buffers = {}
  }

  /** θ_1 .. θ_L */
  #weightNames(): string[] {
    return this.network.tensors.filter(({ role }) => role === 'weight').map(({ name }) => name)
  }

  /** Must run inside tidy. */
  #logits(parameters: Readonly<Record<string, Tensor>>, half: 'train' | 'test', indices: Uint32Array, statistics: Statistics): Tensor2D {
    const x = tf.tensor2d(batchInputs(this.examples, half, indices), [this.examples.inputs, indices.length])
    return this.#forward(this.network, parameters, x, this.#activation, statistics)
  }

  /** Mean loss on training examples and its gradients by the named parameters, masked entries included. Must run inside tidy. */
  #differentiate(indices: Uint32Array, names: readonly string[], statistics: Statistics): { loss: Tensor, gradients: Record<string, Tensor> } {
    const oneHot = tf.tensor2d(oneHotLabels(batchLabels(this.examples, 'train', indices), this.examples.classes), [this.examples.classes, indices.length])
    const { value, grads } = tf.valueAndGrads((...given: Tensor[]) => {
      const parameters = { ...this.#parameters, ...Object.fromEntries(names.map((name, i) => [name, given[i]!])) }
      return meanCrossEntropy(this.#logits(parameters, 'train', indices, statistics), oneHot)
    })(names.map(name => this.#parameters[name]!))
    return { loss: value, gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]!])) }
  }

  /** The gradient of the mean loss over all chunks together. */
  async #meanGradients(chunks: readonly Uint32Array[], names: readonly string[]): Promise<Float32Array[]> {
    const count = chunks.reduce((sum, { length }) => sum + length, 0)
    let total: Tensor[] | undefined
    for (const chunk of chunks) {
      const next: Tensor[] = tf.tidy(() => {
        const { gradients } = this.#differentiate(chunk, names, { kind: 'batch', seen: () => {} })
        const weighted = names.map(name => tf.mul(gradients[name]!, chunk.length / count))
        return total ? weighted.map((gradient, i) => tf.add(total![i]!, gradient)) : weighted
      })
      tf.dispose(total ?? [])
      total = next
      await setImmediate()
    }
    const values = total!.map(gradient => gradient.dataSync<'float32'>().slice())
    tf.dispose(total!)
    return values
  }

  /** Only active weights move: the masked gradient carries the penalty, so weights and slots stay zero outside the mask. */
  #apply(gradients: Readonly<Record<string, Tensor>>, rate: number): void {
    const { settings, lambda } = this.replica
    for (const { name, role } of this.network.tensors) {
      if (role === 'buffer')
        continue
      const parameter = this.#parameters[name]!
      const mask = this.#masks[name]
      const masked = mask ? tf.mul(gradients[name]!, mask) : gradients[name]!
      const gradient = role === 'weight' && lambda ? tf.add(masked, tf.mul(parameter, lambda)) : masked
      const next = this.#update({
        parameter,
        gradient,
        slots: this.#slots[name]!,
        rate,
        step: this.#step,
        settings,
      })
      this.#replace(this.#parameters, name, next.parameter)
      this.#replaceSlots(name, next.slots)
    }
  }

  #replace(tensors: Record<string, Tensor>, name: string, next: Tensor): void {
    tensors[name]!.dispose()
    tensors[name] = tf.keep(next)
  }

  #replaceSlots(name: string, next: readonly Tensor[]): void {
    tf.dispose(this.#slots[name]!)
    this.#slots[name] = next.map(slot => tf.keep(slot))
  }
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}

/** [classes, labels.length] */
function oneHotLabels(labels: Int32Array, classes: number): Float32Array {
  const out = new Float32Array(classes * labels.length)
  labels.forEach((label, e) => out[label * labels.length + e] = 1)
  return out
}
