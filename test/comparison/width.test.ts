import type { WidthRows } from '@shared/charts/parts/width-rows'
import type { WidthOptions } from '@shared/comparison/panels/width'
import width from '@shared/comparison/panels/width'
import { describe, expect, it } from 'vitest'
import { comparisonOf } from './pairs'
import { pairsOf } from './width-pairs'

function rows(pairs: ReturnType<typeof pairsOf>, options: Partial<WidthOptions> = {}, { facets = [], pooled = [] }: { facets?: string[], pooled?: string[] } = {}): WidthRows {
  return width.of(comparisonOf(pairs, { facets, pooled }), width.options.parse(options))
}

const seeds = [0.861, 0.858, 0.866, 0.852, 0.859].map((dense, i) => ({ treatment: 'BN', capacity: 79, seed: i + 1, values: [dense, dense - 0.01 * i] as const }))

describe('the width figure of a comparison', () => {
  it('has the mean and the spread of the complete pairs of each treatment and width, in order', () => {
    const { groups } = rows(pairsOf([...seeds.map(one => ({ ...one, capacity: 236 })), ...seeds]), { spread: 'interval' })
    expect(groups).toHaveLength(1)
    expect(groups[0]!.title).toBe('')
    expect(groups[0]!.facets.map(({ title, at, cells }) => [title, at, cells.map(({ capacity }) => capacity)])).toEqual([['BN', { treatment: 'BN' }, [79, 236]]])
    const [cell] = groups[0]!.facets[0]!.cells
    // NumPy's mean and std(ddof=1), SciPy's t.interval(0.95, 4, mean, sd / √5).
    for (const [is, expected] of [[cell!.dense.mean, 0.8592], [cell!.dense.sd, 0.005069516742254635], [cell!.dense.low, 0.8529053635728511], [cell!.dense.high, 0.8654946364271486], [cell!.difference.mean, -0.02]] as const)
      expect(is).toBeCloseTo(expected, 12)
    expect(cell!.pairs.map(({ experiment, seed, dense }) => [experiment, seed, dense])).toEqual(seeds.map(({ seed, values }) => ['study', seed, values[0]]))
  })

  it('counts what is missing or dead by what became of it, keeps collapsed runs, and says so', () => {
    const found = rows(pairsOf([
      ...seeds,
      { ...seeds[0]!, seed: 6, states: ['diverged', 'done'] },
      { ...seeds[0]!, seed: 7, states: ['done', 'running'] },
      { ...seeds[0]!, seed: 8, states: ['failed', 'done'] },
      { ...seeds[0]!, seed: 9, collapsed: true },
    ]))
    const [cell] = found.groups[0]!.facets[0]!.cells
    expect(cell!.counts).toEqual({ pairs: 9, complete: 6, diverged: 1, failed: 1, cancelled: 0, unfinished: 1, unmeasured: 0, collapsed: { dense: 0, sparse: 1 } })
    expect(cell!.pairs).toHaveLength(6)
    expect(width.caption(found)).toBe('Final test accuracy over dense width W by treatment, dense (dots) and sparse (crosses), mean ± sd over 6 seeds with the single pairs beside: 6 of 9 pairs complete, 1 diverged, 1 failed, 1 unfinished; collapsed, and kept: 1 sparse.')
  })

  it('tells nothing that is not a number, and has ends only where two pairs are', () => {
    const found = rows(pairsOf([seeds[0]!, { ...seeds[1]!, capacity: 236, states: ['failed', 'failed'] }]))
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
    const [one, none] = found.groups[0]!.facets[0]!.cells
    expect(one!.dense).toEqual({ mean: 0.861, sd: null, low: null, high: null })
    expect(none!.dense).toEqual({ mean: null, sd: null, low: null, high: null })
  })

  it('has a panel each for the values of any field, in groups by what is never pooled by itself', () => {
    const pairs = pairsOf(['sgd', 'adam'].flatMap(optimizer => ['NR', 'BN'].flatMap(bn => seeds.map(one => ({ ...one, treatment: `${optimizer} · ${bn}`, levels: { bn, optimizer }, settings: { 'training.optimizer': optimizer } })))))
    expect(rows(pairs).groups.map(({ title, facets }) => [title, facets.map(({ title }) => title)])).toEqual([['', ['sgd · NR', 'sgd · BN', 'adam · NR', 'adam · BN']]])
    const by = rows(pairs, { by: 'bn' })
    expect(by.groups.map(({ title, facets }) => [title, facets.map(({ title }) => title)])).toEqual([['Optimizer sgd', ['NR', 'BN']], ['Optimizer adam', ['NR', 'BN']]])
    expect(by.groups[1]!.facets[0]!.at).toEqual({ 'training.optimizer': 'adam', 'bn': 'NR' })
    expect(width.caption(by)).toContain('by bn and optimizer, ')
    expect(by.pooled).toEqual([])
  })

  it('pools over what was chosen, over pairs then, and says so', () => {
    const pairs = pairsOf(['sgd', 'adam'].flatMap(optimizer => seeds.map(one => ({ ...one, settings: { 'training.optimizer': optimizer } }))))
    expect(rows(pairs).groups.flatMap(({ facets }) => facets.map(({ title }) => title))).toEqual(['BN, Optimizer sgd', 'BN, Optimizer adam'])
    const pooled = rows(pairs, {}, { pooled: ['training.optimizer'] })
    expect(pooled.groups.flatMap(({ facets }) => facets.flatMap(({ cells }) => cells.map(({ counts }) => counts.complete)))).toEqual([10])
    expect(width.caption(pooled)).toMatch(/over 10 pairs .*\. Pooled over Optimizer\.$/)
  })

  it('sets apart by what every panel is set apart by', () => {
    const pairs = pairsOf(['one', 'two'].flatMap(experiment => ['NR', 'BN'].flatMap(treatment => seeds.map(one => ({ ...one, experiment, treatment })))))
    expect(rows(pairs).pooled).toEqual(['Experiment'])
    const apart = rows(pairs, {}, { facets: ['experiment'] })
    expect(apart.groups.map(({ title }) => title)).toEqual(['Experiment one', 'Experiment two'])
    expect(apart.pooled).toEqual([])
  })

  it('gives flow its mean over 11 epochs, and another number where that is chosen', () => {
    const pairs = pairsOf(seeds)
    expect(rows(pairs, { measure: 'egf2' }).summary).toEqual({ kind: 'meanOfEleven' })
    const last = rows(pairs, { measure: 'egf2', summary: { kind: 'last' } })
    expect(last.groups[0]!.facets[0]!.cells[0]!.counts).toMatchObject({ complete: 0, unmeasured: 5 })
    expect(width.options.safeParse({ measure: 'layer.weights.l2' }).success).toBe(false)
  })

  it('leads from a cell to its pairs', () => {
    const pairs = pairsOf([...seeds, { ...seeds[0]!, capacity: 236 }, { ...seeds[0]!, seed: 6, states: ['done', 'failed'] }])
    const found = width.members(comparisonOf(pairs), width.options.parse({}), { treatment: 'BN', capacity: 79 })
    expect(found).toHaveLength(6)
    expect(found[1]).toEqual({ pairs: [{ experiment: 'study', position: 1, treatment: 'BN', capacity: 79, seed: 2 }], outcome: 'complete', first: 0.858, second: 0.848 })
    expect(found[5]).toMatchObject({ outcome: 'failed' })
  })

  it('of nothing is an empty figure', () => {
    expect(rows([]).groups).toEqual([])
    expect(width.caption(rows([]))).toContain('0 of 0 pairs complete')
  })
})
