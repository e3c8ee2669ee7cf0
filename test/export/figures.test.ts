import type { StoredExperiment } from '../../src-main/store/experiments'
import type { Store } from '../../src-main/store/open'
import type { Changes } from '../plans'
import type { Png } from './png'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import pairCurves from '@shared/charts/pair-curves'
import { textWidth } from '@shared/charts/parts/text-width'
import { parse } from 'csv-parse/sync'
import { describe, expect, it, onTestFinished } from 'vitest'
import { figureFormats } from '../../src-main/export/figure-formats'
import { chartCsv, figuresOf, printed } from '../../src-main/export/figures'
import { writeFiles } from '../../src-main/export/files'
import png, { rasterised } from '../../src-main/export/formats/png'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { resources } from '../../src-main/resources'
import { createExperiment } from '../../src-main/store/experiments'
import { openStore } from '../../src-main/store/open'
import { pairRowsOf } from '../charts/rows'
import { mustPlan, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'
import { decodePng } from './png'

const factors: NonNullable<Changes['factors']> = [{
  name: 'rate',
  levels: [{ name: '=2+3', set: { 'training.learningRate': 0.1 }, setDense: {}, setSparse: {} }, { name: 'α 0.01', set: { 'training.learningRate': 0.01 }, setDense: {}, setSparse: {} }],
}]

/** An experiment of which the first `ends` runs are trained; every run has other numbers. */
function trained(ends = 24): { store: Store, experiment: StoredExperiment } {
  const folder = temporaryFolder()
  const store = openStore(folder)
  onTestFinished(() => void store.close())
  const experiment = smallExperiment({ factors, capacities: [5, 8], seeds: [1, 2, 3] })
  const stored = createExperiment(store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 })
  const queue = new SqliteQueue(store, folder, [{ id: 'wasm', numerics: 1, settings: {} }])
  for (let i = 0; i < ends; i++) {
    const { run } = queue.claim()!
    for (const epoch of [0, 1, 2, 3]) {
      const correct = Math.min(200, 40 * (epoch + 1) + 3 * (i % 9))
      queue.measured(run, [{ epoch, measurements: [
        { measure: 'test.accuracy.subset', layer: 0, value: correct / 200, correct, total: 200 },
        { measure: 'egf2', layer: 0, value: 3 / (1 + epoch) + i / 50 },
        ...epoch === 3 ? [{ measure: 'test.accuracy', layer: 0, value: correct / 200, correct, total: 200 }] : [],
      ] }])
    }
    queue.ended(run, { kind: 'done' })
  }
  return { store, experiment: stored }
}

function decodePngOf(content: string | Buffer): Png {
  return decodePng(content as Buffer)
}

function near([r, g, b]: readonly [number, number, number], colour: string): boolean {
  return [r, g, b].every((value, i) => Math.abs(value - Number.parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16)) < 40)
}

/** How many pixels of a colour are in the part of an image between two shares of its width. */
function ink({ width, height, at }: Png, colour: string, from: number, to: number): number {
  let count = 0
  for (let y = 0; y < height; y++) {
    for (let x = Math.floor(from * width); x < to * width; x++)
      count += near(at(x, y), colour) ? 1 : 0
  }
  return count
}

describe('the figures of an experiment', () => {
  it('are every chart of it at 85 and 170 mm, the data of each beside it, and captions', async () => {
    const { store, experiment } = trained()
    const names = (await figuresOf(store, experiment, figureFormats.get('svg'))).map(({ name }) => name)
    expect(names.toSorted()).toEqual([
      'captions.txt',
      ...['mean-curves-egf2', 'mean-curves-test.accuracy.subset', 'width-figure'].flatMap(chart => [`${chart}-170mm.svg`, `${chart}-85mm.svg`, `${chart}.csv`]),
    ])
    const captions = String((await figuresOf(store, experiment, figureFormats.get('svg'))).find(({ name }) => name === 'captions.txt')!.content)
    expect(captions).toMatch(/^width-figure: Final test accuracy .* over 3 seeds .*: 12 of 12 pairs complete\.$/m)
    expect(captions).toMatch(/^mean-curves-egf2: Effective gradient flow EGF₂ .*: 24 of 24 runs finished\.\nEffective gradient flow EGF₂: \(Σ over the L masked layers .*\nMean and sample standard deviation \(n - 1\)/m)
  })

  it('are the same bytes each time, whatever was drawn before, and tidy', async () => {
    const { store, experiment } = trained()
    const first = await figuresOf(store, experiment, figureFormats.get('svg'))
    printed(pairCurves, pairRowsOf({ dense: [2, 1], sparse: [2, 1] }), 85)
    expect(await figuresOf(store, experiment, figureFormats.get('svg'))).toEqual(first)
    for (const { name, content } of first.filter(({ name }) => name.endsWith('.svg'))) {
      expect(String(content).replace(/base64,[\w+/=]+/g, ''), name).not.toMatch(/zr\d|ecmeta|:hover|class=/)
      expect(content, name).toMatch(new RegExp(`^<svg [^>]*width="${name.includes('170') ? 170 : 85}mm"[^>]*viewBox=`))
      expect(String(content), name).toContain('<desc>')
      // Every reference leads to something in the same file.
      for (const [, id] of String(content).matchAll(/url\(#([^)]+)\)/g))
        expect(content, name).toContain(`id="${id}"`)
    }
  })

  it('have their words as text', async () => {
    const { store, experiment } = trained()
    const files = await figuresOf(store, experiment, figureFormats.get('svg'))
    const content = (name: string): string => String(files.find(file => file.name === name)!.content)
    for (const text of ['Final test accuracy, %', 'dense', 'sparse', '=2+3', 'α 0.01', 'Dense width W, units'])
      expect(content('width-figure-85mm.svg')).toContain(`>${text}</text>`)
    for (const text of ['Effective gradient flow EGF₂ (log)', 'dense', 'sparse', 'W = 5', 'W = 8', 'epoch'])
      expect(content('mean-curves-egf2-170mm.svg')).toContain(`>${text}</text>`)
  })

  it('are PNGs of 300 dpi with the ink of both sides in every panel, on white', async () => {
    const { store, experiment } = trained()
    const files = (await figuresOf(store, experiment, figureFormats.get('png'))).filter(({ name }) => name.startsWith('width-figure') && name.endsWith('.png'))
    expect(files).toHaveLength(2)
    for (const { name, content } of files) {
      const png = decodePngOf(content)
      expect(png.width, name).toBe(name.includes('170') ? 2008 : 1004)
      expect(png.chunks.get('pHYs')!.readUInt32BE(0)).toBe(11811)
      expect(png.chunks.get('iTXt')!.toString()).toContain('12 of 12 pairs complete.')
      expect(png.at(png.width - 1, 0)).toEqual([255, 255, 255])
      for (const [from, to] of [[0.05, 0.5], [0.53, 1]] as const) {
        expect(ink(png, '#0072B2', from, to), `dense in ${name}`).toBeGreaterThan(200)
        expect(ink(png, '#D55E00', from, to), `sparse in ${name}`).toBeGreaterThan(200)
      }
    }
  })

  it('have what was finished while the rest is trained, and nothing but the frame before', async () => {
    const some = trained(9)
    const caption = String((await figuresOf(some.store, some.experiment, figureFormats.get('svg'))).at(-1)!.content)
    expect(caption).toContain('4 of 12 pairs complete.')
    expect(caption).toContain('9 of 24 runs finished.')
    const none = trained(0)
    const files = await figuresOf(none.store, none.experiment, figureFormats.get('png'))
    expect(files.map(({ name }) => name)).toEqual(['width-figure-85mm.png', 'width-figure-170mm.png', 'width-figure.csv', 'captions.txt'])
  })

  it('have their data as CSV with units, formulas made harmless', async () => {
    const { store, experiment } = trained()
    const files = await figuresOf(store, experiment, figureFormats.get('svg'))
    const table = (name: string): Record<string, string>[] => parse(files.find(file => file.name === name)!.content, { columns: true })
    const widths = table('width-figure.csv')
    expect(widths).toHaveLength(12)
    expect(widths[0]).toMatchObject({ 'treatment': '\'=2+3', 'dense width W (units)': '5', 'seed': '1', 'dense accuracy (share)': '0.8', 'n (pairs)': '3' })
    expect(Number(widths[0]!['sparse - dense accuracy (share)'])).toBe(Number(widths[0]!['sparse accuracy (share)']) - Number(widths[0]!['dense accuracy (share)']))
    const curves = table('mean-curves-egf2.csv')
    expect(curves).toHaveLength(2 * 2 * 2 * 4)
    expect(Object.keys(curves[0]!)).toEqual(['treatment', 'dense width W (units)', 'side', 'epoch (epochs)', 'mean of egf2', 'sd of egf2', 'n (runs)'])
  })

  it('leave a cell empty where there is no value', () => {
    expect(chartCsv({ columns: [{ name: 'a', unit: '' }, { name: 'b', unit: 'nats' }], rows: [[1, null], [-2.5, 'x, y']] })).toBe('a,b (nats)\n1,\n-2.5,"x, y"\n')
  })
})

describe('one figure', () => {
  const values = { dense: [2, 1.5, 1, 0.8], sparse: [2, 1.2, 0.9, 0.7] }
  const drawnPng = async (): Promise<Png> => decodePngOf(await png.render(printed(pairCurves, pairRowsOf(values), 170), { dpi: 300 }))

  it('has dense ink in the left panel only, and sparse ink in the right panel only', async () => {
    const drawn = await drawnPng()
    expect(ink(drawn, '#0072B2', 0, 0.5)).toBeGreaterThan(1000)
    expect(ink(drawn, '#D55E00', 0.5, 1)).toBeGreaterThan(1000)
    expect(ink(drawn, '#0072B2', 0.5, 1)).toBe(0)
    expect(ink(drawn, '#D55E00', 0, 0.5)).toBe(0)
  })

  it('changes with its data', () => {
    const [svg, other] = [values, { ...values, dense: [2, 1.5, 1, 0.81] }].map(rows => printed(pairCurves, pairRowsOf(rows), 85).svg)
    expect(svg).not.toBe(other)
  })

  it('draws characters that the shipped font has without any other font', async () => {
    const drawn = async (text: string): Promise<number> => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="85mm" viewBox="0 0 964 100"><text x="10" y="60" style="font-size:32px;font-family:Inter">${text}</text></svg>`
      return (await rasterised({ svg, mm: { width: 85, height: 10 } }, 300)).pixels.filter((value, i) => i % 4 === 0 && value < 128).length
    }
    // A missing glyph would be drawn as nothing or as a box.
    expect(await drawn('⊙')).toBeGreaterThan(30)
    expect(await drawn('‖g ⊙ m‖₂')).toBeGreaterThan(await drawn('‖g  m‖₂') + 30)
  })
})

describe('the font of figures', () => {
  const files = ['Inter-Regular.ttf', 'Inter-SemiBold.ttf'].map(file => join(resources, 'fonts', file))
  /** The width of the ink of a text between two bars, less that of the bars alone. */
  const measured = (text: string, weight: number): number => {
    const box = (inner: string): number => new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="200"><text x="10" y="100" xml:space="preserve" style="font-size:100px;font-family:Inter;font-weight:${weight}">|${inner}|</text></svg>`, { font: { loadSystemFonts: false, fontFiles: files, defaultFontFamily: 'Inter' } }).getBBox()!.width
    return box(text) - box('')
  }

  it.each([
    ['Effective gradient flow EGF₂', 400],
    ['0.001 2,000 −0.5 10⁻⁷ 86.1 ± 0.4 %', 400],
    ['Layer active gradient ‖g ⊙ m‖₂', 400],
    ['DA_BN · momentum', 600],
    ['Final test accuracy, %', 600],
  ] as const)('is as wide as charts believe: %s', (text, weight) => {
    expect(textWidth(text, 100, weight === 600) / measured(text, weight)).toBeGreaterThan(0.95)
    expect(textWidth(text, 100, weight === 600) / measured(text, weight)).toBeLessThan(1.05)
  })

  it('has figures of one width', () => {
    for (const weight of [400, 600]) {
      for (const digit of '023456789')
        expect(measured(digit.repeat(10), weight)).toBeCloseTo(measured('1111111111', weight), 0)
    }
  })
})

it('files are written whole or not at all', async () => {
  const folder = join(temporaryFolder(), 'figures')
  const paths = await writeFiles(folder, [{ name: 'a.svg', content: '<svg/>' }, { name: 'b.png', content: Buffer.from([1, 2]) }])
  expect(paths.map(path => readFileSync(path).length)).toEqual([6, 2])
  // What cannot be put in its place leaves nothing behind.
  mkdirSync(join(folder, 'c.svg', 'in the way'), { recursive: true })
  await expect(writeFiles(folder, [{ name: 'a.svg', content: '<svg />' }, { name: 'c.svg', content: '<svg/>' }])).rejects.toThrow()
  expect(readdirSync(folder).toSorted()).toEqual(['a.svg', 'b.png', 'c.svg'])
  expect(readFileSync(join(folder, 'a.svg'), 'utf8')).toBe('<svg />')
})
