import type { Comparison } from '@shared/comparison/panel'
import type { CorrelationCell, Correlations, CorrelationTable } from '@shared/comparison/panels/correlations'
import type { Settings } from '@shared/experiment/parameter'
import type { MadePair } from './correlated'
import { absolute, LEAST_RUNS } from '@shared/comparison/correlation'
import { correlationInterval, correlationInWords } from '@shared/comparison/correlation-words'
import panel from '@shared/comparison/panels/correlations'
import { paperCorrelations } from '@shared/paper/tables'
import { describe, expect, it } from 'vitest'
import { madePairs } from './correlated'
import { comparisonOf } from './pairs'

/** Pairs of so many seeds at two capacities: both sides' accuracies and losses by a rule of (seed, capacity). */
function study(settings: Settings, rule: (i: number) => { flow: number, accuracy: number }, { seeds = 8, treatment = 'base' } = {}): MadePair[] {
  return Array.from({ length: 2 * seeds }, (_, i) => {
    const { flow, accuracy } = rule(i)
    const values = { 'gf1': flow, 'gf2': 1 / flow, 'egf1': flow / 3, 'egf2': (i * 5) % 11, 'test.accuracy': accuracy, 'test.loss': 1 - accuracy }
    return { treatment, seed: Math.floor(i / 2), capacity: 10 + i % 2, settings, dense: { values }, sparse: { values } }
  })
}

function shown(made: readonly MadePair[], options: object = {}, comparison: Partial<Comparison> = {}): Correlations {
  return panel.of(comparisonOf(madePairs(made), comparison), panel.options.parse({ resamples: 200, ...options }))
}

function cellOf({ cells }: CorrelationTable, flow: string, outcome: string, side = 'sparse'): CorrelationCell {
  return cells.find(cell => cell.flow === flow && cell.outcome === outcome && cell.side === side)!
}

const valueOf = (cell: CorrelationCell): number | string => cell.found.kind === 'correlated' ? cell.found.value : cell.found.kind

/** Kendall's tau-b by its definition, over all pairs of points. */
function tauB(points: readonly (readonly [number, number])[]): number {
  let [agree, untiedX, untiedY] = [0, 0, 0]
  for (const [i, [x, y]] of points.entries()) {
    for (const [u, v] of points.slice(i + 1)) {
      agree += Math.sign(u - x) * Math.sign(v - y)
      untiedX += Number(u !== x)
      untiedY += Number(v !== y)
    }
  }
  return agree / Math.sqrt(untiedX * untiedY)
}

const rising = study({}, i => ({ flow: 1 + i, accuracy: 0.5 + i / 100 }))
const shuffled = study({}, i => ({ flow: 1 + (i * 7) % 16, accuracy: 0.5 + ((i * 3) % 5) / 100 }))

describe('the table of correlations', () => {
  it('has a row for every measure of flow, and a column for each outcome on each side, dense first', () => {
    const { flows, columns, parts: [part] } = shown(rising)
    expect(flows).toEqual(['egf1', 'egf2', 'gf1', 'gf2'])
    expect(columns.map(({ side, outcome }) => `${side} ${outcome}`)).toEqual(['dense test.loss', 'dense test.accuracy', 'sparse test.loss', 'sparse test.accuracy'])
    expect(part!.pooled.cells).toHaveLength(16)
    expect(part!.facets).toEqual([])
  })

  it('has the signs and values that are there', () => {
    const { pooled } = shown(rising).parts[0]!
    expect(valueOf(cellOf(pooled, 'gf1', 'test.accuracy'))).toBe(1)
    expect(valueOf(cellOf(pooled, 'gf1', 'test.loss'))).toBe(-1)
    expect(valueOf(cellOf(pooled, 'gf2', 'test.accuracy', 'dense'))).toBe(-1)
    const other = shown(shuffled).parts[0]!.pooled
    for (const flow of ['gf1', 'gf2', 'egf1', 'egf2'])
      expect(valueOf(cellOf(other, flow, 'test.accuracy'))).toBeCloseTo(tauB(shuffled.map(({ sparse: { values } }) => [values[flow]!, values['test.accuracy']!])), 12)
  })

  it('marks the largest absolute value of a column, all of them where several are the same', () => {
    const { pooled } = shown(shuffled).parts[0]!
    const column = pooled.cells.filter(({ outcome, side }) => outcome === 'test.loss' && side === 'dense')
    const largest = Math.max(...column.map(cell => Math.abs(valueOf(cell) as number)))
    expect(new Set(column.map(({ isBest }) => isBest))).toEqual(new Set([true, false]))
    for (const cell of column)
      expect(cell.isBest).toBe(Math.abs(Math.abs(valueOf(cell) as number) - largest) < 1e-9)
    // EGF₁ of one depth is gf₁ divided by a number.
    expect(cellOf(pooled, 'gf1', 'test.loss', 'dense').isBest).toBe(cellOf(pooled, 'egf1', 'test.loss', 'dense').isBest)
  })

  it('takes Spearman where asked, and keeps the sign of what is shown without', () => {
    expect(valueOf(cellOf(shown(rising, { coefficient: 'spearman' }).parts[0]!.pooled, 'gf2', 'test.accuracy'))).toBeCloseTo(-1, 12)
    expect(valueOf(cellOf(shown(rising, { coefficient: 'absolute' }).parts[0]!.pooled, 'gf2', 'test.accuracy'))).toBe(-1)
  })

  it('says of too few runs, and of constant ones, that there is nothing to say', () => {
    expect(valueOf(cellOf(shown(rising.slice(0, LEAST_RUNS - 1)).parts[0]!.pooled, 'gf1', 'test.loss'))).toBe('few')
    expect(valueOf(cellOf(shown(study({}, i => ({ flow: 1 + i, accuracy: 0.1 }))).parts[0]!.pooled, 'gf1', 'test.loss'))).toBe('constant')
  })
})

describe('runs', () => {
  it('enter once, however many pairs share them', () => {
    const sharing = rising.map(pair => ({ ...pair, treatment: 'other', id: `shared ${pair.seed} ${pair.capacity}` }))
    const { counts, parts: [part] } = shown([...rising.map(pair => ({ ...pair, id: `shared ${pair.seed} ${pair.capacity}` })), ...sharing])
    expect(counts.runs).toBe(16 + 32)
    expect(cellOf(part!.pooled, 'gf1', 'test.loss', 'dense').found.n).toBe(16)
    expect(cellOf(part!.pooled, 'gf1', 'test.loss', 'sparse').found.n).toBe(32)
  })

  it('that have not finished with finite numbers are counted and left out, collapsed ones kept', () => {
    const strange = rising.map((pair, i): MadePair => ({
      ...pair,
      dense: i === 0 ? { ...pair.dense, state: 'diverged' } : i === 1 ? { ...pair.dense, state: 'failed' } : i === 2 ? { ...pair.dense, state: 'running' } : pair.dense,
      sparse: i === 3 ? { values: { 'test.loss': Number.POSITIVE_INFINITY } } : i === 4 ? { ...pair.sparse, isCollapsed: true } : pair.sparse,
    }))
    const result = shown(strange)
    expect(result.counts).toEqual({ runs: 32, complete: 28, diverged: 1, failed: 1, cancelled: 0, unfinished: 1, unmeasured: 1, collapsed: 1 })
    expect(cellOf(result.parts[0]!.pooled, 'gf1', 'test.loss', 'dense').found.n).toBe(13)
    expect(cellOf(result.parts[0]!.pooled, 'gf1', 'test.loss', 'sparse').found.n).toBe(15)
    expect(panel.caption(result)).toContain('28 of 32 runs, 1 diverged, 1 failed, 1 unfinished, 1 unmeasured; 1 that collapsed are kept')
  })

  it('of one treatment and seed are one cluster, whatever their capacity', () => {
    const clusters = (made: readonly MadePair[]): unknown => {
      const { found } = cellOf(shown(made).parts[0]!.pooled, 'gf1', 'test.loss')
      return found.kind === 'correlated' && found.clusters
    }
    expect(clusters(rising)).toBe(8)
    expect(clusters([...rising, ...study({ 'network.batchNorm': true }, i => ({ flow: i + 1, accuracy: i / 20 }), { treatment: 'BN' })])).toBe(16)
    // Experiments without factors call their treatment alike.
    expect(clusters([...rising, ...study({ 'training.batchSize': 32 }, i => ({ flow: i + 1, accuracy: i / 20 }))])).toBe(16)
    // Only the sparse networks differ.
    const masked = madePairs(rising).map(pair => ({ ...pair, sparse: { ...pair.sparse, id: `${pair.sparse.id} masked`, settings: { ...pair.sparse.settings, 'masks.distribution': 'uniform' } } }))
    expect(panel.of(comparisonOf([...madePairs(rising), ...masked]), panel.options.parse({ resamples: 100 })).parts[0]!.pooled.cells.find(({ side }) => side === 'sparse')!.found).toMatchObject({ n: 32, clusters: 16 })
    // The same treatment, trained at more capacities by another experiment.
    expect(clusters([...rising, ...study({}, i => ({ flow: i + 1, accuracy: i / 20 })).map(pair => ({ ...pair, capacity: 99 }))])).toBe(8)
  })
})

describe('what is told apart', () => {
  /** With each optimizer accuracy rises with flow; the one with more flow is the worse one. */
  const turning = [
    ...study({ 'training.optimizer': 'sgd' }, i => ({ flow: 1 + i, accuracy: 0.8 + i / 1000 })),
    ...study({ 'training.optimizer': 'adam' }, i => ({ flow: 101 + i, accuracy: 0.6 + i / 1000 })),
  ]

  it('are optimizers and learning rates, the pooled value beside; where it turns a sign, it is said', () => {
    const result = shown(turning)
    const [part] = result.parts
    expect(part!.facets.map(({ at }) => at)).toEqual([{ 'training.optimizer': 'sgd' }, { 'training.optimizer': 'adam' }])
    const cells = [...part!.facets, part!.pooled].map(table => cellOf(table, 'gf1', 'test.accuracy'))
    expect(cells.map(valueOf).map(Math.sign as never)).toEqual([1, 1, -1])
    expect(cells.map(({ turns }) => turns)).toEqual([true, true, true])
    expect(panel.caption(result)).toMatch(/Pooling turns the sign of \d+ values whose interval excludes zero: EGF₁ with test loss, dense: -1\.00 at Optimizer sgd, pooled \+0\.\d\d;/)
    const other = shown([...study({ 'training.optimizer': 'sgd' }, i => ({ flow: 1 + i, accuracy: 0.7 + i / 1000 })), ...study({ 'training.optimizer': 'adam' }, i => ({ flow: 101 + i, accuracy: 0.8 + i / 1000 }))])
    expect(other.parts[0]!.facets.flatMap(({ cells }) => cells).filter(({ flow }) => flow !== 'egf2').some(({ turns }) => turns)).toBe(false)
  })

  it('does not say that a sign turned which may as well be the other', () => {
    const uncertain = [
      ...study({ 'training.optimizer': 'sgd' }, i => ({ flow: 1 + i, accuracy: 0.8 + ((i * 7 + 3) % 16) / 1000 })),
      ...study({ 'training.optimizer': 'adam' }, i => ({ flow: 101 + i, accuracy: 0.6 + ((i * 7 + 3) % 16) / 1000 })),
    ]
    const cell = cellOf(shown(uncertain).parts[0]!.facets[0]!, 'gf1', 'test.accuracy')
    const { value, interval } = cell.found as { value: number, interval: { low: number, high: number } }
    expect(value).toBeGreaterThan(0)
    expect(interval.low).toBeLessThan(0)
    expect(cell.turns).toBe(false)
  })

  it('are not where pooling is chosen, and then it is said', () => {
    const result = shown(turning, {}, { pooled: ['training.optimizer'] })
    expect(result.parts[0]!.facets).toEqual([])
    expect(valueOf(cellOf(result.parts[0]!.pooled, 'gf1', 'test.accuracy'))).toBeLessThan(0)
    expect(panel.caption(result)).toContain('Pooled over Optimizer.')
  })

  it('are data sets and depths, never mixed by themselves', () => {
    const depths = [1, 2].flatMap(depth => study({ 'network.mlp.hiddenLayers': depth }, i => ({ flow: depth * (1 + i), accuracy: i / 20 })))
    const apart = shown([...depths, ...study({ 'data.dataset': 'synthetic', 'network.mlp.hiddenLayers': 2 }, i => ({ flow: 1 + i, accuracy: 0.9 - i / 20 }))])
    expect(apart.parts.map(({ at, pooled }) => [at, cellOf(pooled, 'gf1', 'test.loss').found.n])).toEqual([
      [{ 'data.dataset': 'fashion-mnist', 'network.mlp.hiddenLayers': 1 }, 16],
      [{ 'data.dataset': 'fashion-mnist', 'network.mlp.hiddenLayers': 2 }, 16],
      [{ 'data.dataset': 'synthetic', 'network.mlp.hiddenLayers': 2 }, 16],
    ])
    expect(panel.caption(apart)).toContain('within data set, depth, side: ')
    expect(panel.caption(apart)).toContain('3 tables, for what differs in Data set, Hidden layers is not mixed.')
    const mixed = shown(depths, { pool: ['depth', 'side'] })
    expect(mixed.parts.map(({ pooled }) => cellOf(pooled, 'gf1', 'test.loss', 'both').found.n)).toEqual([64])
    expect(panel.caption(mixed)).toContain('within data set: ')
    expect(panel.caption(mixed)).toContain('Mixed as chosen: Hidden layers. Dense and sparse runs are pooled.')
  })
})

describe('intervals', () => {
  it('are computed where that is quick, or asked for', () => {
    const intervalOf = (made: readonly MadePair[], options: object): unknown => {
      const { found } = cellOf(shown(made, options).parts[0]!.pooled, 'gf1', 'test.loss')
      return found.kind === 'correlated' && found.interval
    }
    expect(intervalOf(shuffled, {})).toMatchObject({ low: expect.any(Number) })
    expect(intervalOf(shuffled, { intervals: false })).toBeNull()
    const many = study({}, i => ({ flow: 1 + i % 97, accuracy: (i % 89) / 100 }), { seeds: 500 })
    expect(intervalOf(many, { resamples: 100_000 })).toBeNull()
    expect(intervalOf(many, { resamples: 100, intervals: true })).toMatchObject({ low: expect.any(Number) })
    expect(panel.caption(shown(shuffled, { intervals: false }))).toContain('whether pooling turns a sign is not judged')
    expect(panel.caption(shown(shuffled))).toContain('200 resamples, seed 1')
  })
})

it('without its sign an interval is that of the sizes in it', () => {
  expect(absolute({ low: -0.4, high: 0.1 })).toEqual({ low: 0, high: 0.4 })
  expect(absolute({ low: -0.4, high: -0.1 })).toEqual({ low: 0.1, high: 0.4 })
  expect(absolute({ low: 0.2, high: 0.3 })).toEqual({ low: 0.2, high: 0.3 })
  const { found } = cellOf(shown(rising, { coefficient: 'absolute' }).parts[0]!.pooled, 'gf2', 'test.accuracy')
  expect([found.kind === 'correlated' && correlationInWords(found.value, 'absolute'), correlationInterval(found, 'absolute')]).toEqual(['1.00', '[1.00, 1.00]'])
})

describe('the paper\'s numbers', () => {
  const paperOf = (result: Correlations) => cellOf(result.parts[0]!.pooled, 'egf1', 'test.loss').paper

  it('stand beside ours of the same data set, which agree where they lie in our interval, whatever the sign', () => {
    const { absoluteTau } = paperCorrelations('fashion-mnist').find(({ flow, outcome, side }) => flow === 'egf1' && outcome === 'test.loss' && side === 'sparse')!
    expect(paperOf(shown(rising))).toEqual({ absoluteTau, isBest: true, agrees: false })
    for (const made of [shuffled, shuffled.map(pair => ({ ...pair, sparse: { values: { ...pair.sparse.values, 'test.loss': pair.sparse.values['test.accuracy']! } } }))]) {
      const result = shown(made)
      const { interval } = cellOf(result.parts[0]!.pooled, 'egf1', 'test.loss').found as { interval: { low: number, high: number } }
      const sizes = [Math.abs(interval.low), Math.abs(interval.high)]
      expect(paperOf(result)!.agrees).toBe((interval.low * interval.high <= 0 || Math.min(...sizes) <= absoluteTau) && absoluteTau <= Math.max(...sizes))
    }
  })

  it('are not judged without an interval, and not shown beside other data, other coefficients or both sides together', () => {
    expect(paperOf(shown(rising, { intervals: false }))).toMatchObject({ agrees: null })
    expect(paperOf(shown(rising, { coefficient: 'spearman' }))).toBeNull()
    expect(paperOf(shown(study({ 'data.dataset': 'synthetic' }, i => ({ flow: 1 + i, accuracy: i / 20 }))))).toBeNull()
    expect(shown(rising, { pool: ['side'] }).parts[0]!.pooled.cells.every(({ paper }) => paper === null)).toBe(true)
  })
})

it('is plain JSON without numbers that JSON has not', () => {
  const result = shown([...rising, ...study({ 'training.optimizer': 'adam' }, () => ({ flow: 1, accuracy: 0.1 }))])
  expect(JSON.parse(JSON.stringify(result))).toEqual(result)
  expect(panel.caption(result)).not.toMatch(/NaN|undefined|null/)
})

describe('tables of correlations', () => {
  it('are one a facet and the pooled one, then one with every number of every cell', () => {
    const settings = (optimizer: string) => ({ 'data.dataset': 'fashion-mnist', 'training.optimizer': optimizer })
    const found = shown([...study(settings('sgd'), i => ({ flow: 1 + i, accuracy: i / 20 })), ...study(settings('adam'), i => ({ flow: 1 + i, accuracy: -i / 20 }))])
    const tables = panel.tables!(found)
    expect(tables.map(({ id }) => id)).toEqual(['correlations-1', 'correlations-2', 'correlations-3', 'correlation-cells'])
    expect(tables[0]!.caption).toMatch(/^Optimizer sgd\. /)
    const [head, rows] = [tables[0]!.columns.map(({ name }) => name), tables[0]!.rows]
    expect(rows.find(([flow]) => flow === 'gf1')![head.indexOf('sparse test accuracy')]).toEqual({ value: 1, text: '+1.00*' })
    expect(tables[1]!.rows.find(([flow]) => flow === 'gf1')![head.indexOf('sparse test accuracy')]).toEqual({ value: -1, text: '-1.00*' })
    // 4 flow measures, two outcomes, two sides, three tables.
    expect(tables[3]!.rows).toHaveLength(4 * 4 * 3)
  })
})
