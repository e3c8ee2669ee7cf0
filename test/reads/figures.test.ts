import type { FigureOf } from '@shared/contract'
import type { Store } from '../../src-main/store/open'
import type { Changes } from '../plans'
import { createRouterClient } from '@orpc/server'
import { selection } from '@shared/comparison/document'
import { parse } from 'csv-parse/sync'
import { describe, expect, it, onTestFinished } from 'vitest'
import { figureFormats } from '../../src-main/export/figure-formats'
import { figuresOf } from '../../src-main/export/figures'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { reads } from '../../src-main/reads'
import { createExperiment, getExperiment } from '../../src-main/store/experiments'
import { Measurements } from '../../src-main/store/measurements'
import { openStore } from '../../src-main/store/open'
import { mustPlan, smallBase, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

/** A trained experiment "small": every run has other numbers at each epoch. */
function trained(changes: Changes, epochs = 3): { store: Store, api: ReturnType<typeof clientOf> } {
  const folder = temporaryFolder()
  const store = openStore(folder)
  onTestFinished(() => void store.close())
  const experiment = smallExperiment({ ...changes, base: { ...smallBase, ...changes.base, 'training.epochs': epochs } })
  createExperiment(store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 })
  const queue = new SqliteQueue(store, folder, [{ id: 'wasm', numerics: 1, settings: {} }])
  for (let claimed = queue.claim(), i = 1; claimed; claimed = queue.claim(), i++) {
    const { run, specification: { layers } } = claimed
    queue.started(run, { type: 'started', epoch: 0, engine: { settings: {}, device: 'fake', versions: {}, threads: 1 }, layers: layers.map(({ activeWeights }) => ({ activeWeights, effectiveActiveWeights: activeWeights, unconnectedUnits: 0 })) }, 1)
    for (let epoch = 0; epoch <= epochs; epoch++) {
      const share = (measure: string, correct: number) => ({ measure, layer: 0, value: correct / 100, correct, total: 100 })
      queue.measured(run, [{ epoch, measurements: [
        { measure: 'egf2', layer: 0, value: i + Math.sin(i * epoch) },
        ...layers.map((_, l) => ({ measure: 'layer.gradient.active.l2', layer: l + 1, value: i + l + epoch })),
        ...epoch === epochs ? [share('test.accuracy', 40 + i), share('validation.accuracy', 90 - i)] : [],
      ] }])
    }
    queue.ended(run, { kind: 'done' })
  }
  return { store, api: clientOf(store) }
}

function clientOf(store: Store) {
  return createRouterClient(reads, { context: { store } })
}

const factors: NonNullable<Changes['factors']> = [{
  name: 'rate',
  levels: ['slow', 'fast'].map((name, i) => ({ name, set: { 'training.learningRate': [0.01, 0.1][i]! }, setDense: {}, setSparse: {} })),
}]

describe('a chart as a file', () => {
  it('of an experiment is what the command line exports', async () => {
    const { store, api } = trained({ factors, seeds: [1, 2] })
    const exported = Object.fromEntries((await figuresOf(store, getExperiment(store, 'small')!, figureFormats.get('png'))).map(({ name, content }) => [name, Buffer.from(content)]))
    const drawn = async (chart: string, format: 'png' | 'csv', measure?: string) => api.figures.draw({ chart, of: { kind: 'experiment', slug: 'small', ...measure !== undefined && { measure } }, format })
    const width = await drawn('width-figure', 'png')
    expect(width.name).toBe('small-width-figure.png')
    expect(Buffer.from(await width.content.arrayBuffer()).equals(exported['width-figure-170mm.png']!)).toBe(true)
    expect(await (await drawn('width-figure', 'csv')).content.text()).toBe(exported['width-figure.csv']!.toString())
    const curves = await drawn('mean-curves', 'csv', 'egf2')
    expect(curves.name).toBe('small-mean-curves-egf2.csv')
    expect(await curves.content.text()).toBe(exported['mean-curves-egf2.csv']!.toString())
  })

  it('of a pair or a run has a printed size, its name, and every epoch', async () => {
    const { api } = trained({}, 650)
    const pair = { kind: 'pair', slug: 'small', position: 0 } as const
    const charts: readonly (readonly [chart: string, of: FigureOf, name: string])[] = [
      ['pair-curves', { ...pair, measure: 'egf2' }, 'small-pair-1-pair-curves-egf2'],
      ['difference', { ...pair, measure: 'egf2' }, 'small-pair-1-difference-egf2'],
      ['layer-heatmap', { ...pair, measure: 'layer.gradient.active.l2' }, 'small-pair-1-layer-heatmap-layer.gradient.active.l2'],
      ['run-curve', { kind: 'run', run: 1, measure: 'egf2' }, 'small-r1-run-curve-egf2'],
    ]
    for (const [chart, of, name] of charts) {
      const svg = await api.figures.draw({ chart, of, format: 'svg' })
      expect(svg.name).toBe(`${name}.svg`)
      expect(await svg.content.text()).toMatch(/^<svg [^>]*width="170mm"[^>]*><desc>[^<]+<\/desc>/)
      const csv = await api.figures.draw({ chart, of, format: 'csv' })
      expect(csv.name).toBe(`${name}.csv`)
      const lines: Record<string, string>[] = parse(await csv.content.text(), { columns: true })
      expect(new Set(lines.map(line => line['epoch (epochs)']))).toEqual(new Set(Array.from({ length: 651 }, (_, epoch) => String(epoch))))
      expect(lines.flatMap(line => Object.values(line)).every(value => value !== '')).toBe(true)
    }
  }, 20_000)

  it('of a comparison is the chart of the panel, with its options', async () => {
    const { api } = trained({ factors, seeds: [1, 2] })
    const of = (options: (FigureOf & { kind: 'comparison' })['panel']['options']): FigureOf => ({ kind: 'comparison', selection: selection.parse({ experiments: ['small'] }), panel: { panel: 'width', options } })
    const svg = await api.figures.draw({ chart: 'widths', of: of({ measure: 'egf2', summary: { kind: 'last' } }), format: 'svg' })
    expect(svg.name).toBe('small-widths-egf2.svg')
    expect(await svg.content.text()).toContain('Final effective gradient flow EGF₂')
    const csv = await api.figures.draw({ chart: 'widths', of: of({}), format: 'csv' })
    const lines: Record<string, string>[] = parse(await csv.content.text(), { columns: true })
    const { pairs } = await api.experiments.comparison({ slug: 'small' })
    expect(lines.toSorted((a, b) => Number(a.pair) - Number(b.pair)).map(line => [line.treatment, line.pair, Number(line['dense test.accuracy (share)'])])).toEqual(pairs.map(({ treatment, position, dense }) => [treatment, String(position + 1), dense.accuracy]))
    await expect(api.figures.draw({ chart: 'widths', of: of({ spread: 'nothing' }), format: 'csv' })).rejects.toMatchObject({ code: 'INVALID' })
  })

  it('is refused where there is no such chart, measure, pair or run', async () => {
    const { api } = trained({})
    const pair = { kind: 'pair', slug: 'small', position: 0, measure: 'egf2' } as const
    const ofTable: FigureOf = { kind: 'comparison', selection: selection.parse({}), panel: { panel: 'p-values', options: {} } }
    for (const [chart, of, what] of [
      ['nothing', pair, 'chart "nothing" of a pair'],
      ['width-figure', pair, 'chart "width-figure" of a pair'],
      ['run-curve', { kind: 'experiment', slug: 'small', measure: 'egf2' }, 'chart "run-curve" of an experiment'],
      ['mean-curves', { kind: 'experiment', slug: 'small', measure: 'layer.weights.l2' }, 'measure "layer.weights.l2" of a run'],
      ['pair-curves', { ...pair, measure: 'nothing' }, 'measure "nothing" of a run'],
      ['layer-heatmap', pair, 'measure "egf2" of a layer'],
      ['pair-curves', { ...pair, position: 7 }, 'pair 8 in "small", which has 1'],
      ['width-figure', { kind: 'experiment', slug: 'none' }, 'experiment "none"'],
      ['width-figure', ofTable, 'chart "width-figure" of a comparison'],
      ['run-curve', { kind: 'run', run: 99, measure: 'egf2' }, 'run r99'],
    ] as const)
      await expect(api.figures.draw({ chart, of, format: 'csv' })).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what } })
    await expect(api.figures.draw({ chart: 'pair-curves', of: pair, format: 'gif' })).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'format "gif" of figures; there is csv, pdf, png, svg' } })
  })
})

describe('curves of a long pair', () => {
  it('are told at the same epochs, with the places where they differ most', async () => {
    // Sparse is one more than dense but at one epoch, which is an extreme of neither.
    const { store, api } = trained({}, 2)
    const measurements = new Measurements(store)
    for (let epoch = 0; epoch <= 1500; epoch++) {
      measurements.record({ id: 1, epochs: 1500 }, [{ epoch, measurements: [{ measure: 'gf2', layer: 0, value: epoch % 2 ? 10 : 1 }] }])
      measurements.record({ id: 2, epochs: 1500 }, [{ epoch, measurements: [{ measure: 'gf2', layer: 0, value: epoch === 777 ? 5 : epoch % 2 ? 11 : 2 }] }])
    }
    const [dense, sparse] = await api.runs.curves({ runs: [1, 2], measures: ['gf2'] })
    expect(dense!.epochs).toEqual(sparse!.epochs)
    expect(dense!.epochs.length).toBeLessThan(700)
    expect(dense!.epochs.length).toBeGreaterThan(100)
    expect([dense!.epochs[0], dense!.epochs.at(-1)]).toEqual([0, 1500])
    expect(dense!.epochs).toContain(777)
    expect(dense!.values).toEqual(dense!.epochs.map(epoch => epoch % 2 ? 10 : 1))
  })
})

describe('a comparison', () => {
  it('of a tuned experiment has the pairs of its cells, on the screen and in its figure', async () => {
    const { store, api } = trained({ base: { 'data.validation': 10 }, factors: [{ ...factors[0]!, role: 'tuned' }], capacities: [5, 8], seeds: [1, 2] })
    const { cells, pairs, tuned } = await api.experiments.comparison({ slug: 'small' })
    expect(tuned).toHaveLength(2)
    expect(cells.map(({ treatment, capacity, pairs }) => [treatment, capacity, pairs])).toEqual([['base', 5, 2], ['base', 8, 2], ['base', null, 4]])
    expect(pairs.map(({ treatment, capacity, seed }) => [treatment, capacity, seed])).toEqual([['base', 5, 1], ['base', 5, 2], ['base', 8, 1], ['base', 8, 2]])
    expect(await api.experiments.pairs({ slug: 'small' })).toHaveLength(8)
    const csv: Record<string, string>[] = parse((await figuresOf(store, getExperiment(store, 'small')!, figureFormats.get('svg'))).find(({ name }) => name === 'width-figure.csv')!.content, { columns: true })
    expect(csv.map(line => [Number(line['dense accuracy (share)']), Number(line['sparse accuracy (share)'])])).toEqual(pairs.map(({ dense, sparse }) => [dense.accuracy, sparse.accuracy]))
  })
})
