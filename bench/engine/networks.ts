import type { TensorDescription } from '@shared/architectures'
import type { LayerSpecification } from '@shared/plan/specification'
import type { NetworkState } from '@shared/runs/network-state'
import type { Examples } from '../../src-main/datasets/examples'
import type { Network, OpenEngine, Trainer } from '../../src-main/engines/engine'
import { architectures } from '@shared/architectures'
import { configure } from '@shared/experiment/parameters'
import { Draws, sampleWithoutReplacement } from '@shared/random/stream'
import { BATCH, examplesOfBatch } from '../../src-main/engines/native/calibration-networks'

export { BATCH }

/** Random bytes and labels, a batch of them. */
export function randomExamples(inputs: number, classes: number): Examples {
  const draws = new Draws([1, 2])
  const half = { images: Uint8Array.from({ length: inputs * BATCH }, () => draws.word() & 255), labels: Uint8Array.from({ length: BATCH }, () => draws.below(classes)) }
  return examplesOfBatch(half, inputs, classes)
}

/** The layers of an MLP of these sizes, inputs and classes included, each of this density. */
export function layersOf(sizes: readonly number[], density: number): LayerSpecification[] {
  return architectures.get('mlp').layers({ inputs: sizes[0]!, classes: sizes.at(-1)! }, sizes.slice(1, -1)).map(shape => ({
    ...shape,
    activeWeights: Math.round(density * shape.inputs * shape.outputs),
    initialisedAs: shape,
  }))
}

/** An MLP of these layers; its masks are exact and random. */
export function randomNetwork(layers: readonly LayerSpecification[]): { network: Network, state: NetworkState } {
  const draws = new Draws([3, 4])
  const network = mlp(layers)
  const masks: Record<string, Uint8Array> = {}
  const parameters: Record<string, Float32Array> = {}
  for (const tensor of network.tensors)
    parameters[tensor.name] = tensor.role === 'weight' ? weights(tensor, layers[tensor.layer]!) : new Float32Array(tensor.shape[0])
  return { network, state: { parameters, masks, slots: {}, buffers: {}, step: 0 } }

  function weights({ name }: TensorDescription, { inputs, outputs, activeWeights }: LayerSpecification): Float32Array {
    const mask = new Uint8Array(inputs * outputs)
    const isDense = activeWeights === mask.length
    if (!isDense) {
      sampleWithoutReplacement(mask, activeWeights, draws)
      masks[name] = mask
    }
    // As wide as He's normal distribution, over the active weights that a unit has.
    const width = Math.sqrt(6 * outputs / activeWeights)
    return Float32Array.from(mask, active => isDense || active ? (2 * draws.uniform() - 1) * width : 0)
  }
}

/** ReLU, biases, no BatchNorm. */
export function mlp(layers: readonly LayerSpecification[]): Network {
  const tensors = architectures.get('mlp').tensors(layers, { 'network.bias': true, 'network.batchNorm': false })
  return { architecture: 'mlp', activation: 'relu', batchNorm: false, layers, tensors }
}

/** Floating-point operations of a step: a multiply-add is 2, backward is twice forward less the first layer's dX. */
export function operations({ layers }: Pick<Network, 'layers'>): number {
  return 2 * BATCH * layers.reduce((sum, { activeWeights }, l) => sum + (l === 0 ? 2 : 3) * activeWeights, 0)
}

export function compile(engine: OpenEngine, sizes: readonly number[], density: number, optimizer: string): Promise<{ trainer: Trainer, network: Network, examples: Examples }> {
  const { network, state } = randomNetwork(layersOf(sizes, density))
  const examples = randomExamples(sizes[0]!, sizes.at(-1)!)
  return engine.compile(network, { optimizer, batchSize: BATCH }, [{ state, settings: configure({}), lambda: 0 }], examples)
    .then(trainer => ({ trainer, network, examples }))
}
