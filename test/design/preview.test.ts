import { experimentDocument } from '@shared/experiment/file'
import { denseCosts } from '@shared/plan/work'
import { describe, expect, it } from 'vitest'
import { outlookOf } from '../../src-renderer/design/outlook'
import { previewOf } from '../../src-renderer/design/preview'
import { smallExperiment } from '../plans'

const BN = { name: 'BN', levels: [{ name: 'off', set: {}, setDense: {}, setSparse: {} }, { name: 'on', set: { 'network.batchNorm': true }, setDense: {}, setSparse: {} }] }
const document = experimentDocument(smallExperiment({ capacities: [4, 5], seeds: [1, 2, 3], factors: [BN] }))

describe('what a document would train', () => {
  it('has runs of one kind in every seed, and knows each one\'s', () => {
    const { preview, runs } = previewOf(document)
    const { kinds, each } = runs!
    expect(kinds.map(({ count }) => count)).toEqual(Array.from({ length: 8 }).fill(3))
    expect(kinds.map((_, kind) => each.filter(run => run.kind === kind).length)).toEqual(kinds.map(({ count }) => count))
    expect(each.reduce((sum, run) => sum + run.steps, 0)).toBe(runs!.steps)
    expect(preview).toMatchObject({ runs: 24, identities: { length: 24 } })
  })

  it('takes as long as what is left of it, a kind and a side each', () => {
    const { runs } = previewOf(document)
    const answer = { engine: 'native', same: null, costs: { ...denseCosts, weight: 0, active: 0, run: 10 }, basis: 'runs', canCalibrate: true } as const
    expect(outlookOf(runs!, { ...answer, speeds: { dense: 1, sparse: 5 }, stored: [] }).time).toEqual({ seconds: 12 * 10 + 12 * 2, basis: 'runs' })
    const sparse = runs!.each.flatMap(({ kind }, i) => runs!.kinds[kind]!.run.streams.side === 'sparse' ? [i] : [])
    const outlook = outlookOf(runs!, { ...answer, speeds: { dense: 1, sparse: 5 }, stored: sparse.slice(0, 4) })
    expect(outlook.time!.seconds).toBe(12 * 10 + 8 * 2)
    expect(outlook).toMatchObject({ stored: 4, left: { runs: 20, steps: runs!.steps * 20 / 24 } })
    expect(outlookOf(runs!, { ...answer, speeds: {}, stored: [] }).time).toBeUndefined()
  })
})
