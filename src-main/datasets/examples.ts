import type { DatasetFacts } from '@shared/datasets'
import type { RunSpecification } from '@shared/plan/specification'
import type { Splits } from '@shared/plan/splits'
import { split } from '@shared/plan/splits'

/** A loaded data set. Pixels stay bytes until they are used. */
export interface LoadedDataset {
  readonly facts: DatasetFacts
  readonly train: LabelledImages
  readonly test: LabelledImages
}

export interface LabelledImages {
  /** Examples one after the other, each channels x height x width bytes. */
  readonly images: Uint8Array
  /** Class of each example, from 0. */
  readonly labels: Uint8Array
}

/** What a run trains and is measured on. */
export interface Examples {
  readonly train: LabelledImages
  readonly test: LabelledImages
  readonly splits: Splits
  /** Values of an example. */
  readonly inputs: number
  readonly classes: number
  /** A pixel p enters a network as (p - mean) / deviation of its channel. */
  readonly standardisation: readonly { readonly mean: number, readonly deviation: number }[]
  /** Values of a channel. */
  readonly channelSize: number
}

/** The examples of a run: its splits, and standardisation by the statistics of its training examples. */
export function examplesOf({ facts, train, test }: LoadedDataset, run: Pick<RunSpecification, 'settings' | 'trainExamples'>): Examples {
  const splits = split(
    { content: facts.content, trainLabels: train.labels, testLabels: test.labels },
    { train: run.trainExamples, validation: run.settings['data.validation'] },
  )
  const [channels, height, width] = facts.shape
  const channelSize = height * width
  return {
    train,
    test,
    splits,
    inputs: channels * channelSize,
    classes: facts.classes.length,
    standardisation: Array.from({ length: channels }, (_, c) => statistics(train.images, splits.train, c, channels, channelSize)),
    channelSize,
  }
}

/** Mean and standard deviation of a channel, from exact sums of bytes. A constant channel has deviation 1. */
function statistics(images: Uint8Array, examples: Uint32Array, channel: number, channels: number, channelSize: number): { mean: number, deviation: number } {
  let sum = 0
  let squares = 0
  for (const example of examples) {
    const start = (example * channels + channel) * channelSize
    for (let i = start; i < start + channelSize; i++) {
      const pixel = images[i]!
      sum += pixel
      squares += pixel * pixel
    }
  }
  const count = examples.length * channelSize
  const mean = sum / count
  return { mean, deviation: Math.sqrt(squares / count - mean * mean) || 1 }
}

/**
 * Standardised examples, feature-major: row i holds input i of each example.
 * @returns [inputs, indices.length], row by row
 */
export function batchInputs({ train, test, inputs, standardisation, channelSize }: Examples, half: 'train' | 'test', indices: Uint32Array): Float32Array {
  const { images } = half === 'train' ? train : test
  const size = indices.length
  const out = new Float32Array(inputs * size)
  const tables = standardisation.map(({ mean, deviation }) => Float32Array.from({ length: 256 }, (_, pixel) => (pixel - mean) / deviation))
  for (let channel = 0, i = 0; channel < tables.length; channel++) {
    const table = tables[channel]!
    for (let pixel = 0; pixel < channelSize; pixel++, i++) {
      for (let e = 0; e < size; e++)
        out[i * size + e] = table[images[indices[e]! * inputs + i]!]!
    }
  }
  return out
}

export function batchLabels({ train, test }: Examples, half: 'train' | 'test', indices: Uint32Array): Int32Array {
  const { labels } = half === 'train' ? train : test
  return Int32Array.from(indices, example => labels[example]!)
}
