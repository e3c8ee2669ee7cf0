import type { RunSpecification } from '@shared/plan/specification'
import { optimizers } from '@shared/optimizers'

/** What WebAssembly can address. */
const WASM_BYTES = 2 ** 32

/** Temporary tensors of the largest layer's size at once: its transpose, its masked gradient, terms of the update. */
const TEMPORARIES = 4

/** Bytes that a run's training has at once: weights, masks, gradients, slots, and what a step needs beside them. */
export function trainingBytes({ settings, layers }: RunSpecification): number {
  const weights = layers.map(({ inputs, outputs }) => inputs * outputs)
  const { slots } = optimizers.get(settings['training.optimizer'])
  const copies = 3 + slots.length
  return 4 * (copies * weights.reduce((sum, n) => sum + n, 0) + TEMPORARIES * Math.max(...weights))
}

/** A sentence where a run does not fit into WebAssembly's memory. */
export function tooLarge(run: RunSpecification): string[] {
  const bytes = trainingBytes(run)
  return bytes > WASM_BYTES
    ? [`the engine 'wasm' has ${gigabytes(WASM_BYTES)} GB of memory, and a network of widths ${run.widths.join(' x ')} needs about ${gigabytes(bytes)} GB: choose a smaller maximum width`]
    : []
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1)
}
