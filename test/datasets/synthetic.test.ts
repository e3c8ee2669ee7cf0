import type { Settings } from '@shared/experiment/parameter'
import type { LabelledImages, LoadedDataset } from '../../src-main/datasets/examples'
import { createHash } from 'node:crypto'
import description from '@shared/datasets/synthetic'
import { configure } from '@shared/experiment/parameters'
import { describe, expect, it } from 'vitest'
import { loadDataset } from '../../src-main/datasets'

function load(set: Settings = {}): Promise<LoadedDataset> {
  return loadDataset('synthetic', configure({ 'data.dataset': 'synthetic' }, set))
}

/** Each picture as text. */
function pictures({ images, labels }: LabelledImages): string[] {
  const size = images.length / labels.length
  return Array.from(labels, (_, i) => images.subarray(i * size, (i + 1) * size).join())
}

function counts({ labels }: LabelledImages): number[] {
  return [...Map.groupBy(labels, label => label)].sort(([a], [b]) => a - b).map(([, examples]) => examples.length)
}

describe('the synthetic data set', () => {
  it('has no test example that is a training example, and none twice', async () => {
    const { train, test } = await load()
    expect(new Set([...pictures(train), ...pictures(test)]).size).toBe(512 + 256)
  })

  it('without noise is one picture a class, the same in training and test', async () => {
    const { train, test } = await load({ 'data.synthetic.noise': 0 })
    expect(new Set(pictures(train)).size).toBe(4)
    expect(pictures(train).slice(0, 4)).toEqual(pictures(test).slice(0, 4))
    expect([...train.labels.slice(0, 4)]).toEqual([...test.labels.slice(0, 4)])
    expect(pictures(train)[4]).toBe(pictures(train)[0])
  })

  it('has the noise that it is asked for', async () => {
    // Pictures of 256 pixels; pixels far from 0 and 255, where nothing is cut.
    const set = { 'data.synthetic.side': 16, 'data.synthetic.train': 400 }
    const noisy = await load({ ...set, 'data.synthetic.noise': 10 })
    const deviations: number[] = []
    for (let pixel = 0; pixel < 256; pixel++) {
      const values = Array.from({ length: 100 }, (_, i) => noisy.train.images[4 * i * 256 + pixel]!)
      const mean = values.reduce((sum, value) => sum + value, 0) / 100
      if (mean > 60 && mean < 195)
        deviations.push(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 99)
    }
    expect(deviations.length).toBeGreaterThan(50)
    expect(Math.sqrt(deviations.reduce((sum, value) => sum + value, 0) / deviations.length)).toBeCloseTo(10, 0)
  })

  it('is as its description says', async () => {
    const set = { 'data.synthetic.train': 50, 'data.synthetic.test': 31, 'data.synthetic.side': 3, 'data.synthetic.classes': 7 }
    const { facts, train, test } = await load(set)
    expect(facts).toEqual(description.facts(configure(set)))
    expect(facts).toMatchObject({ shape: [1, 3, 3], train: 50, test: 31, testMajority: 5 })
    expect(facts.classes).toHaveLength(7)
    expect([train.images.length, train.labels.length, test.images.length, test.labels.length]).toEqual([450, 50, 279, 31])
    expect(counts(train)).toEqual([8, 7, 7, 7, 7, 7, 7])
    expect(counts(test)).toEqual([5, 5, 5, 4, 4, 4, 4])
  })

  it('is named by its content: with any other parameter other pictures, under another name', async () => {
    const usual = await load()
    for (const [name, { default: value }] of Object.entries(description.parameters)) {
      const other = await load({ [`data.synthetic.${name}`]: value + 1 })
      expect(other.facts.content, name).not.toBe(usual.facts.content)
      for (const half of ['train', 'test'] as const)
        expect(pictures(other[half])[0], name).not.toBe(pictures(usual[half])[0])
    }
  })

  it('is frozen under its name: stored runs were trained on these bytes', async () => {
    const { facts, train, test } = await load()
    const hash = createHash('sha256')
    for (const bytes of [train.images, train.labels, test.images, test.labels])
      hash.update(bytes)
    expect(facts.content).toBe('synthetic:1:512:256:4:4:64')
    // By an independent implementation in Python.
    expect(hash.digest('hex')).toBe('ac13efb26d8850a1fd365e8bf05dc50271d484154653104ba03725912cceb470')
  })
})
