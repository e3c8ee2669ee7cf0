import type { ComparisonPair, ComparisonRun } from '@shared/comparison/pair'
import type { Panel } from '@shared/comparison/panel'
import type { Runs } from '@shared/comparison/panels/runs'
import type { RunColumn } from '@shared/comparison/run-table/columns'
import type { Summary } from '@shared/comparison/summary'
import type { Settings } from '@shared/experiment/parameter'
import { panels } from '@shared/comparison/panels'
import { arrange, columnsInOrder, meanOf, valuesIn } from '@shared/comparison/run-table/arrange'
import { formatOf } from '@shared/comparison/run-table/format'
import { configure } from '@shared/experiment/parameters'
import { tableFormats } from '@shared/tables'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparisonOf, pairOf } from './pairs'

const panel = panels.get('runs') as Panel<never, Runs>

function runsOf(pairs: readonly ComparisonPair[], options: object = {}): Runs {
  return panel.of(comparisonOf(pairs), panel.options.parse(options))
}

const keys = ({ columns }: Pick<Runs, 'columns'>): string[] => columns.map(({ key }) => key)
const column = (table: Runs, key: string): RunColumn => table.columns.find(column => column.key === key)!
/** Names of the runs, as they are shown. */
function shown(table: Runs): string[] {
  const arranged = arrange(table)
  return arranged.kind === 'runs' ? arranged.rows.map(row => table.ids[row]!) : arranged.groups.map(({ at }) => at.join(' '))
}

/** A pair whose runs have these names, and each measure a curve by summary. */
function named(dense: string, sparse: string, more: Partial<ComparisonPair> = {}, of: Partial<ComparisonRun> = {}): ComparisonPair {
  const pair = pairOf({ dense: 800, sparse: 700 })
  return { ...pair, dense: { ...pair.dense, id: dense, run: Number(dense.slice(1)), ...of }, sparse: { ...pair.sparse, id: sparse, run: Number(sparse.slice(1)), ...of }, ...more }
}

describe('the table of runs', () => {
  it('has each run once, with the first pair that it belongs to', () => {
    const table = runsOf([named('r1', 'r2', { treatment: 'NR', seed: 7 }), named('r1', 'r3', { treatment: 'later', seed: 8 })], { columns: [{ field: 'treatment' }, { field: 'seed' }, { field: 'side' }] })
    expect(table.ids).toEqual(['r1', 'r2', 'r3'])
    expect(table.columns.map(({ values }) => values)).toEqual([['NR', 'NR', 'later'], [7, 7, 8], ['dense', 'sparse', 'sparse']])
    expect(panel.caption(table)).toContain('3 runs of 2 pairs: 3 done. A run that several pairs share is shown once, with the first of them.')
  })

  it('shows the parameters that differ until others are chosen, and offers them first', () => {
    const adam = { 'training.optimizer': 'adam', 'training.learningRate': 0.001 }
    const table = runsOf([pairOf({ levels: { optimizer: 'sgd' }, dense: 1, sparse: 1 }), pairOf({ levels: { optimizer: 'adam' }, settings: adam, dense: 1, sparse: 1 })])
    expect(keys(table)).toEqual(['side', 'capacity', 'seed', 'state', 'training.optimizer', 'training.learningRate', 'test.accuracy last', 'test.loss last', 'egf2 meanOfEleven'])
    expect(keys(runsOf([pairOf({ levels: { sweep: 'a' }, dense: 1, sparse: 1 }), pairOf({ levels: { sweep: 'b' }, dense: 1, sparse: 1 })]))[0]).toBe('treatment')
    const kinds = table.choices.map(({ kind }) => kind)
    expect(table.choices.filter(({ kind }) => kind === 'varied parameter').map(({ field }) => field)).toEqual(['training.optimizer', 'training.learningRate'])
    expect([...new Set(kinds)]).toEqual(['place', 'varied parameter', 'other parameter', 'measure'])
    expect(table.choices.filter(({ kind }) => kind === 'place').map(({ field }) => field)).toContain('optimizer')
  })

  it('has no value where a parameter does not apply, nor where nothing was measured', () => {
    const adam = { 'training.optimizer': 'adam' }
    const table = runsOf([pairOf({ dense: 'failed', sparse: 700 }), pairOf({ settings: adam, dense: 800, sparse: 'diverged' })], {
      columns: ['training.adam.beta1', 'masks.distribution', 'test.accuracy', 'nothing of the kind'].map(field => ({ field })),
    })
    expect(table.columns.map(({ values }) => values)).toEqual([
      [null, null, 0.9, 0.9],
      [null, 'equal-capacity', null, 'equal-capacity'],
      [null, 0.7, 0.8, null],
      [null, null, null, null],
    ])
  })

  it('takes each column by its own summary, also one measure by several', () => {
    const asked: [string, Summary][] = []
    const measured: ComparisonRun['measured'] = (measure, summary) => {
      asked.push([measure, summary])
      return { value: ['last', 'best', 'epoch', 'meanOfLast', 'meanOfEleven'].indexOf(summary.kind) + ('epoch' in summary ? summary.epoch : 'epochs' in summary ? summary.epochs : 0) }
    }
    const summaries = [undefined, { kind: 'best' }, { kind: 'epoch', epoch: 20 }, { kind: 'epoch', epoch: 30 }, { kind: 'meanOfLast', epochs: 5 }, { kind: 'meanOfEleven' }, { kind: 'last' }]
    const table = runsOf([named('r1', 'r2', {}, { measured })], { columns: summaries.map(summary => ({ field: 'test.accuracy', ...summary && { summary } })) })
    // The last one is the first, said outright.
    expect(table.columns.map(({ key, values: [value] }) => [key, value])).toEqual([['test.accuracy last', 0], ['test.accuracy best', 1], ['test.accuracy epoch 20', 22], ['test.accuracy epoch 30', 32], ['test.accuracy meanOfLast 5', 8], ['test.accuracy meanOfEleven', 4]])
    expect(asked).toContainEqual(['test.accuracy', { kind: 'meanOfLast', epochs: 5 }])
  })

  it.each([
    ['test.accuracy', [5000], 'best on validation'],
    ['test.accuracy', [0], 'best on test'],
    ['test.accuracy', [0, 5000], 'best on validation, best on test where there is none'],
    ['train.loss', [0], 'its own best'],
    ['egf2', [0], 'final'],
  ] as const)('says what the best %s is by, where %j examples are held out: %s', (field, heldOut, inWords) => {
    const pairs = heldOut.map(count => pairOf({ settings: { 'data.validation': count }, dense: 1, sparse: 1 }))
    expect(runsOf(pairs, { columns: [{ field, summary: { kind: 'best' } }] }).columns[0]!.measure!.inWords).toBe(inWords)
  })

  it('counts what is not done, and what collapsed', () => {
    const table = runsOf([pairOf({ dense: 800, sparse: 'diverged' }), pairOf({ dense: 'waiting', sparse: 'collapsed' })])
    expect(panel.caption(table)).toContain('4 runs of 2 pairs: 1 waiting, 2 done, 1 diverged, 1 of the done ones collapsed.')
    expect(table.collapsed).toEqual([3])
  })

  it('gives runs that were trained elsewhere what their file says', () => {
    const elsewhere = (settings: Settings): Partial<ComparisonRun> => ({ settings, engine: 'imported' })
    const pair = named('r1', 'r2', {}, elsewhere({ 'warmup': 3, 'training.adam.beta1': 0.8 }))
    const { run: _, ...dense } = pair.dense
    const table = runsOf([{ ...pair, dense }], { columns: [{ field: 'warmup' }, { field: 'training.adam.beta1' }] })
    expect(table.columns.map(({ values }) => values)).toEqual([[3, 3], [0.8, 0.8]])
    expect(table.numbers).toEqual([null, 2])
  })
})

describe('its order', () => {
  const settings = ['auto', 100, 99, 1000].map(width => ({ 'network.maximumWidth': width }))
  const pairs = settings.map((set, i) => named(`r${20 - 2 * i}`, `r${21 - 2 * i}`, { capacity: 10 - i, treatment: `W${[9, 10, 9, 100][i]}` }, { settings: configure(set) }))
  const widths = { columns: [{ field: 'network.maximumWidth' }, { field: 'treatment' }, { field: 'capacity' }] }

  it('is that of the pairs, or of a column either way; what has no value stands last', () => {
    expect(shown(runsOf(pairs, widths))).toEqual(['r20', 'r21', 'r18', 'r19', 'r16', 'r17', 'r14', 'r15'])
    // Numbers, then words; dense networks have no maximum width.
    expect(shown(runsOf(pairs, { ...widths, sort: { column: 'network.maximumWidth', descending: false } }))).toEqual(['r17', 'r19', 'r15', 'r21', 'r20', 'r18', 'r16', 'r14'])
    expect(shown(runsOf(pairs, { ...widths, sort: { column: 'network.maximumWidth', descending: true } }))).toEqual(['r21', 'r15', 'r19', 'r17', 'r20', 'r18', 'r16', 'r14'])
    expect(shown(runsOf(pairs, { ...widths, sort: { column: 'run', descending: false } }))[0]).toBe('r14')
  })

  it('counts within words: W9 before W10', () => {
    expect(shown(runsOf(pairs, { ...widths, sort: { column: 'treatment', descending: false } }))).toEqual(['r20', 'r21', 'r16', 'r17', 'r18', 'r19', 'r14', 'r15'])
  })

  it('is the old one for a column that is gone', () => {
    expect(shown(runsOf(pairs, { ...widths, sort: { column: 'seed', descending: true } }))[0]).toBe('r20')
  })

  it('has pinned runs on top, whatever the filter takes, and pinned columns at the left', () => {
    const table = runsOf(pairs, { ...widths, pinnedRuns: ['r15', 'r18', 'gone'], pinnedColumns: ['capacity'], filter: 'w9 SPARSE r2', columns: [...widths.columns, { field: 'side' }] })
    expect(shown(table)).toEqual(['r18', 'r15', 'r21'])
    expect(arrange(table)).toMatchObject({ pinned: 2 })
    expect(columnsInOrder(table).map(({ key }) => key)).toEqual(['capacity', 'network.maximumWidth', 'treatment', 'side'])
    expect(panel.caption(table)).toContain('1 run with "w9 SPARSE r2" taken.')
  })

  it('is that of a stable sort of the values, any of them', () => {
    fc.assert(fc.property(fc.array(fc.option(fc.double({ noNaN: true, min: -10, max: 10 }).map(value => Math.round(value)))), fc.boolean(), (values, descending) => {
      const rows = values.map((_, i) => i)
      const columns: RunColumn[] = [{ key: 'x', field: 'x', title: '', unit: '', help: '', values }]
      const table: Runs = { ...runsOf([]), ids: rows.map(String), numbers: rows, states: rows.map(() => 'done'), columns, sort: { column: 'x', descending } }
      const [known, missing] = [rows.filter(row => values[row] !== null), rows.filter(row => values[row] === null)]
      expect(shown(table)).toEqual([...known.toSorted((a, b) => descending ? values[b]! - values[a]! : values[a]! - values[b]!), ...missing].map(String))
    }))
  })
})

describe('its groups', () => {
  const levels = ['NR', 'BN']
  const made = levels.flatMap((norm, t) => [2, 10].flatMap((capacity, c) => [1, 2, 3].map(seed => pairOf({
    levels: { BatchNorm: norm },
    capacity,
    seed,
    dense: 800 + 10 * t + 5 * c + seed,
    sparse: t === 1 && c === 1 && seed > 1 ? 'diverged' : t === 0 && c === 1 && seed === 3 ? 'waiting' : 700 + 20 * t - 7 * c + 2 * seed,
  }))))
  const options = { columns: ['test.accuracy', 'seed'].map(field => ({ field })), groups: ['side', 'capacity', 'treatment'] }

  it('are those of a brute force, with mean, sd and n of the done ones', () => {
    const table = runsOf(made, options)
    const arranged = arrange(table)
    if (arranged.kind !== 'groups')
      throw new Error('not grouped')
    const expected = ['dense', 'sparse'].flatMap(side => [2, 10].flatMap(capacity => levels.map((treatment) => {
      const runs = made.filter(pair => pair.capacity === capacity && pair.treatment === treatment).map(pair => pair[side as 'dense'])
      const values = runs.flatMap(run => run.measured('test.accuracy', { kind: 'last' })?.value ?? [])
      const mean = values.reduce((a, b) => a + b, 0) / values.length
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
      return { at: [side, capacity, treatment], ids: runs.map(({ id }) => id), n: values.length, mean: expect.closeTo(mean, 12) as number, sd: values.length > 1 ? expect.closeTo(sd, 12) as number : Number.NaN }
    })))
    expect(arranged.groups.map(group => ({ at: group.at, ids: group.rows.map(row => table.ids[row]), ...meanOf(table, group, column(table, 'test.accuracy last')) }))).toEqual(expected)
    expect(valuesIn(arranged.groups[0]!, column(table, 'seed'))).toEqual([1, 2, 3])
    expect(panel.caption(table)).toContain('Grouped by Side, W, Treatment: mean ± sd over the runs of a group that are done and were measured')
  })

  it('leave the last value of a run that still trains out of the mean, and show it', () => {
    const pair = pairOf({ dense: 800, sparse: 700 })
    const table = runsOf([{ ...pair, sparse: { ...pair.sparse, state: 'running' } }], { columns: [{ field: 'test.accuracy' }], groups: ['capacity'] })
    expect(meanOf(table, { rows: [0, 1] }, column(table, 'test.accuracy last'))).toMatchObject({ n: 1, mean: 0.8 })
    expect(column(table, 'test.accuracy last').values).toEqual([0.8, 0.7])
  })

  it('are sorted by a mean, by how many they are, or by a field', () => {
    const by = (sort: string, descending = false): string[] => shown(runsOf(made, { ...options, groups: ['treatment', 'side'], sort: { column: sort, descending } }))
    expect(by('test.accuracy last', true)).toEqual(['BN dense', 'NR dense', 'BN sparse', 'NR sparse'])
    expect(by('treatment')).toEqual(['BN dense', 'BN sparse', 'NR dense', 'NR sparse'])
    expect(shown(runsOf(made.slice(1), { ...options, groups: ['treatment'], sort: { column: 'count', descending: false } }))).toEqual(['NR', 'BN'])
  })

  it('take no measure to group by, and nothing twice', () => {
    expect(runsOf(made, { groups: ['side', 'egf2', 'side'] }).groups).toEqual(['side'])
  })
})

describe('its copy', () => {
  const tsv = (table: Runs): string[][] => tableFormats.get('tsv').write(panel.tables!(table)[0]!).slice(0, -1).split('\n').map(line => line.split('\t'))
  const pairs = [pairOf({ seed: 1, dense: { 'test.loss': 1 / 3 }, sparse: 'failed' }), pairOf({ seed: 2, dense: { 'test.loss': 2 / 3 }, sparse: { 'test.loss': 1e-7 } })]

  it('is the whole table in its order, every digit of it', () => {
    const table = runsOf(pairs, { columns: ['seed', 'state', 'test.loss'].map(field => ({ field })), sort: { column: 'test.loss last', descending: true }, pinnedColumns: ['state'] })
    const [a, b, c, d] = table.ids
    expect(tsv(table)).toEqual([
      ['run', 'State', 'Seed', 'Test loss, final (nats)'],
      [c, 'done', '2', String(2 / 3)],
      [a, 'done', '1', String(1 / 3)],
      [d, 'done', '2', '1e-7'],
      [b, 'failed', '1', ''],
    ])
  })

  it('has of groups mean, sd and n', () => {
    const table = runsOf(pairs, { columns: ['seed', 'test.loss'].map(field => ({ field })), groups: ['side'] })
    expect(tsv(table)).toEqual([
      ['Side', 'runs', 'Seed', 'Test loss, final (nats)', 'Test loss, final, sd (nats)', 'Test loss, final, n'],
      ['dense', '2', '1, 2', '0.5', String(Math.SQRT1_2 / 3), '2'].map((cell, i) => i === 4 ? expect.stringMatching(/^0\.23570226/) as string : cell),
      ['sparse', '2', '1, 2', '1e-7', '', '1'],
    ])
  })
})

describe('its numbers', () => {
  it('have the same decimals in a column', () => {
    const format = (values: RunColumn['values'], measure?: RunColumn['measure'], unit = ''): string[] =>
      values.map(formatOf({ key: '', field: '', title: '', help: '', unit, values, ...measure && { measure } }))
    expect(format([0.1, 0.001, 'auto', null])).toEqual(['0.100', '0.001', 'auto', '–'])
    expect(format([1, 23])).toEqual(['1', '23'])
    expect(format([1e-9, 0.1])).toEqual(['1e-9', '0.1'])
    expect(format([0.81249, 0.9], { summary: { kind: 'last' }, inWords: 'final' }, 'share')).toEqual(['81.2', '90.0'])
    expect(format([0.0123, 1.5], { summary: { kind: 'last' }, inWords: 'final' })).toEqual(['0.0123', '1.5000'])
  })
})
