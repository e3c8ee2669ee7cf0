/**
 * The networks of `src-shared/architectures/mlp` in plain float64 loops, the yardstick of every engine.
 * Itself held against PyTorch (torch/fixtures.json) and finite differences. Written to be read, not to be fast.
 */

import type { Evaluation, LayerNorms } from '@shared/runs/observation'
import { layerNorms } from '@shared/runs/observation'

export interface ReferenceNetwork {
  /** Inputs, hidden widths, classes. */
  readonly sizes: readonly number[]
  readonly batchNorm: boolean
  readonly activation: keyof typeof activations
}

/** Float64 values by PyTorch's names; weights are [out, in], row by row. */
export type Tensors = Record<string, Float64Array>

export interface Batch {
  /** [example][input], standardised. */
  readonly x: readonly (readonly number[])[]
  readonly y: readonly number[]
}

export interface Gradients {
  /** Mean cross-entropy of the batch, without the penalty. */
  readonly loss: number
  /** ∂loss/∂parameter at masked weights, masked entries included. */
  readonly gradients: Tensors
  /** Batch mean and biased variance of each normalised layer. */
  readonly statistics: readonly { mean: Float64Array, variance: Float64Array }[]
}

const EPSILON = 1e-5
const MOMENTUM = 0.1

export const activations = { relu: { f: (z: number) => Math.max(0, z), derivative: (z: number) => z > 0 ? 1 : 0 } }

/** Forward and backward of one batch; BatchNorm by the batch's own statistics. */
export function gradientsOf({ sizes, batchNorm, activation }: ReferenceNetwork, parameters: Tensors, { x, y }: Batch): Gradients {
  const { f, derivative } = activations[activation]
  const n = x.length
  const last = sizes.length - 2
  /** A[l][example]: the input of layer l. */
  const A: number[][][] = [x.map(row => [...row])]
  const Z: number[][][] = []
  const normalised: number[][][] = []
  const statistics: { mean: Float64Array, variance: Float64Array }[] = []
  for (let l = 0; l <= last; l++) {
    let z = A[l]!.map(a => linear(parameters, l, a))
    if (batchNorm && l < last) {
      const mean = perUnit(z, column => column.reduce((s, v) => s + v, 0) / n)
      const variance = perUnit(z, (column, u) => column.reduce((s, v) => s + (v - mean[u]!) ** 2, 0) / n)
      const hat = z.map(row => row.map((v, u) => (v - mean[u]!) / Math.sqrt(variance[u]! + EPSILON)))
      statistics.push({ mean, variance })
      normalised[l] = hat
      z = hat.map(row => scaleAndShift(parameters, l, row))
    }
    Z.push(z)
    A.push(l < last ? z.map(row => row.map(f)) : z)
  }
  const gradients: Tensors = Object.fromEntries(Object.entries(parameters).map(([name, values]) => [
    name,
    new Float64Array(values.length),
  ]))
  const probabilities = A[last + 1]!.map(softmax)
  const loss = probabilities.reduce((sum, p, i) => sum - p.logs[y[i]!]!, 0) / n
  let DZ = probabilities.map((p, i) => p.values.map((v, c) => (v - (c === y[i] ? 1 : 0)) / n))
  for (let l = last; l >= 0; l--) {
    if (batchNorm && l < last)
      DZ = throughBatchNorm(parameters, gradients, l, DZ, normalised[l]!, statistics[l]!.variance)
    const W = parameters[`layers.${l}.weight`]!
    const DW = gradients[`layers.${l}.weight`]!
    const Db = gradients[`layers.${l}.bias`]
    const inputs = sizes[l]!
    const DA = A[l]!.map(row => row.map(() => 0))
    DZ.forEach((row, i) => row.forEach((d, o) => {
      if (Db)
        Db[o]! += d
      for (let j = 0; j < inputs; j++) {
        DW[o * inputs + j]! += d * A[l]![i]![j]!
        DA[i]![j]! += d * W[o * inputs + j]!
      }
    }))
    if (l > 0)
      DZ = DA.map((row, i) => row.map((d, u) => d * derivative(Z[l - 1]![i]![u]!)))
  }
  return { loss, gradients, statistics }
}

/** Ioffe, Szegedy 2015, the backward equations of algorithm 1. */
function throughBatchNorm(parameters: Tensors, gradients: Tensors, l: number, DY: number[][], hat: number[][], variance: Float64Array): number[][] {
  const gamma = parameters[`norms.${l}.weight`]
  const n = DY.length
  const dGamma = perUnit(DY, (column, u) => column.reduce((s, d, i) => s + d * hat[i]![u]!, 0))
  const dBeta = perUnit(DY, column => column.reduce((s, d) => s + d, 0))
  if (gamma) {
    gradients[`norms.${l}.weight`] = dGamma
    gradients[`norms.${l}.bias`] = dBeta
  }
  return DY.map((row, i) => row.map((d, u) =>
    (gamma?.[u] ?? 1) / Math.sqrt(variance[u]! + EPSILON) * (d - dBeta[u]! / n - hat[i]![u]! * dGamma[u]! / n)))
}

function linear(parameters: Tensors, l: number, a: readonly number[]): number[] {
  const W = parameters[`layers.${l}.weight`]!
  const b = parameters[`layers.${l}.bias`]
  return Array.from({ length: W.length / a.length }, (_, o) =>
    a.reduce((sum, v, j) => sum + W[o * a.length + j]! * v, b?.[o] ?? 0))
}

function scaleAndShift(parameters: Tensors, l: number, row: readonly number[]): number[] {
  const scale = parameters[`norms.${l}.weight`]
  const shift = parameters[`norms.${l}.bias`]
  return row.map((v, u) => v * (scale?.[u] ?? 1) + (shift?.[u] ?? 0))
}

function perUnit(rows: readonly (readonly number[])[], of: (column: number[], unit: number) => number): Float64Array {
  return Float64Array.from(rows[0]!, (_, u) => of(rows.map(row => row[u]!), u))
}

function softmax(logits: readonly number[]): { values: number[], logs: number[] } {
  const top = Math.max(...logits)
  const logSum = top + Math.log(logits.reduce((sum, z) => sum + Math.exp(z - top), 0))
  const logs = logits.map(z => z - logSum)
  return { logs, values: logs.map(Math.exp) }
}

/** Evaluation mode: BatchNorm by running statistics. */
export function evaluate({ sizes, batchNorm, activation }: ReferenceNetwork, parameters: Tensors, buffers: Tensors, { x, y }: Batch): Evaluation {
  const last = sizes.length - 2
  let correct = 0
  let lossSum = 0
  x.forEach((row, i) => {
    let a = [...row]
    for (let l = 0; l <= last; l++) {
      a = linear(parameters, l, a)
      if (l === last)
        break
      if (batchNorm)
        a = scaleAndShift(parameters, l, a.map((v, u) => (v - buffers[`norms.${l}.running_mean`]![u]!) / Math.sqrt(buffers[`norms.${l}.running_var`]![u]! + EPSILON)))
      a = a.map(activations[activation].f)
    }
    lossSum -= softmax(a).logs[y[i]!]!
    correct += a.indexOf(Math.max(...a)) === y[i] ? 1 : 0
  })
  return { correct, count: x.length, lossSum }
}

/** Norms over a probe given as chunks: C is the mean loss over all of it, BatchNorm by each chunk's statistics. */
export function normsOf(network: ReferenceNetwork, parameters: Tensors, masks: Record<string, Uint8Array>, chunks: readonly Batch[], lambda: number): LayerNorms[] {
  const gradients = meanGradients(network, parameters, chunks)
  return network.sizes.slice(1).map((_, l) => {
    const name = `layers.${l}.weight`
    return layerNorms(gradients[name]!, parameters[name]!, masks[name], lambda)
  })
}

export function meanGradients(network: ReferenceNetwork, parameters: Tensors, chunks: readonly Batch[]): Tensors {
  const count = chunks.reduce((sum, { y }) => sum + y.length, 0)
  const total: Tensors = Object.fromEntries(Object.entries(parameters).map(([name, values]) => [
    name,
    new Float64Array(values.length),
  ]))
  for (const chunk of chunks) {
    const { gradients } = gradientsOf(network, parameters, chunk)
    for (const [name, values] of Object.entries(gradients))
      values.forEach((g, i) => total[name]![i]! += g * chunk.y.length / count)
  }
  return total
}

export interface TrainingState {
  readonly parameters: Tensors
  readonly buffers: Tensors
  readonly slots: Record<string, Tensors>
  step: number
}

/** PyTorch's update rules, on float64. */
const optimizers: Record<string, (state: TrainingState, name: string, gradient: Float64Array, rate: number, own: Record<string, number>) => void> = {
  sgd({ parameters }, name, gradient, rate) {
    gradient.forEach((g, i) => parameters[name]![i]! -= rate * g)
  },
  momentum(state, name, gradient, rate, { momentum = 0.9 }) {
    const buffer = slot(state, 'momentum_buffer', name)
    gradient.forEach((g, i) => {
      buffer[i] = momentum * buffer[i]! + g
      state.parameters[name]![i]! -= rate * buffer[i]!
    })
  },
  adam(state, name, gradient, rate, { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }) {
    const m = slot(state, 'exp_avg', name)
    const v = slot(state, 'exp_avg_sq', name)
    gradient.forEach((g, i) => {
      m[i] = beta1 * m[i]! + (1 - beta1) * g
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g
      state.parameters[name]![i]! -= rate * m[i]! / (1 - beta1 ** state.step) / (Math.sqrt(v[i]! / (1 - beta2 ** state.step)) + epsilon)
    })
  },
}

function slot(state: TrainingState, slot: string, name: string): Float64Array {
  const ofSlot = state.slots[slot] ??= {}
  return ofSlot[name] ??= new Float64Array(state.parameters[name]!.length)
}

export interface Rule {
  readonly optimizer: string
  readonly own?: Record<string, number>
  readonly lambda: number
}

/** One optimizer step on one batch; returns the loss before it. */
export function step(network: ReferenceNetwork, state: TrainingState, masks: Record<string, Uint8Array>, batch: Batch, rate: number, { optimizer, own = {}, lambda }: Rule): number {
  const { loss, gradients, statistics } = gradientsOf(network, state.parameters, batch)
  const n = batch.y.length
  state.step++
  for (const [name, gradient] of Object.entries(gradients)) {
    const weight = /^layers\.\d+\.weight$/.test(name)
    const mask = masks[name]
    const applied = gradient.map((g, i) => mask && !mask[i]
      ? 0
      : g + (weight ? lambda * state.parameters[name]![i]! : 0))
    optimizers[optimizer]!(state, name, applied, rate, own)
  }
  statistics.forEach(({ mean, variance }, l) => {
    const blend = (running: Float64Array, now: Float64Array, factor: number): void =>
      running.forEach((v, u) => running[u] = (1 - MOMENTUM) * v + MOMENTUM * factor * now[u]!)
    blend(state.buffers[`norms.${l}.running_mean`]!, mean, 1)
    blend(state.buffers[`norms.${l}.running_var`]!, variance, n / (n - 1))
  })
  return loss
}
