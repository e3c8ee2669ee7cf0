import type { ComparisonPair } from '@shared/comparison/pair'
import type { Scatter } from '@shared/comparison/panels/scatter'
import correlations from '@shared/comparison/panels/correlations'
import panel from '@shared/comparison/panels/scatter'
import { kendallTauB } from '@shared/statistics/correlation'
import { describe, expect, it } from 'vitest'
import { scattered } from './correlated'
import { comparisonOf } from './pairs'

const shown = (pairs: readonly ComparisonPair[], options: object = {}): Scatter => panel.of(comparisonOf(pairs), panel.options.parse({ resamples: 200, ...options }))

const optimizers = scattered(24, i => ({ settings: { 'training.optimizer': i < 12 ? 'sgd' : 'adam' }, treatment: i % 3 ? 'NR' : 'BN' }))

describe('a scatter', () => {
  it('has a point for every run, which knows where it comes from', () => {
    const { points, counts } = shown(optimizers)
    expect(points).toHaveLength(48)
    expect(counts).toMatchObject({ runs: 48, complete: 48 })
    const pair = optimizers[5]!
    expect(points.find(({ run }) => run === pair.sparse.run)).toEqual({ x: pair.sparse.measured('egf1', { kind: 'last' })!.value, y: pair.sparse.measured('test.accuracy', { kind: 'last' })!.value, group: 0, side: 'sparse', run: pair.sparse.run, experiment: 'study', position: 5, treatment: 'NR', capacity: 11, seed: 2 })
  })

  it('of a cell of the table of correlations says what the cell says', () => {
    const options = { resamples: 200, seed: 3 }
    const { parts: [part] } = correlations.of(comparisonOf(optimizers), correlations.options.parse(options))
    for (const [table, at] of [[part!.pooled, {}], [part!.facets[1]!, part!.facets[1]!.at]] as const) {
      for (const { flow, outcome, side, found } of table.cells.filter(({ flow }) => flow.startsWith('egf')))
        expect(shown(optimizers, { ...options, x: flow, y: outcome, side, at }).correlations[0]).toEqual({ side, group: null, found })
    }
  })

  it('is coloured by what is set apart, else by treatment, or by what is asked for', () => {
    expect(shown(optimizers)).toMatchObject({ colouredBy: ['training.optimizer'], groups: ['sgd', 'adam'] })
    expect(shown(optimizers, { at: { 'training.optimizer': 'adam' } })).toMatchObject({ colouredBy: ['treatment'], groups: ['BN', 'NR'] })
    expect(shown(optimizers, { colour: 'capacity' })).toMatchObject({ colouredBy: ['capacity'], groups: ['Dense width W 10', 'Dense width W 11'] })
    for (const { group, position } of shown(optimizers).points)
      expect(group).toBe(position < 12 ? 0 : 1)
  })

  it('has a correlation for each side, and one for each group whose sign may be another', () => {
    const { correlations, points } = shown(optimizers)
    expect(correlations.map(({ side, group }) => [side, group])).toEqual([['dense', null], ['sparse', null], ['dense', 'sgd'], ['sparse', 'sgd'], ['dense', 'adam'], ['sparse', 'adam']])
    const adam = points.filter(({ group, side }) => group === 1 && side === 'sparse')
    expect(correlations.at(-1)!.found).toMatchObject({ n: 12, value: kendallTauB(adam.map(({ x }) => x), adam.map(({ y }) => y))!.tau })
    expect(shown(optimizers, { poolSides: true }).correlations[0]).toMatchObject({ side: 'both', found: { n: 48 } })
    expect(shown(optimizers, { at: { 'training.optimizer': 'adam' } }).correlations.map(({ group }) => group)).toEqual([null, null])
  })

  it('says of what it is, what is pooled, and what it found', () => {
    expect(panel.caption(shown(optimizers))).toMatch(/^Final test accuracy by effective gradient flow EGF₁, mean over the 11 epochs: 48 of 48 runs; dense \(dots\) and sparse \(crosses\), coloured by Optimizer\. Over Optimizer together\. Kendall's tau-b: dense [+-]0\.\d\d \[[+-]?\d\.\d\d, [+-]?\d\.\d\d\] \(n = 24, \d+ clusters\), sparse .*\. At sgd: dense .*\. At adam: .*200 resamples, seed 1\.$/)
    expect(panel.caption(shown(optimizers, { at: { 'training.optimizer': 'adam' }, side: 'dense' }))).toContain(', Optimizer adam: 12 of 12 runs; dense runs (dots)')
    expect(panel.caption(shown(scattered(2)))).toContain('dense none (n = 2: it takes 4 runs)')
  })
})
