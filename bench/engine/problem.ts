import type { NetworkState } from '@shared/runs/network-state'
import type { StoredTensor } from '../../src-main/worker/safetensors'
import type { Row } from './rows'
import { configure } from '@shared/experiment/parameters'
import { optimizers } from '@shared/optimizers'
import { z } from 'zod'
import { readSafetensors, writeSafetensors } from '../../src-main/worker/safetensors'
import { BATCH, mlp, randomExamples, randomNetwork } from './networks'

/**
 * Large enough for the first losses to move, so that comparing them means something: the more active weights a unit has,
 * the further a step of all of them moves it.
 */
const RATES: Readonly<Record<string, (weightsOfUnit: number) => number>> = {
  sgd: weights => Math.min(0.1, 10 / weights),
  momentum: weights => Math.min(0.05, 3 / weights),
  adam: weights => Math.min(0.005, 0.03 / weights),
}

/** Those whose arithmetic the rivals have (rivals/torch_step.py, rivals/jax_step.py). */
export const comparableOptimizers: readonly string[] = Object.keys(RATES)

const about = z.object({
  layers: z.array(z.object({
    name: z.string(),
    inputs: z.int(),
    outputs: z.int(),
    activeWeights: z.int(),
    initialisedAs: z.object({ inputs: z.int(), outputs: z.int() }),
  })),
  optimizer: z.string(),
  own: z.record(z.string(), z.number()),
  rate: z.number(),
  standardisation: z.object({ mean: z.number(), deviation: z.number() }),
})
type About = z.infer<typeof about>

/** What a contestant of ours is given: the same file as all others. */
export interface Problem extends About {
  readonly state: NetworkState
  readonly images: Uint8Array
  readonly labels: Uint8Array
}

/** Weights, masks and a batch of examples of a row, for all contestants alike. */
export function writeProblem(path: string, { layers, optimizer }: Row): void {
  const { network, state } = randomNetwork(layers)
  const { train, inputs, standardisation } = randomExamples(layers[0]!.inputs, layers.at(-1)!.outputs)
  const shapes = new Map(network.tensors.map(({ name, shape }) => [name, shape]))
  const tensors: Record<string, StoredTensor> = {
    images: { dtype: 'U8', shape: [BATCH, inputs], values: train.images },
    labels: { dtype: 'U8', shape: [BATCH], values: train.labels },
  }
  for (const [name, values] of Object.entries(state.parameters))
    tensors[name] = { dtype: 'F32', shape: shapes.get(name)!, values }
  for (const [name, values] of Object.entries(state.masks))
    tensors[`mask.${name}`] = { dtype: 'U8', shape: shapes.get(name)!, values }
  const settings = configure({})
  const own = Object.keys(optimizers.get(optimizer).parameters ?? {}).map(name => [name, settings[`training.${optimizer}.${name}`] as number] as const)
  const units = layers.reduce((sum, { outputs }) => sum + outputs, 0)
  const rate = RATES[optimizer]!(layers.reduce((sum, { activeWeights }) => sum + activeWeights, 0) / units)
  const problem: About = { layers: structuredClone(layers) as About['layers'], optimizer, own: Object.fromEntries(own), rate, standardisation: standardisation[0]! }
  writeSafetensors(path, { tensors, metadata: { problem: JSON.stringify(problem) } })
}

export function readProblem(path: string): Problem {
  const { tensors, metadata } = readSafetensors(path)
  const problem = about.parse(JSON.parse(metadata.problem!))
  const bytes = (name: string): Uint8Array => tensors[name]!.values as Uint8Array
  const network = mlp(problem.layers)
  const masked = network.tensors.map(({ name }) => name).filter(name => `mask.${name}` in tensors)
  return {
    ...problem,
    images: bytes('images'),
    labels: bytes('labels'),
    state: {
      parameters: Object.fromEntries(network.tensors.map(({ name }) => [name, tensors[name]!.values as Float32Array])),
      masks: Object.fromEntries(masked.map(name => [name, bytes(`mask.${name}`)])),
      slots: {},
      buffers: {},
      step: 0,
    },
  }
}
