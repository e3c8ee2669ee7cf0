import { experimentDocument } from '@shared/experiment/file'
import { describe, expect, it } from 'vitest'
import { previewOf } from '../../src-renderer/design/preview'
import { smallExperiment } from '../plans'

describe('what a document would train', () => {
  it('has runs of one kind in every seed, and knows each one\'s', () => {
    const found = previewOf(experimentDocument(smallExperiment({ capacities: [4, 5], seeds: [1, 2, 3], factors: [{ name: 'BN', levels: [{ name: 'off', set: {}, setDense: {}, setSparse: {} }, { name: 'on', set: { 'network.batchNorm': true }, setDense: {}, setSparse: {} }] }] })))
    if (found.kind !== 'planned')
      throw new Error(found.kind)
    const { kinds, each, runs, steps } = found
    expect(kinds.map(({ count }) => count)).toEqual(Array.from({ length: 8 }).fill(3))
    expect(kinds.map((_, kind) => each!.filter(run => run.kind === kind).length)).toEqual(kinds.map(({ count }) => count))
    expect(each!.reduce((sum, run) => sum + run.steps, 0)).toBe(steps)
    expect(runs).toBe(24)
  })
})
