import type { Measurement } from '@shared/measures'
import type { StoredExperiment } from '../../src-main/store/experiments'
import type { Store } from '../../src-main/store/open'
import type { Changes } from '../plans'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parameters } from '@shared/experiment/parameters'
import { measures } from '@shared/measures'
import { parse } from 'csv-parse/sync'
import { describe, expect, it, onTestFinished } from 'vitest'
import { exportCsv } from '../../src-main/export/csv'
import { readStore } from '../../src-main/store/open'
import { getRun } from '../../src-main/store/runs'
import { smallBase } from '../plans'
import { create, finishAll, fresh, started } from '../queue/queues'
import { temporaryFolder } from '../temporary'

type Row = Readonly<Record<string, string>>

interface Exported {
  readonly folder: string
  readonly tables: Readonly<Record<string, Row[]>>
  readonly headers: Readonly<Record<string, string[]>>
}

/** Reads what was exported with another program's parser. */
function read(folder: string): Exported {
  const files = readdirSync(folder).map(file => [basename(file, '.csv'), readFileSync(join(folder, file), 'utf8')] as const)
  return {
    folder,
    tables: Object.fromEntries(files.map(([name, text]) => [name, parse(text, { columns: true })])),
    headers: Object.fromEntries(files.map(([name, text]) => [name, (parse(text, { to: 1 }) as string[][])[0]!])),
  }
}

/** Exports as the command line does: a reader beside the process that owns the store. */
async function exported(dataDirectory: string, experiment: StoredExperiment): Promise<Exported> {
  const store = readStore(dataDirectory)
  onTestFinished(() => void store.close())
  const folder = temporaryFolder()
  await exportCsv(store, experiment, folder)
  return read(folder)
}

const share = (measure: string, correct: number, total: number): Measurement => ({ measure, layer: 0, value: correct / total, correct, total })
const number = (measure: string, value: number, layer = 0): Measurement => ({ measure, layer, value })

const rate = {
  name: 'rate',
  levels: [
    { name: 'low', set: { 'training.learningRate': 0.25 }, setDense: {}, setSparse: {} },
    { name: 'high', set: { 'training.learningRate': 0.5 }, setDense: {}, setSparse: {} },
  ],
}

/** The eleven epochs of 22, and others. */
const studied = [0, 1, 2, 4, 6, 8, 10, 11, 12, 14, 16, 18, 20, 22]

/**
 * Two treatments x two seeds of 22 epochs: a complete pair with both sides' numbers made by hand, one that diverged,
 * one that failed, one that is unfinished.
 */
function study(): { store: Store, folder: string, experiment: StoredExperiment } {
  const { store, folder, queue } = fresh()
  const experiment = create(store, { base: { ...smallBase, 'data.synthetic.test': 16, 'training.epochs': 22 }, factors: [rate], seeds: [1, 2] })
  const train = ({ correct, flow, connected }: { correct: readonly [middle: number, last: number], flow: number, connected: number }): void => {
    const { run } = queue.claim()!
    queue.started(run, { ...started(), layers: [1, 2, 3].map(layer => ({ activeWeights: 10 * layer, effectiveActiveWeights: 10 * layer - connected, unconnectedUnits: layer * connected })) }, 1)
    for (const epoch of studied) {
      // The mean over the eleven is 12 x flow; the last is 22 x flow, the others are far away.
      const egf = epoch > 0 && epoch % 2 === 0 ? epoch * flow : 1000
      queue.measured(run, [{ epoch, measurements: [
        number('egf1', egf),
        number('egf2', egf / 2),
        ...epoch ? [number('train.loss', Math.abs(epoch - 8.5)), number('time.training', 0.5)] : [],
        ...epoch === 11 ? [share('test.accuracy', correct[0], 16)] : [],
        ...epoch === 22 ? [share('test.accuracy', correct[1], 16), ...[1, 2, 3].map(layer => number('layer.gradient.l2', flow * layer / 8, layer))] : [],
      ] }])
    }
    queue.ended(run, { kind: 'done' })
  }
  train({ correct: [15, 12], flow: 1, connected: 0 })
  train({ correct: [14, 10], flow: 2, connected: 1 })
  train({ correct: [13, 11], flow: 4, connected: 0 })
  const diverged = queue.claim()!.run
  queue.measured(diverged, [{ epoch: 1, measurements: [number('train.loss', 2)] }])
  queue.measured(diverged, [{ epoch: 2, measurements: [number('train.loss', Number.NaN)] }])
  queue.ended(diverged, { kind: 'diverged', epoch: 2, step: 7 })
  train({ correct: [9, 8], flow: 8, connected: 0 })
  queue.ended(queue.claim()!.run, { kind: 'failed', reason: 'no, "really"\nnot' })
  train({ correct: [7, 6], flow: 16, connected: 0 })
  return { store, folder, experiment }
}

describe('pairs.csv', () => {
  it('holds both sides of each pair as they ended, cell by cell', async () => {
    const { folder, experiment } = study()
    const { tables, headers } = await exported(folder, experiment)
    expect(headers.pairs).toEqual([
      'pair',
      'treatment',
      'level.rate',
      'capacity',
      'seed',
      'dense_run',
      'sparse_run',
      'outcome',
      'dense_validation_accuracy',
      'sparse_validation_accuracy',
      'dense_accuracy',
      'sparse_accuracy',
      'difference_accuracy',
      'dense_egf1',
      'sparse_egf1',
      'difference_egf1',
      'dense_egf2',
      'sparse_egf2',
      'difference_egf2',
    ])
    const empty = ['', '', '', '', '', '', '', '', '', '', '']
    expect(tables.pairs!.map(row => Object.values(row))).toEqual([
      // 12 and 10 of 16 at the last epoch; a negative number is no formula.
      ['1', 'low', 'low', '5', '1', '1', '2', 'complete', '', '', '0.75', '0.625', '-0.125', '12', '24', '12', '6', '12', '6'],
      ['2', 'high', 'high', '5', '1', '3', '4', 'diverged', ...empty],
      ['3', 'low', 'low', '5', '2', '5', '6', 'failed', ...empty],
      ['4', 'high', 'high', '5', '2', '7', '8', 'unfinished', ...empty],
    ])
  })

  it('has a level a factor, and every planned pair, whatever is shared', async () => {
    const { store, folder } = fresh()
    const width = { name: 'N', levels: [14, 20].map(N => ({ name: `N${N}`, set: { 'network.maximumWidth': N }, setDense: {}, setSparse: {} })) }
    const experiment = create(store, { factors: [rate, width], capacities: [4, 5] })
    const { tables } = await exported(folder, experiment)
    expect(tables.pairs!.map(row => [row.pair, row.treatment, row['level.rate'], row['level.N'], row.capacity, row.dense_run, row.sparse_run])).toEqual([
      ['1', 'low · N14', 'low', 'N14', '4', '1', '2'],
      ['2', 'low · N20', 'low', 'N20', '4', '1', '3'],
      ['3', 'high · N14', 'high', 'N14', '4', '4', '5'],
      ['4', 'high · N20', 'high', 'N20', '4', '4', '6'],
      ['5', 'low · N14', 'low', 'N14', '5', '7', '8'],
      ['6', 'low · N20', 'low', 'N20', '5', '7', '9'],
      ['7', 'high · N14', 'high', 'N14', '5', '10', '11'],
      ['8', 'high · N20', 'high', 'N20', '5', '10', '12'],
    ])
    // And a run once, with all treatments that it is of.
    expect(tables.runs!.map(row => [row.run, row.side, row.treatments, row['level.rate'], row['level.N'], row.capacity]).slice(0, 4)).toEqual([
      ['1', 'dense', 'low · N14; low · N20', 'low', 'N14; N20', '4'],
      ['2', 'sparse', 'low · N14', 'low', 'N14', '4'],
      ['3', 'sparse', 'low · N20', 'low', 'N20', '4'],
      ['4', 'dense', 'high · N14; high · N20', 'high', 'N14; N20', '4'],
    ])
    expect(tables.runs!.map(({ capacity }) => capacity).slice(6)).toEqual(['5', '5', '5', '5', '5', '5'])
    expect(tables.runs).toHaveLength(12)
  })
})

describe('pairs.csv of an experiment with a tuned factor', () => {
  it('has what validation found on each side, and which levels it selected', async () => {
    const { store, folder, queue } = fresh()
    const experiment = create(store, { base: { ...smallBase, 'data.validation': 16 }, factors: [{ ...rate, role: 'tuned' }], seeds: [1, 2] })
    // By seed, then level, then side: the dense mean is best at the high rate, the sparse one at the low rate.
    for (const [validation, test] of [[4, 2], [12, 3], [8, 4], [6, 5], [8, 6], [10, 7], [6, 8]] as const) {
      const { run } = queue.claim()!
      queue.measured(run, [{ epoch: 3, measurements: [share('validation.accuracy', validation, 16), share('test.accuracy', test, 16)] }])
      queue.ended(run, { kind: 'done' })
    }
    const cells = ({ tables }: Exported) => tables.pairs!.map(row => [row['level.rate'], row.seed, row.dense_validation_accuracy, row.dense_selected, row.sparse_validation_accuracy, row.sparse_selected, row.difference_accuracy])
    const open = await exported(folder, experiment)
    expect(open.headers.pairs!.slice(7, 12)).toEqual(['outcome', 'dense_validation_accuracy', 'dense_selected', 'sparse_validation_accuracy', 'sparse_selected'])
    // A run is missing: nothing is selected yet.
    expect(cells(open)).toEqual([
      ['low', '1', '0.25', 'false', '0.75', 'false', '0.0625'],
      ['high', '1', '0.5', 'false', '0.375', 'false', '0.0625'],
      ['low', '2', '0.5', 'false', '0.625', 'false', '0.0625'],
      ['high', '2', '0.375', 'false', '', 'false', ''],
    ])
    const { run } = queue.claim()!
    queue.measured(run, [{ epoch: 3, measurements: [share('validation.accuracy', 6, 16), share('test.accuracy', 9, 16)] }])
    queue.ended(run, { kind: 'done' })
    expect(cells(await exported(folder, experiment))).toEqual([
      ['low', '1', '0.25', 'false', '0.75', 'true', '0.0625'],
      ['high', '1', '0.5', 'true', '0.375', 'false', '0.0625'],
      ['low', '2', '0.5', 'false', '0.625', 'true', '0.0625'],
      ['high', '2', '0.375', 'true', '0.375', 'false', '0.0625'],
    ])
  })
})

describe('runs.csv', () => {
  it('has a row a run, with what it is, its parameters and how it ended', async () => {
    const { store, folder, experiment } = study()
    const { tables } = await exported(folder, experiment)
    expect(tables.runs!.map(({ run, side, treatments, seed, widths, state, epoch, epochs }) => [run, side, treatments, seed, widths, state, epoch, epochs])).toEqual([
      ['1', 'dense', 'low', '1', '5 5', 'done', '22', '22'],
      ['2', 'sparse', 'low', '1', '14 14', 'done', '22', '22'],
      ['3', 'dense', 'high', '1', '5 5', 'done', '22', '22'],
      ['4', 'sparse', 'high', '1', '14 14', 'diverged at epoch 2, step 7', '2', '22'],
      ['5', 'dense', 'low', '2', '5 5', 'done', '22', '22'],
      ['6', 'sparse', 'low', '2', '14 14', 'failed: no, "really"\nnot', '0', '22'],
      ['7', 'dense', 'high', '2', '5 5', 'done', '22', '22'],
      ['8', 'sparse', 'high', '2', '14 14', 'waiting', '0', '22'],
    ])
    const [dense, sparse] = tables.runs!
    expect(dense).toMatchObject({
      'identity': getRun(store, 1)!.identity,
      // 9 x 5 + 5 x 5 + 5 x 3
      'weights': '85',
      'active_weights': '85',
      'effective_active_weights': '60',
      'unconnected_units': '0',
      'data.dataset': 'synthetic',
      'data.synthetic.test': '16',
      'network.batchNorm': 'false',
      'network.bias': 'true',
      'training.learningRate': '0.25',
      'training.epochs': '22',
      // The dense side has neither.
      'masks.distribution': '',
      'network.maximumWidth': '',
      'engine': 'wasm',
      'device': 'test',
      'versions': 'tfjs 1',
      'started': getRun(store, 1)!.startedAt!.toISOString(),
      'finished': getRun(store, 1)!.finishedAt!.toISOString(),
    })
    expect(sparse).toMatchObject({
      'identity': getRun(store, 2)!.identity,
      // 9 x 14 + 14 x 14 + 14 x 3
      'weights': '364',
      'active_weights': '85',
      'effective_active_weights': '57',
      'unconnected_units': '6',
      'masks.distribution': 'equal-capacity',
      'network.maximumWidth': '14',
    })
    // Not begun yet.
    expect(tables.runs![7]).toMatchObject({ effective_active_weights: '', unconnected_units: '', device: '', versions: '', started: '', finished: '' })
    expect(tables.runs!.map(row => row['training.learningRate'])).toEqual(['0.25', '0.25', '0.5', '0.5', '0.25', '0.25', '0.5', '0.5'])
  })

  it('has the parameters that apply in some treatment and no others', async () => {
    const { store, folder } = fresh()
    const optimizer = { name: 'optimizer', levels: ['sgd', 'adam'].map(id => ({ name: id, set: { 'training.optimizer': id }, setDense: {}, setSparse: {} })) }
    const { headers, tables } = await exported(folder, create(store, { factors: [optimizer] }))
    expect(headers.runs!.filter(name => parameters.has(name))).toEqual([...parameters.keys()].filter(path =>
      !['network.affine', 'training.momentum.momentum', 'training.lambda', 'masks.density'].includes(path)))
    expect(tables.runs!.map(row => row['training.adam.beta1'])).toEqual(['', '', '0.9', '0.9'])
  })

  it('has the last value, the best one, the mean over the eleven epochs, and the counts', async () => {
    const { folder, experiment } = study()
    const { tables, headers } = await exported(folder, experiment)
    const [dense, , , diverged] = tables.runs!
    expect(dense).toMatchObject({
      'test.accuracy': '0.75',
      'test.accuracy.best': '0.9375',
      // Measured at two of the eleven only.
      'test.accuracy.mean11': '',
      'test.accuracy.correct': '12',
      'test.accuracy.total': '16',
      'train.loss': '13.5',
      'train.loss.best': '0.5',
      // |e - 8.5| over e = 2, 4 .. 22
      'train.loss.mean11': String((6.5 + 4.5 + 2.5 + 0.5 + 1.5 + 3.5 + 5.5 + 7.5 + 9.5 + 11.5 + 13.5) / 11),
      'egf1': '22',
      'egf1.mean11': '12',
      'egf2': '11',
      'egf2.mean11': '6',
      // Half a second each of 13 epochs.
      'time.training.total': '6.5',
      'validation.accuracy': '',
      'validation.accuracy.best': '',
    })
    expect(diverged).toMatchObject({ 'train.loss': 'NaN', 'train.loss.best': '2', 'train.loss.mean11': '', 'test.accuracy': '', 'test.accuracy.correct': '', 'test.accuracy.total': '' })
    // No way of gradient flow is better, and no time comes out the same again.
    expect(headers.runs!.filter(name => /^(?:egf|gf|time)/.test(name)).toSorted()).toEqual(['egf1', 'egf1.mean11', 'egf2', 'egf2.mean11', 'gf1', 'gf1.mean11', 'gf2', 'gf2.mean11', 'time.measuring.total', 'time.training.total'])
    expect(headers.runs!.filter(name => name.endsWith('.best')).toSorted()).toEqual([
      'test.accuracy',
      'test.accuracy.subset',
      'test.loss',
      'test.loss.subset',
      'train.loss',
      'validation.accuracy',
      'validation.loss',
    ].map(id => `${id}.best`))
    expect(new Set(headers.runs).size).toBe(headers.runs!.length)
  })
})

describe('epochs.csv', () => {
  it('has a row for each run and epoch, with what was measured then', async () => {
    const { folder, experiment } = study()
    const { tables, headers } = await exported(folder, experiment)
    expect(headers.epochs!.slice(0, 2)).toEqual(['run', 'epoch'])
    expect(headers.epochs!.slice(2).filter(name => !/\.(?:correct|total)$/.test(name))).toEqual(measures.members.filter(({ per }) => per === 'run').map(({ id }) => id))
    const trained = ['1', '2', '3', '5', '7']
    expect(tables.epochs!.map(({ run, epoch }) => `${run} ${epoch}`)).toEqual(['1', '2', '3', '4', '5', '7'].flatMap(run =>
      trained.includes(run) ? studied.map(epoch => `${run} ${epoch}`) : [`${run} 1`, `${run} 2`]))
    const row = (run: number, epoch: number): Record<string, string> => {
      const found = tables.epochs!.find(row => row.run === String(run) && row.epoch === String(epoch))!
      return Object.fromEntries(Object.entries(found).filter(([, cell]) => cell !== ''))
    }
    expect(row(1, 0)).toEqual({ run: '1', epoch: '0', egf1: '1000', egf2: '500' })
    expect(row(2, 11)).toEqual({
      'run': '2',
      'epoch': '11',
      'egf1': '1000',
      'egf2': '500',
      'train.loss': '2.5',
      'time.training': '0.5',
      'test.accuracy': '0.875',
      'test.accuracy.correct': '14',
      'test.accuracy.total': '16',
    })
    expect(row(2, 12)).toEqual({ 'run': '2', 'epoch': '12', 'egf1': '24', 'egf2': '12', 'train.loss': '3.5', 'time.training': '0.5' })
    expect(row(4, 2)).toEqual({ 'run': '4', 'epoch': '2', 'train.loss': 'NaN' })
  })
})

describe('layers.csv', () => {
  it('has a row for each layer where gradient flow was measured, with what the layer is', async () => {
    const { folder, experiment } = study()
    const { tables, headers } = await exported(folder, experiment)
    expect(headers.layers).toEqual([
      'run',
      'epoch',
      'layer',
      'name',
      'inputs',
      'outputs',
      'effective_active_weights',
      'unconnected_units',
      ...measures.members.filter(({ per }) => per === 'layer').map(({ id }) => id),
    ])
    const cells = tables.layers!.map(row => Object.entries(row).filter(([name, cell]) => !name.startsWith('layer.') || cell !== '').map(([, cell]) => cell))
    expect(cells.slice(0, 6)).toEqual([
      ['1', '22', '1', 'layers.0', '9', '5', '10', '0', '0.125'],
      ['1', '22', '2', 'layers.1', '5', '5', '20', '0', '0.25'],
      ['1', '22', '3', 'layers.2', '5', '3', '30', '0', '0.375'],
      ['2', '22', '1', 'layers.0', '9', '14', '9', '1', '0.25'],
      ['2', '22', '2', 'layers.1', '14', '14', '19', '2', '0.5'],
      ['2', '22', '3', 'layers.2', '14', '3', '29', '3', '0.75'],
    ])
    expect(tables.layers![3]!['layer.gradient.l2']).toBe('0.25')
    expect(tables.layers!.map(({ run }) => run)).toEqual(['1', '2', '3', '5', '7'].flatMap(run => [run, run, run]))
  })
})

describe('columns.csv', () => {
  it('describes every column of every file, in its order', async () => {
    const { folder, experiment } = study()
    const { tables, headers } = await exported(folder, experiment)
    expect(Object.keys(headers).toSorted()).toEqual(['cells', 'columns', 'epochs', 'layers', 'pairs', 'runs'])
    expect(headers.columns).toEqual(['file', 'row', 'column', 'unit', 'description'])
    for (const name of ['cells', 'epochs', 'layers', 'pairs', 'runs']) {
      const described = tables.columns!.filter(({ file }) => file === `${name}.csv`)
      expect(described.map(({ column }) => column)).toEqual(headers[name])
      expect(new Set(described.map(({ row }) => row)).size).toBe(1)
    }
    expect(tables.columns!.filter(({ row, description }) => !row || !description)).toEqual([])
  })

  it('gives each its unit', async () => {
    const { folder, experiment } = study()
    const { tables } = await exported(folder, experiment)
    const units = (file: string): Record<string, string> => Object.fromEntries(tables.columns!.filter(row => row.file === file).map(({ column, unit }) => [column!, unit!]))
    expect(units('pairs.csv')).toMatchObject({ pair: '', outcome: '', capacity: 'units', dense_validation_accuracy: 'share', dense_accuracy: 'share', sparse_accuracy: 'share', difference_accuracy: 'share', difference_egf1: '' })
    expect(units('runs.csv')).toMatchObject({ 'widths': 'units', 'epochs': 'epochs', 'weights': 'weights', 'active_weights': 'weights', 'unconnected_units': 'units', 'training.batchSize': 'examples', 'training.learningRate': '', 'train.loss.mean11': 'nats', 'time.training.total': 's', 'test.accuracy.best': 'share', 'test.accuracy.correct': 'examples', 'finished': 'UTC' })
    expect(units('epochs.csv')).toMatchObject({ 'epoch': 'epochs', 'test.loss': 'nats', 'test.accuracy': 'share', 'test.accuracy.correct': 'examples', 'test.accuracy.total': 'examples', 'time.measuring': 's', 'egf2': '' })
    expect(units('layers.csv')).toMatchObject({ 'inputs': 'units', 'effective_active_weights': 'weights', 'layer.weights.active': 'weights', 'layer.gradient.l1': '' })
    for (const { id, per, unit } of measures.members)
      expect(units(per === 'run' ? 'epochs.csv' : 'layers.csv')[id]).toBe(unit)
  })

  it('warns of what is best on test', async () => {
    const { folder, experiment } = study()
    const { tables } = await exported(folder, experiment)
    const cautious = tables.columns!.filter(({ description }) => description!.includes('best on test')).map(({ column }) => column)
    expect(cautious.toSorted()).toEqual(['test.accuracy.best', 'test.accuracy.subset.best', 'test.loss.best', 'test.loss.subset.best'])
  })
})

describe('cells.csv', () => {
  it('has the comparison of each cell, unrounded, and what is not in it', async () => {
    const { folder, experiment } = study()
    const { tables } = await exported(folder, experiment)
    expect(tables.cells!.map(row => [row.treatment, row['W (units)'], row['dense accuracy (share)'], row['sparse accuracy (share)'], row['sparse - dense (share)'], row['sparse - dense, sd (share)'], row.p, row['dense EGF₂'], row.pairs, row.remarks])).toEqual([
      ['low', '5', '0.75', '0.625', '-0.125', '', '1', '6', '1', '1 failed, 1 sparse collapsed'],
      ['high', '5', '', '', '', '', '', '', '0', '1 diverged, 1 unfinished'],
    ])
  })
})

describe('exported files', () => {
  it('hold no formula: a spreadsheet shows names as they are written', async () => {
    const { store, folder } = fresh()
    const names = ['=1+1', '+1', '-1', '@x', 'a, "b"\nc', '1-1']
    const factor: NonNullable<Changes['factors']>[number] = {
      name: '=cmd()',
      levels: names.map((name, i) => ({ name, set: { 'training.learningRate': (i + 1) / 8 }, setDense: {}, setSparse: {} })),
    }
    const { folder: files, tables, headers } = await exported(folder, create(store, { factors: [factor] }))
    const escaped = ['\'=1+1', '\'+1', '\'-1', '\'@x', 'a, "b"\nc', '1-1']
    expect(tables.pairs!.map(({ treatment }) => treatment)).toEqual(escaped)
    expect(tables.runs!.map(({ treatments }) => treatments)).toEqual(escaped.flatMap(name => [name, name]))
    expect(headers.pairs).toContain('level.=cmd()')
    for (const file of readdirSync(files)) {
      for (const row of parse(readFileSync(join(files, file), 'utf8')) as string[][])
        expect(row.filter(cell => /^[=+@\t\r]|^-(?![\d.])/.test(cell))).toEqual([])
    }
  })

  it('are named to the caller, and no others are left', async () => {
    const { folder, experiment } = study()
    const store = readStore(folder)
    onTestFinished(() => void store.close())
    const out = join(temporaryFolder(), 'a', 'b')
    const paths = await exportCsv(store, experiment, out)
    expect(paths).toEqual(['epochs', 'layers', 'pairs', 'runs', 'cells', 'columns'].map(name => join(out, `${name}.csv`)))
    expect(readdirSync(out).toSorted()).toEqual(paths.map(path => basename(path)).toSorted())
    expect(store.sqlite.inTransaction).toBe(false)
    // Again, over what is there.
    const before = read(out)
    await exportCsv(store, experiment, out)
    expect(read(out)).toEqual(before)
  })

  it('are the same from the store that trains, while nothing else uses it', async () => {
    const { store, folder, experiment } = study()
    const out = temporaryFolder()
    await exportCsv(store, experiment, out)
    expect(store.sqlite.inTransaction).toBe(false)
    expect(read(out).tables).toEqual((await exported(folder, experiment)).tables)
  })

  /** The experiment as stored; `ask` is called each time that a table asks for its runs or pairs. */
  const asked = (experiment: StoredExperiment, ask: () => void): StoredExperiment => ({
    ...experiment,
    get id() {
      ask()
      return experiment.id
    },
  })

  it('are of one moment, whatever is trained meanwhile', async () => {
    const { store, folder, queue } = fresh()
    const experiment = create(store)
    const trainOne = (): void => {
      const { run } = queue.claim()!
      queue.started(run, started(), 1)
      queue.measured(run, [{ epoch: 3, measurements: [share('test.accuracy', 9, 20), number('layer.gradient.l1', 1, 1)] }])
      queue.ended(run, { kind: 'done' })
    }
    trainOne()
    const before = await exported(folder, experiment)
    // The second table asks once the first is written.
    let questions = 0
    const during = await exported(folder, asked(experiment, () => {
      if (++questions === 2)
        trainOne()
    }))
    expect(getRun(store, 2)!.state.kind).toBe('done')
    expect(during.tables).toEqual(before.tables)
    const after = await exported(folder, experiment)
    expect(after.tables.pairs![0]!.outcome).toBe('complete')
    expect(after.tables.epochs).toHaveLength(2)
  })

  it('stay whole where a later export fails', async () => {
    const { store, folder, queue } = fresh()
    const experiment = create(store)
    const reader = readStore(folder)
    onTestFinished(() => void reader.close())
    const out = temporaryFolder()
    await exportCsv(reader, experiment, out)
    const before = read(out)
    finishAll(queue)
    let questions = 0
    await expect(exportCsv(reader, asked(experiment, () => {
      if (++questions === 2)
        throw new Error('no')
    }), out)).rejects.toThrow('no')
    expect(readdirSync(out).filter(name => name.endsWith('.partial'))).toEqual([])
    expect(read(out).tables.layers).toEqual(before.tables.layers)
    expect(read(out).tables.runs).toEqual(before.tables.runs)
    expect(reader.sqlite.inTransaction).toBe(false)
  })
})
