import type { Chart, RowsOf } from '@shared/charts'
import { charts } from '@shared/charts'
import { fitted, fittedMiddle, isInFont, textWidth } from '@shared/charts/parts/text-width'
import { themes } from '@shared/charts/parts/theme'
import scatter from '@shared/comparison/panels/scatter'
import { init } from 'echarts/core'
import { describe, expect, it } from 'vitest'
import { printUnits } from '../../src-main/export/figure'
import { calibrated } from '../calibration/calibrations'
import { scattered } from '../comparison/correlated'
import { comparisonOf } from '../comparison/pairs'
import { comparedCurves } from './curve-rows'
import { curvesOf, layerRowsOf, pairRowsOf, runRowsOf, study } from './rows'
import { widthsOf } from './width-rows'

const long = Array.from({ length: 201 }, (_, epoch) => 3 * 0.97 ** epoch)
const names = Array.from({ length: 12 }, (_, l) => `block${Math.floor(l / 4)}.layer${l % 4}.convolution`)
const large = study({ treatments: ['NR', 'L2', 'BN', 'SC', 'DA', 'DA_BN · momentum', 'a treatment whose name is far too long for its panel'], capacities: [16, 79, 236, 394, 709], epochs: 200 })

const scatterOf = (pairs: ReturnType<typeof scattered>, options: object = {}) => scatter.of(comparisonOf(pairs), scatter.options.parse({ resamples: 100, ...options }))

/** Small, large and empty rows for every kind of chart. */
const cases: { readonly [Draws in keyof RowsOf]: Readonly<Record<string, RowsOf[Draws]>> } = {
  experiment: { small: study(), one: study({ treatments: ['base'], capacities: [79], seeds: [1] }), large, empty: { cells: [], pairs: [] } },
  meanCurves: {
    'small': curvesOf(study()),
    'shares': curvesOf(study(), { measure: 'test.accuracy', from: 0.1, to: 0.9 }),
    'over decades': curvesOf(study({ epochs: 200 }), { from: 5, to: 1e-6 }),
    large,
    'empty': { ...study(), measure: 'egf1', curves: [] },
  } as never,
  curves: {
    'small': comparedCurves(),
    'one': comparedCurves({ groupBy: [], band: 'none' }, { treatments: ['base'], seeds: [1] }),
    'shares over time': comparedCurves({ measure: 'test.accuracy', x: 'time', centre: 'median', members: true, smoothing: 0.9 }, { value: (run, epoch) => (epoch + run) / 40 }),
    'over FLOPs, apart': comparedCurves({ x: 'flops', groupBy: ['treatment', 'capacity'], scale: 'symlog' }, { capacities: [79, 236], facets: ['seed'], value: (run, epoch) => run === 1 && epoch > 5 ? 0 : 10 ** (3 - epoch) }),
    'large': comparedCurves({ groupBy: ['treatment', 'seed', 'capacity'] }, { treatments: ['NR', 'L2', 'BN', 'SC', 'DA', 'DA_BN · momentum', 'a treatment whose name is far too long for its panel'], capacities: [16, 79], seeds: [1, 2], epochs: 40, value: (run, epoch) => epoch % 7 === run % 7 ? Number.NaN : run + epoch }),
    'empty': comparedCurves({}, { value: () => Number.NaN }),
    'nothing': comparedCurves({}, { treatments: [] }),
  },
  pairCurves: {
    'small': pairRowsOf({ dense: [2, 1, 0.5], sparse: [2.2, 0.9, 0.6] }),
    'with gaps': pairRowsOf({ dense: long.map((value, e) => e % 50 === 7 ? null : value), sparse: long }, 'egf2'),
    'to zero': pairRowsOf({ dense: [2, 0.001, 0], sparse: [1, 0, 0] }, 'egf2'),
    'huge': pairRowsOf({ dense: [2, 1e12], sparse: [1, 3e7] }),
    'shares': pairRowsOf({ dense: [0.1, 0.993], sparse: [0.1, 0.9] }, 'test.accuracy'),
    'untrained below': pairRowsOf({ dense: [0.1, 0.893, 0.9], sparse: [0.07, 0.88, 0.91] }, 'test.accuracy'),
    'one side': { ...pairRowsOf({ dense: [2, 1], sparse: [] }), sparse: undefined },
    'empty': { ...pairRowsOf({ dense: [], sparse: [] }), dense: undefined, sparse: undefined },
  },
  pairLayers: {
    small: layerRowsOf(['layers.0', 'layers.1'], (side, layer, epoch) => side + layer + epoch / 10),
    large: layerRowsOf(names, (side, layer, epoch) => 10 ** (-layer / 4 - epoch / 60 + side), [...long.keys()]),
    empty: layerRowsOf(['layers.0'], () => null, []),
  },
  widths: {
    'small': widthsOf({}),
    'in groups': widthsOf({ groups: ['Optimizer adam', 'Optimizer sgd, Learning rate η 0.01, a title that is far too long for a window'], panels: ['NR', 'BN', 'a treatment whose name is far too long for its panel'] }, { spread: 'interval', pooled: ['Experiment'] }),
    'to zero': widthsOf({ value: (capacity, seed, side) => side && seed === 1 ? 0 : 10 ** (-capacity / 50) }),
    'symlog both ways': widthsOf({ capacities: [16, 79, 236, 394, 709], value: capacity => capacity / 1e6 }, { x: 'symlog', y: 'symlog', spread: 'standardError' }),
    'one of each': widthsOf({ panels: ['base'], capacities: [79], seeds: [1] }, { measure: 'test.loss', summary: { kind: 'epoch', epoch: 20 }, x: 'log', spread: 'range', singles: false }),
    'nothing complete': widthsOf({ seeds: [] }),
    'empty': widthsOf({ groups: [] }),
  },
  runCurve: {
    'small': runRowsOf([2, 1, 0.5]),
    'with gaps': runRowsOf(long.map((value, e) => e % 50 === 7 ? null : value)),
    'to zero': runRowsOf([2, 0.001, 0]),
    'shares': runRowsOf([0.1, 0.993], 'test.accuracy'),
    'empty': runRowsOf([]),
  },
  scatter: {
    'small': scatterOf(scattered(20)),
    'of one side, in a few colours': scatterOf(scattered(30, i => ({ treatment: `t${i % 3}` })), { side: 'dense', x: 'egf2' }),
    'of many treatments': scatterOf(scattered(100, i => ({ treatment: `a treatment with a long name, ${i % 12}` })), { y: 'test.loss' }),
    'of one run': scatterOf(scattered(1), { side: 'sparse' }),
    'empty': scatterOf([]),
  },
  calibration: {
    'usual': calibrated(),
    'never sparse': calibrated({ breakEven: 0 }),
    'always sparse, on a busy machine': calibrated({ breakEven: 0.95, load: 9 }),
    'slow': calibrated({ curve: calibrated().curve.map(({ density, sparse, masked }) => ({ density, sparse: 5e4 * sparse, masked: 5e4 * masked })) }),
  },
}
Object.assign(cases.meanCurves, { large: curvesOf(large) })

const drawn = charts.members.flatMap(chart => Object.entries(cases[chart.draws]).map(([name, rows]) => [chart.id, name, chart as Chart, rows as never] as const))

describe.each(drawn)('%s, %s', (_, __, chart, rows) => {
  it.each([
    ['85 mm', { theme: themes.print, width: printUnits(85) }],
    ['170 mm', { theme: themes.print, width: printUnits(170) }],
    ['a small window', { theme: themes.light, width: 420 }],
    ['a large window', { theme: themes.dark, width: 1600 }],
    ['a strip', { theme: themes.light, width: 700, height: 170 }],
    ['beneath its title', { theme: themes.light, width: 560, title: chart.title(rows) }],
  ])('has its texts within the chart and apart from each other: %s', (_, look) => {
    const height = chart.height(rows, look)
    const { tooltip, axisPointer, dataZoom, ...option } = chart.option(rows, look)
    expect(tooltip === undefined).toBe(look.theme.id === 'print')
    const instance = init(null, null, { renderer: 'svg', ssr: true, width: look.width, height })
    instance.setOption(option)
    instance.renderToSVGString()
    const texts = instance.getZr().storage.getDisplayList(true).flatMap((element) => {
      const text = element.type === 'tspan' ? (element as unknown as { style: { text: string } }).style.text : ''
      if (text.trim() === '')
        return []
      const box = element.getBoundingRect().clone()
      if (element.transform)
        box.applyTransform(element.transform)
      return [{ text, left: box.x, right: box.x + box.width, top: box.y + 0.15 * box.height, bottom: box.y + 0.85 * box.height }]
    })
    instance.dispose()
    const slack = 0.1 * look.theme.size
    expect(texts.length).toBeGreaterThan(1)
    const outside = texts.filter(({ left, right, top, bottom }) => left < -slack || right > look.width + slack || top < -slack || bottom > height + slack)
    const overlapping = texts.flatMap((a, i) => texts.slice(i + 1).filter(b => a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom && b.top < a.bottom).map(b => `${a.text} and ${b.text}`))
    expect(outside.map(({ text }) => text)).toEqual([])
    expect(overlapping).toEqual([])
  })

  it('has a table with a cell a column, and a caption that is a sentence', () => {
    const { columns, rows: lines } = chart.table(rows)
    expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
    for (const line of lines) {
      expect(line).toHaveLength(columns.length)
      expect(line.filter(cell => typeof cell === 'number' && !Number.isFinite(cell))).toEqual([])
    }
    expect(chart.caption(rows)).toMatch(/^[A-Z].*[^.]\.$/)
    expect(chart.caption(rows)).not.toMatch(/NaN|undefined|null|Infinity/)
  })

  it('is not animated, and shows no box around its panels', () => {
    const option = chart.option(rows, { theme: themes.light, width: 800 })
    expect(option.animation).toBe(false)
    expect(option.title).toBeUndefined()
    expect((option.grid as { show?: boolean }[]).every(({ show }) => show === false)).toBe(true)
  })
})

describe('widths of texts', () => {
  it('grow with what is written and with its size', () => {
    expect(textWidth('WWW', 10)).toBeGreaterThan(textWidth('iii', 10))
    expect(textWidth('accuracy', 20)).toBeCloseTo(2 * textWidth('accuracy', 10), 12)
    expect(textWidth('accuracy', 10, true)).toBeGreaterThan(textWidth('accuracy', 10))
    expect(textWidth('1111', 10)).toBe(textWidth('0000', 10))
  })

  it('shorten what does not fit, at its end or in its middle', () => {
    expect(fitted('short', 100, 10)).toBe('short')
    expect(fitted('a long treatment name', 60, 10)).toMatch(/^a lo.*…$/)
    expect(fittedMiddle('block12.layer3.conv', 70, 10)).toMatch(/^block[^\n\r\u2026\u2028\u2029]*\u2026.*conv$/)
    for (const text of [fitted('a long treatment name', 60, 10), fittedMiddle('block12.layer3.conv', 60, 10)])
      expect(textWidth(text, 10)).toBeLessThanOrEqual(60)
  })

  it('know what the font of figures has', () => {
    expect(isInFont('Layer active gradient ‖g ⊙ m‖₂, α ± 0.1 %')).toBe(true)
    expect(isInFont('学习率')).toBe(false)
  })
})
