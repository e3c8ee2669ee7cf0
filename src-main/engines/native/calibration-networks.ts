import type { LayerSpecification } from '@shared/plan/specification'
import type { Examples, LabelledImages } from '../../datasets/examples'
import type { Addon } from './addon'
import type { NativeSettings } from './settings'
import { architectures } from '@shared/architectures'
import { configure } from '@shared/experiment/parameters'
import { Draws } from '@shared/random/stream'
import { NativeTrainer } from './trainer'

/** Examples a step. */
export const BATCH = 128

/** So small that weights stay what they are, and cost what they cost. */
const RATE = 1e-6

/** Uniform numbers, drawn once: all networks take the same ones. */
let drawn = new Float32Array()

function uniform(count: number): Float32Array {
  if (drawn.length < count) {
    const draws = new Draws([5, 6])
    drawn = Float32Array.from({ length: count }, () => draws.uniform())
  }
  return drawn.subarray(0, count)
}

/**
 * A training step of an MLP on random bytes.
 * @param network.sizes inputs and classes included
 * @param network.density of the hidden layers beyond the first; 1 has no mask
 * @param network.sparseDensity up to it, active weights alone are stored
 */
export function stepOf(addon: Addon, settings: NativeSettings, { sizes, density = 1, sparseDensity = 1, batchNorm = false, batchSize = BATCH }: {
  sizes: readonly number[]
  density?: number
  sparseDensity?: number
  batchNorm?: boolean
  batchSize?: number
}): { step: () => void, dispose: () => void } {
  const configuration = configure({ 'network.batchNorm': batchNorm })
  const { layers: layersOf, tensors: tensorsOf } = architectures.get('mlp')
  const shapes = layersOf({ inputs: sizes[0]!, classes: sizes.at(-1)! }, sizes.slice(1, -1))
  const isMasked = (l: number): boolean => density < 1 && l > 0 && l < shapes.length - 1
  const layers = shapes.map((shape, l): LayerSpecification => ({ ...shape, activeWeights: Math.round((isMasked(l) ? density : 1) * shape.inputs * shape.outputs), initialisedAs: shape }))
  const tensors = tensorsOf(layers, configuration)
  const masks: Record<string, Uint8Array> = {}
  const parameters: Record<string, Float32Array> = {}
  const buffers: Record<string, Float32Array> = {}
  for (const tensor of tensors) {
    const { name, shape } = tensor
    const size = shape.reduce((product, length) => product * length, 1)
    if (tensor.role !== 'weight') {
      const values = new Float32Array(size).fill(tensor.initial)
      Object.assign(tensor.role === 'buffer' ? buffers : parameters, { [name]: values })
      continue
    }
    const numbers = uniform(size)
    const mask = isMasked(tensor.layer) ? Uint8Array.from(numbers, number => number < density ? 1 : 0) : undefined
    if (mask)
      masks[name] = mask
    // As wide as He's normal distribution, over the active weights that a unit has.
    const width = Math.sqrt(6 / (shapes[tensor.layer]!.inputs * (mask ? density : 1)))
    parameters[name] = numbers.map((number, i) => mask && !mask[i] ? 0 : (2 * ((number * 64) % 1) - 1) * width)
  }
  const [inputs, classes] = [sizes[0]!, sizes.at(-1)!]
  const examples = examplesOfBatch(randomBatch(inputs, classes), inputs, classes)
  const trainer = new NativeTrainer(
    addon,
    { ...settings, sparseDensity },
    { architecture: 'mlp', activation: configuration['network.activation'], batchNorm, layers, tensors },
    { optimizer: configuration['training.optimizer'], batchSize },
    { state: { parameters, masks, slots: {}, buffers, step: 0 }, settings: configuration, lambda: 0 },
    examples,
  )
  const batch = examples.splits.train.subarray(0, batchSize)
  return { step: () => trainer.step({ examples: batch, rates: [RATE] }), dispose: () => trainer.dispose() }
}

function randomBatch(inputs: number, classes: number): LabelledImages {
  const numbers = uniform(inputs * BATCH)
  return { images: Uint8Array.from(numbers, number => 256 * number), labels: Uint8Array.from(numbers.subarray(0, BATCH), number => classes * number) }
}

/** A data set of one batch: what is timed is a step, whatever it is taught. */
export function examplesOfBatch(half: LabelledImages, inputs: number, classes: number): Examples {
  const indices = Uint32Array.from(half.labels, (_, i) => i)
  return {
    train: half,
    test: half,
    splits: { train: indices, validation: new Uint32Array(), probe: indices, testSubset: indices },
    inputs,
    classes,
    standardisation: [{ mean: 127.5, deviation: 73.9 }],
    channelSize: inputs,
  }
}
