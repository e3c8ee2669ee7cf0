import type { ComparisonPair } from '@shared/comparison/pair'
import type { Panel } from '@shared/comparison/panel'
import type { SettingsDifferences } from '@shared/comparison/panels/settings'
import { panels } from '@shared/comparison/panels'
import { baselineOf, shownRows } from '@shared/comparison/panels/settings'
import { isOther } from '@shared/comparison/settings-differences'
import { tableFormats } from '@shared/tables'
import { describe, expect, it } from 'vitest'
import { comparisonOf, pairOf } from './pairs'

const panel = panels.get('settings') as Panel<never, SettingsDifferences>

function settingsOf(pairs: readonly ComparisonPair[], options: object = {}): SettingsDifferences {
  return panel.of(comparisonOf(pairs), panel.options.parse(options))
}

const sgd = { levels: { optimizer: 'sgd' }, dense: 800, sparse: 700 } as const
const adam = { levels: { optimizer: 'adam' }, settings: { 'training.optimizer': 'adam', 'training.learningRate': 0.001, 'training.l2': true }, dense: 810, sparse: 'waiting' } as const
const both = (): ComparisonPair[] => [pairOf(sgd), pairOf({ ...sgd, seed: 2, capacity: 30 }), pairOf(adam)]

describe('what runs differ in', () => {
  it('is shown by treatment and side, and nothing else; capacity and seed are no settings', () => {
    const found = settingsOf(both())
    expect(found.columns.map(({ key, runs }) => [key, runs])).toEqual([['sgd dense', 2], ['sgd sparse', 2], ['adam dense', 1], ['adam sparse', 1]])
    expect(Object.fromEntries(shownRows(found).map(({ path, cells }) => [path, cells.map(([value]) => value)]))).toEqual({
      'training.optimizer': ['sgd', 'sgd', 'adam', 'adam'],
      'training.adam.beta1': [null, null, 0.9, 0.9],
      'training.adam.beta2': [null, null, 0.999, 0.999],
      'training.adam.epsilon': [null, null, 1e-8, 1e-8],
      'training.learningRate': [0.1, 0.1, 0.001, 0.001],
      'training.l2': [false, false, true, true],
      'training.lambda': [null, null, 5e-4, 5e-4],
    })
    expect(panel.caption(found)).toMatch(/^7 of \d+ settings differ among 6 runs \(1 waiting, 5 done\), a column a treatment and side\. Baseline: sgd, dense\./)
  })

  it('does not count what only sparse networks have as a difference of the sides', () => {
    const found = settingsOf(both(), { all: true })
    const masks = found.rows.find(({ path }) => path === 'masks.distribution')!
    expect(masks).toMatchObject({ cells: [[], ['equal-capacity'], [], ['equal-capacity']], differs: false })
    expect(isOther(masks.cells[1]!, masks.cells[0]!)).toBe(false)
    expect(shownRows(found)).toContain(masks)
  })

  it('is held against a baseline: the first, or a chosen one', () => {
    const found = settingsOf(both())
    const [optimizer] = shownRows(found)
    const others = (of: SettingsDifferences): boolean[] => optimizer!.cells.map(cell => isOther(cell, optimizer!.cells[baselineOf(of)]!))
    expect(others(found)).toEqual([false, false, true, true])
    expect(others({ ...found, baseline: 'adam dense' })).toEqual([true, true, false, false])
    expect(others({ ...found, baseline: 'gone' })).toEqual([false, false, true, true])
    expect(isOther([0.1, 0.01], [0.01, 0.1])).toBe(false)
  })

  it('leaves out what is ignored, and says so', () => {
    const found = settingsOf(both(), { ignored: ['training.l2', 'training.lambda', 'nothing'] })
    expect(shownRows(found).map(({ path }) => path)).not.toContain('training.l2')
    expect(panel.caption(found)).toContain('Ignored: training.l2, training.lambda.')
  })

  it('has all values of a column\'s runs', () => {
    const found = settingsOf(both(), { by: 'experiment' })
    expect(found.columns.map(({ key, side, runs }) => [key, side, runs])).toEqual([['study', null, 6]])
    expect(shownRows(found).find(({ path }) => path === 'training.learningRate')!.cells).toEqual([[0.001, 0.1]])
    expect(shownRows(found).find(({ path }) => path === 'training.lambda')!.cells).toEqual([[0.0005, null]])
    expect(shownRows(found).map(({ path }) => path)).not.toContain('masks.distribution')
  })

  it('takes named runs in their order, and says which are not there', () => {
    const pairs = both()
    const [a, b] = [pairs[2]!.sparse.id, pairs[0]!.dense.id]
    const found = settingsOf(pairs, { by: 'run', chosen: [a, 'r0', b] })
    expect(found.columns.map(({ key }) => key)).toEqual([a, b])
    expect(panel.caption(found)).toContain('Not among the runs: r0.')
    const many = Array.from({ length: 6 }, (_, i) => pairOf({ ...sgd, seed: i }))
    expect(settingsOf(many, { by: 'run' })).toMatchObject({ more: 4, columns: { length: 8 } })
    expect(panel.caption(settingsOf(many, { by: 'run' }))).toContain('4 further columns are not shown.')
  })

  it('is the engine too', () => {
    const [one, two] = [pairOf(sgd), pairOf(sgd)]
    const found = settingsOf([one, { ...two, dense: { ...two.dense, engine: 'wasm' } }])
    expect(shownRows(found)).toMatchObject([{ path: 'engine', cells: [['native', 'wasm'], ['native']] }])
    expect(shownRows(settingsOf([one]))).toEqual([])
  })

  it('keeps a dense run in every treatment that shares it', () => {
    const [one, two] = [pairOf(sgd), pairOf(adam)]
    expect(settingsOf([one, { ...two, dense: one.dense }]).columns.map(({ key, runs }) => [key, runs])).toEqual([['sgd dense', 1], ['sgd sparse', 1], ['adam dense', 1], ['adam sparse', 1]])
  })

  it('is a table for files', () => {
    const [content] = panel.tables!(settingsOf(both(), { ignored: ['training.adam.beta1', 'training.adam.beta2', 'training.adam.epsilon', 'training.l2', 'training.optimizer'] }))
    expect(tableFormats.get('tsv').write(content!).slice(0, -1).split('\n').map(line => line.split('\t'))).toEqual([
      ['setting', 'path', 'sgd, dense', 'sgd, sparse', 'adam, dense', 'adam, sparse'],
      ['Learning rate η', 'training.learningRate', '0.1', '0.1', '0.001', '0.001'],
      ['L2 strength λ', 'training.lambda', '', '', '0.0005', '0.0005'],
    ])
  })
})
