import type { RunSpecification } from '@shared/plan/specification'
import { optimizers } from '@shared/optimizers'

/** What WebAssembly can address. */
const WASM_BYTES = 2 ** 32

/** Temporary tensors of the largest layer's size at once: its transpose, its masked gradient, terms of the update. */
const TEMPORARIES = 4

/** Of each layer's units a batch: what goes in, its activation, and the gradients of both. */
const ACTIVATIONS = 4

/** Bytes that a run's training has at once: weights, masks, gradients, slots, a batch's activations, and what a step needs beside them. */
export function trainingBytes({ settings, layers, trainExamples }: RunSpecification): number {
  const batch = Math.min(settings['training.batchSize'], trainExamples)
  const units = layers.reduce((sum, { inputs }) => sum + inputs, 0)
  const weights = layers.map(({ inputs, outputs }) => inputs * outputs)
  const { slots } = optimizers.get(settings['training.optimizer'])
  const copies = 3 + slots.length
  return 4 * (copies * weights.reduce((sum, n) => sum + n, 0) + TEMPORARIES * Math.max(...weights) + ACTIVATIONS * batch * units)
}

/** A sentence where a run does not fit into WebAssembly's memory. */
export function tooLarge(run: RunSpecification): string[] {
  const bytes = trainingBytes(run)
  return bytes > WASM_BYTES
    ? [`the engine 'wasm' has ${gigabytes(WASM_BYTES)} GB of memory, and a network of widths ${run.widths.join(' x ')} with batches of ${run.settings['training.batchSize']} needs about ${gigabytes(bytes)} GB: choose smaller ones`]
    : []
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1)
}
