import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A network and a probe, and what `resources/pytorch/egf.py` says of them (torch/make_flow.py). */
export interface FlowCase {
  readonly name: string
  readonly sizes: readonly number[]
  readonly batch_norm: boolean
  /** Examples a chunk. */
  readonly batch: number
  /** Ones and zeros by weight; none of a dense network. */
  readonly masks: Readonly<Record<string, readonly number[]>>
  readonly parameters: Readonly<Record<string, readonly number[]>>
  readonly pixels: readonly number[]
  readonly y: readonly number[]
  /** By measure, in float64. */
  readonly flow: Readonly<Record<string, number>>
  readonly float32: Readonly<Record<string, number>>
}

/** PyTorch's answers: those that are kept, or those that `npm run test:torch` has just asked for. */
export const answers = JSON.parse(readFileSync(process.env.FLOW_ANSWERS ?? join(import.meta.dirname, 'torch', 'flow.json'), 'utf8')) as {
  readonly standardisation: { readonly mean: number, readonly deviation: number }
  readonly cases: readonly FlowCase[]
  readonly elevenEpochs: Readonly<Record<string, readonly number[]>>
  /** What it says to a model that multiplies its weights by masks. */
  readonly multiplier: string | null
  /** A file of results as its helper writes it. */
  readonly csv: string
}
