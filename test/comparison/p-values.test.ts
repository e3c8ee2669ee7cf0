import type { Comparison, Panel } from '@shared/comparison/panel'
import type { PValues } from '@shared/comparison/panels/p-values'
import type { Made } from './pairs'
import { panels } from '@shared/comparison/panels'
import { signedRank } from '@shared/statistics/wilcoxon'
import { describe, expect, it } from 'vitest'
import { comparisonOf, pairOf } from './pairs'

const panel = panels.get('p-values') as Panel<never, PValues>

function pValuesOf(made: readonly Made[], options: object = {}, splitting: Partial<Comparison> = {}): PValues {
  return panel.of(comparisonOf(made.map(pairOf), splitting), panel.options.parse(options))
}

/** Pairs of one treatment: sparse - dense, seed by seed, in correct answers of 1,000. */
function cell(differences: readonly number[], more: Partial<Made> = {}, dense = 800): Made[] {
  return differences.map((difference, i) => ({ seed: i + 1, dense, sparse: dense + difference, ...more }))
}

const BN = { levels: { BatchNorm: 'BN' }, settings: { 'network.batchNorm': true } }
const NR = { levels: { BatchNorm: 'NR' } }

describe('a table of p-values', () => {
  it('tests the pairs of each cell exactly, on counts: 0.812 - 0.807 and 0.807 - 0.802 tie', () => {
    const { facets: [facet], tests } = pValuesOf([...cell([5, 7, 2, -3, 5]), ...cell([5, -5], {}, 802)], { correction: 'none' })
    expect(facet!.cells).toHaveLength(1)
    const [{ test, counts }] = facet!.cells as [PValues['facets'][number]['cells'][number]]
    expect(test.p).toBe(signedRank([5, 7, 2, -3, 5, 5, -5])!.p)
    expect(counts).toMatchObject({ pairs: 7, complete: 7, capacities: 1 })
    expect(tests).toBe(1)
    // The 14th and 15th of the 28 Walsh averages of these seven are 2 and 3.5.
    expect(test.estimate).toBeCloseTo(0.00275, 12)
  })

  it('has the factors as rows and columns, the optimizer down, and says what it pools', () => {
    const sgd = { 'training.optimizer': 'sgd' }
    const adam = { 'training.optimizer': 'adam' }
    const made = [['sgd', sgd], ['adam', adam]].flatMap(([optimizer, set]) => ['NR', 'BN'].flatMap(norm => ['1', '4'].flatMap(depth =>
      cell([1, 2, 3], { levels: { BatchNorm: norm, optimizer: optimizer as string, depth }, settings: { ...set as object, 'network.mlp.hiddenLayers': Number(depth), 'network.batchNorm': norm === 'BN' } }))))
    const found = pValuesOf(made)
    expect(found).toMatchObject({ rows: 'optimizer', columns: 'BatchNorm', pooled: ['depth'] })
    expect(found.facets.map(({ at, rows, columns }) => ({ at, rows, columns }))).toEqual([{ at: {}, rows: ['sgd', 'adam'], columns: ['NR', 'BN'] }])
    expect(found.facets[0]!.cells.map(({ counts: { complete } }) => complete)).toEqual([6, 6, 6, 6])
    expect(panel.caption(found)).toContain('Pooled over depth.')
  })

  it('sets learning rates apart by itself, unless pooling was chosen, which it then says', () => {
    const made = [0.1, 0.001].flatMap(rate => [...cell([1, 2, 3], { ...NR, settings: { 'training.learningRate': rate } }), ...cell([1, 2, 3], { ...BN, settings: { ...BN.settings, 'training.learningRate': rate } })])
    const apart = pValuesOf(made, { rows: 'experiment', columns: 'BatchNorm' })
    expect(apart.facets.map(({ at }) => at)).toEqual([{ 'training.learningRate': 0.001 }, { 'training.learningRate': 0.1 }])
    expect(apart.pooled).toEqual([])
    const pooled = pValuesOf(made, { rows: 'experiment', columns: 'BatchNorm' }, { pooled: ['training.learningRate'] })
    expect(pooled.facets.map(({ cells }) => cells.map(({ counts: { complete } }) => complete))).toEqual([[6, 6]])
    expect(pooled.pooled).toEqual(['Learning rate η'])
  })

  it('corrects over all its cells, of all facets', () => {
    const made = [...cell([1, 2, 3, 4, 5], NR), ...cell([1, 2, 3, 4, -5], BN)]
    const { facets: [facet] } = pValuesOf(made, { rows: 'experiment', columns: 'BatchNorm', correction: 'holm' })
    // 2⁻⁵ doubled; (the second's 10 of 32 signs alone is larger than the first's, doubled)
    expect(facet!.cells.map(({ test, adjusted }) => [test.p, adjusted])).toEqual([[1 / 32, 2 / 32], [10 / 32, 10 / 32]])
    const { facets } = pValuesOf(made, { rows: 'experiment', columns: 'experiment', correction: 'holm' }, { facets: ['BatchNorm'] })
    expect(facets.map(({ cells }) => cells.map(({ adjusted }) => adjusted))).toEqual([[2 / 32], [10 / 32]])
  })

  it('says which cells could not have been significant, whatever they had shown', () => {
    const { facets: [facet] } = pValuesOf([...cell([1, 2, 3, 4], NR), ...cell([1, 2, 3, 4, 5, 6, 7, 8], BN)], { columns: 'BatchNorm', rows: 'experiment' })
    expect(facet!.cells.map(({ cannot, smallest, isSignificant }) => ({ cannot, smallest, isSignificant }))).toEqual([
      { cannot: true, smallest: 1 / 16, isSignificant: false },
      { cannot: false, smallest: 1 / 256, isSignificant: true },
    ])
  })

  it('counts what is not complete, and ranks divergence worst beside the p without it', () => {
    const { facets: [facet] } = pValuesOf([
      ...cell([1, 2, 3, 4, 5]),
      { seed: 6, dense: 800, sparse: 'diverged' },
      { seed: 7, dense: 'diverged', sparse: 'diverged' },
      { seed: 8, dense: 800, sparse: 'failed' },
      { seed: 9, dense: 'waiting', sparse: 801 },
      { seed: 10, dense: 90, sparse: 'collapsed' },
    ], { correction: 'none' })
    const [{ counts, test }] = facet!.cells as [PValues['facets'][number]['cells'][number]]
    expect(counts).toMatchObject({ pairs: 10, complete: 6, diverged: 2, failed: 1, unfinished: 1, collapsed: { dense: 0, sparse: 1 } })
    expect(test.p).toBe(signedRank([1, 2, 3, 4, 5, 10])!.p)
    expect(test.pDiverged).toBe(signedRank([1, 2, 3, 4, 5, 10, -Infinity, 0])!.p)
  })

  it('turns losses round: less is better', () => {
    const made = [1, 2, 3].map((i): Made => ({ seed: i, dense: { 'test.loss': 1 }, sparse: { 'test.loss': 1 - i / 8 } }))
    const { facets: [facet] } = pValuesOf(made, { measure: 'test.loss', correction: 'none' })
    expect(facet!.cells[0]!.test).toMatchObject({ p: 1 / 8, estimate: -0.25, effect: -1 })
  })
})

describe('the effect of a treatment', () => {
  const made = [
    { ...NR, seed: 1, dense: 800, sparse: 700 },
    { ...NR, seed: 2, dense: 810, sparse: 720 },
    { ...NR, seed: 3, dense: 820, sparse: 'diverged' },
    { ...NR, seed: 4, dense: 830, sparse: 760 },
    { ...BN, seed: 2, dense: 815, sparse: 812 },
    { ...BN, seed: 1, dense: 806, sparse: 810 },
    { ...BN, seed: 3, dense: 825, sparse: 820 },
  ] as const

  const contrast = { kind: 'treatments', field: 'BatchNorm', from: 'NR', to: 'BN' }

  it('on one side is paired by capacity and seed; where one diverged, it ranks', () => {
    const { facets: [facet] } = pValuesOf(made, { contrast: { ...contrast, of: 'sparse' }, question: { kind: 'difference', alternative: 'better', zeros: 'wilcoxon' }, correction: 'none' })
    const [{ test, counts }] = facet!.cells as [PValues['facets'][number]['cells'][number]]
    expect(counts).toMatchObject({ pairs: 3, complete: 2, diverged: 1 })
    expect(test.mean).toBeCloseTo((0.110 + 0.092) / 2, 12)
    expect([test.p, test.pDiverged]).toEqual([1 / 4, 1 / 8])
  })

  it('on the difference of the sides leaves divergence out, and counts it', () => {
    const { facets: [facet] } = pValuesOf(made, { contrast: { ...contrast, of: 'sides' }, correction: 'none' })
    const [{ test, counts }] = facet!.cells as [PValues['facets'][number]['cells'][number]]
    expect(counts).toMatchObject({ pairs: 3, complete: 2, diverged: 1 })
    // (810 - 806) - (700 - 800) = 104, (812 - 815) - (720 - 810) = 87
    expect(test.mean).toBeCloseTo((0.104 + 0.087) / 2, 12)
    expect(test.pDiverged).toBeNull()
  })

  it('has behind it the pairs that were subtracted', () => {
    const pairs = made.map(pairOf)
    const members = panel.members!(comparisonOf(pairs), panel.options.parse({ contrast: { ...contrast, of: 'dense' } }), {})
    expect(members.map(({ pairs, outcome, first, second }) => [pairs.map(({ treatment, seed }) => `${treatment} ${seed}`), outcome, first, second])).toEqual([
      [['NR 1', 'BN 1'], 'complete', 0.8, 0.806],
      [['NR 2', 'BN 2'], 'complete', 0.81, 0.815],
      [['NR 3', 'BN 3'], 'complete', 0.82, 0.825],
    ])
  })
})

describe('"as good as"', () => {
  it('takes a margin in the measure\'s unit: at the interval\'s end p turns from above to at most alpha', () => {
    const made = cell([-3, -1, 0, 2, 4, 5, -2, 1])
    const at = (margin: number) => pValuesOf(made, { question: { kind: 'asGood', margin }, correction: 'none' }).facets[0]!.cells[0]!
    const { low } = at(0.002).test.interval
    expect(low).toBeLessThan(0)
    expect(at(-low! + 0.0005).isSignificant).toBe(true)
    expect(at(-low! - 0.0005).isSignificant).toBe(false)
  })
})

describe('the paper\'s table', () => {
  const adam = { 'training.optimizer': 'adam' }
  const cellOf = (made: readonly Made[], options: object = {}) => pValuesOf(made, { rows: 'training.optimizer', columns: 'BatchNorm', ...options }).facets[0]!.cells[0]!

  it('stands beside cells of the same optimizer and level, and is judged by our interval', () => {
    // Adam, NR: 0.000 in the paper; Adam, BN: 0.079.
    const nr = { levels: { BatchNorm: 'NR' }, settings: adam }
    const bn = { levels: { BatchNorm: 'BN' }, settings: { ...adam, 'network.batchNorm': true } }
    expect(cellOf(cell([1, 2, 3, 4, 5, 6], nr)).paper).toEqual({ p: 0, verdict: 'agrees' })
    expect(cellOf(cell([-1, -2, -3, -4, -5, -6], nr)).paper).toEqual({ p: 0, verdict: 'differs' })
    expect(cellOf(cell([1, -2, 3, -4, 5, -6], nr)).paper).toEqual({ p: 0, verdict: 'open' })
    expect(cellOf(cell([1, 2, 3, 4, 5, 6], bn)).paper).toEqual({ p: 0.079, verdict: 'differs' })
    expect(cellOf(cell([1, -2, 3, -4, 5, -6], bn)).paper).toEqual({ p: 0.079, verdict: 'agrees' })
  })

  it('does not where the grid does not match, or something else is asked', () => {
    expect(cellOf(cell([1, 2, 3, 4, 5, 6], { levels: { BatchNorm: 'with' }, settings: adam }))).not.toHaveProperty('paper')
    expect(cellOf(cell([1, 2, 3, 4, 5, 6], { levels: { BatchNorm: 'NR' }, settings: adam }), { measure: 'test.loss' })).not.toHaveProperty('paper')
  })
})
