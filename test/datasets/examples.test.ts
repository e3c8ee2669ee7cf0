import type { LoadedDataset } from '../../src-main/datasets/examples'
import { describe, expect, it } from 'vitest'
import { batchInputs, batchLabels, examplesOf } from '../../src-main/datasets/examples'
import { planRuns } from '../plans'

/**
 * Pictures of two channels of two pixels. Five training examples are of class 0 and one, the fourth, of class 1: of a
 * subset of two, one is of each class, as subsets are balanced.
 */
const classes = [[10, 30, 5, 5], [20, 40, 5, 9]] as const
const trainLabels = [0, 0, 0, 1, 0, 0] as const
const dataset: LoadedDataset = {
  facts: { shape: [2, 1, 2], classes: ['a', 'b'], train: 6, test: 3, testMajority: 2, content: 'by hand' },
  train: { images: Uint8Array.from(trainLabels.flatMap(label => classes[label])), labels: Uint8Array.from(trainLabels) },
  test: { images: Uint8Array.of(0, 255, 6, 7, 25, 26, 3, 200, 1, 2, 4, 8), labels: Uint8Array.of(1, 0, 1) },
}
const [{ settings }] = planRuns({}, [5]) as [ReturnType<typeof planRuns>[number]]
function examplesWith(trainExamples: number, validation = 0): ReturnType<typeof examplesOf> {
  return examplesOf(dataset, { trainExamples, settings: { ...settings, 'data.validation': validation } })
}

function expectClose(actual: Float32Array, expected: number[]): void {
  expect(actual).toHaveLength(expected.length)
  expected.forEach((value, i) => expect(actual[i], `value ${i}`).toBeCloseTo(value, 5))
}

describe('standardisation', () => {
  it('is by mean and deviation of each channel over the training examples of the run', () => {
    // Channel 0: 10, 30, 20, 40; channel 1: 5, 5, 5, 9.
    const { standardisation, splits } = examplesWith(2)
    expect([...splits.train].map(example => trainLabels[example])).toEqual(expect.arrayContaining([0, 1]))
    expect(standardisation).toHaveLength(2)
    expect(standardisation[0]!.mean).toBe(25)
    expect(standardisation[0]!.deviation).toBeCloseTo(Math.sqrt(125), 12)
    expect(standardisation[1]!.mean).toBe(6)
    expect(standardisation[1]!.deviation).toBeCloseTo(Math.sqrt(3), 12)
  })

  it('is another where the run trains on more examples, and not by those that it holds out', () => {
    // Channel 0: five times 10 and 30, once 20 and 40; channel 1: eleven times 5, once 9.
    const [all] = examplesWith(6).standardisation
    expect(all!.mean).toBeCloseTo(130 / 6, 12)
    expect(all!.deviation).toBeCloseTo(Math.sqrt((5 * (100 + 900) + 400 + 1600) / 12 - (130 / 6) ** 2), 10)
    expect(examplesWith(2, 4).standardisation).toEqual(examplesWith(2).standardisation)
  })

  it('is the same for training and test examples', () => {
    const examples = examplesWith(2)
    const [a, b] = [Math.sqrt(125), Math.sqrt(3)]
    // Feature-major: a row for each input, a column for each example.
    expectClose(batchInputs(examples, 'test', Uint32Array.of(1, 0)), [
      ...[0, -25 / a],
      ...[1 / a, 230 / a],
      ...[-3 / b, 0],
      ...[194 / b, 1 / b],
    ])
    expectClose(batchInputs(examples, 'train', Uint32Array.of(3, 5)), [
      ...[-5 / a, -15 / a],
      ...[15 / a, 5 / a],
      ...[-1 / b, -1 / b],
      ...[3 / b, -1 / b],
    ])
    expect([...batchLabels(examples, 'test', Uint32Array.of(1, 0))]).toEqual([0, 1])
    expect([...batchLabels(examples, 'train', Uint32Array.of(3, 5))]).toEqual([1, 0])
  })

  it('of a channel that is constant only takes its value away', () => {
    for (const constant of [0, 7, 255]) {
      const images = dataset.train.images.map((pixel, i) => i % 4 < 2 ? constant : pixel)
      const examples = examplesOf({ ...dataset, train: { ...dataset.train, images } }, { trainExamples: 6, settings })
      expect(examples.standardisation[0]).toEqual({ mean: constant, deviation: 1 })
      expectClose(batchInputs(examples, 'train', Uint32Array.of(0, 3)).slice(0, 4), [0, 0, 0, 0])
      expectClose(batchInputs(examples, 'test', Uint32Array.of(0)).slice(0, 2), [0 - constant, 255 - constant])
    }
  })
})
