import type { TensorDescription } from '../architectures'
import type { RunSpecification } from '../plan/specification'
import { architectures } from '../architectures'
import { initialisations } from '../initialisations'
import { connectedEnds, randomMask } from '../masks/random'
import { Draws, normal, streamKey } from '../random/stream'

/**
 * A network in training, outside every engine: dense tensors with PyTorch's names and layouts. Masked weights,
 * and the optimizer's slots of masked weights, are zero.
 */
export interface NetworkState {
  readonly parameters: Readonly<Record<string, Float32Array>>
  /** Ones and zeros by the name of the weight that they mask; a weight without one is dense. */
  readonly masks: Readonly<Record<string, Uint8Array>>
  /** By slot, then by parameter. */
  readonly slots: Readonly<Record<string, Readonly<Record<string, Float32Array>>>>
  readonly buffers: Readonly<Record<string, Float32Array>>
  /** Optimizer steps taken. */
  readonly step: number
}

/** The tensors of a run's network. */
export function tensorsOf({ settings, layers }: Pick<RunSpecification, 'settings' | 'layers'>): readonly TensorDescription[] {
  return architectures.get(settings['network.architecture']).tensors(layers, settings)
}

/** The state before the first step: masks and weights from the run's random streams, the rest constant. */
export function initialState(run: RunSpecification): NetworkState {
  const initialisation = initialisations.get(run.settings['network.initialisation'])
  const parameters: Record<string, Float32Array> = {}
  const masks: Record<string, Uint8Array> = {}
  const buffers: Record<string, Float32Array> = {}
  for (const tensor of tensorsOf(run)) {
    switch (tensor.role) {
      case 'weight': {
        const layer = run.layers[tensor.layer]!
        const mask = maskOf(run, tensor.layer)
        const weights = new Float32Array(layer.inputs * layer.outputs)
        normal(weights, streamKey({ name: 'weights', ...run.streams, layer: tensor.layer }))
        const deviation = initialisation.deviation(layer.initialisedAs)
        parameters[tensor.name] = weights.map((weight, i) => !mask || mask[i] ? weight * deviation : 0)
        if (mask)
          masks[tensor.name] = mask
        break
      }
      case 'unmasked':
        parameters[tensor.name] = new Float32Array(tensor.shape[0]).fill(tensor.initial)
        break
      case 'buffer':
        buffers[tensor.name] = new Float32Array(tensor.shape[0]).fill(tensor.initial)
        break
    }
  }
  return {
    parameters,
    masks,
    slots: {},
    buffers,
    step: 0,
  }
}

function maskOf({ layers, settings, streams }: RunSpecification, l: number): Uint8Array | undefined {
  const layer = layers[l]!
  if (streams.side === 'dense')
    return undefined
  const draws = new Draws(streamKey({ name: 'mask', ...streams, layer: l }))
  return randomMask(layer, layer.activeWeights, settings['masks.connected'] ? connectedEnds(l) : { inputs: false, outputs: false }, draws)
}
