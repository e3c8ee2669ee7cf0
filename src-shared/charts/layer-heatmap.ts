import type { CustomSeriesOption } from 'echarts'
import type { Chart } from '.'
import type { Side } from '../random/stream'
import type { Piece } from './parts/pieces'
import type { ChartCurve, PairLayerRows } from './parts/rows'
import type { Scale } from './parts/scale'
import type { Look, Theme } from './parts/theme'
import type { Twin } from './parts/twin'
import { pairInWords, sentence, stillOpen } from './parts/captions'
import { viridis } from './parts/colours'
import { measured, plain } from './parts/numbers'
import { frame, words } from './parts/pieces'
import { counted, scaleOf } from './parts/scale'
import { shown } from './parts/shown'
import { fittedMiddle, textWidth } from './parts/text-width'
import { tipTable, tooltip } from './parts/tooltip'
import { absences, layTwin, sides, ticksFor, twinAxes } from './parts/twin'

/** Names longer than this many font sizes lose their middle. */
const NAME = 14
/** A layer's row, and how far a cell reaches beneath the next, in font sizes. */
const ROW = 1.8
const OVERLAP = 0.09

interface Layout {
  readonly twin: Twin
  readonly x: Scale
  readonly layers: Scale
  /** Values to 0 .. 1; the same for both sides. */
  readonly colour: (value: number) => number
  readonly key: Piece[]
}

export default {
  id: 'layer-heatmap',
  title: ({ measure }) => shown(measure).axis,
  draws: 'pairLayers',
  measures: ['layer.gradient.active.l2', 'layer.gradient.active.l1', 'layer.weights.l2'],

  height: (rows, look) => lay(rows, look).twin.height,

  option(rows, look) {
    const { theme } = look
    const { twin, x, layers, colour, key } = lay(rows, look)
    const axes = twinAxes(twin, x, layers, theme)
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      ...axes,
      // The input side is at the top.
      yAxis: (axes.yAxis as object[]).map(axis => ({ ...axis, inverse: true, splitLine: { show: false }, axisLine: { show: false }, axisTick: { show: false } })),
      xAxis: (axes.xAxis as object[]).map(axis => ({ ...axis, axisLine: { show: false } })),
      series: [...sides.map(side => cells(side, rows, colour, theme)), frame([...twin.pieces, ...key, ...absences(twin, rows.pair, side => !rows[side].some(({ values }) => values.some(value => value !== null)), theme)])],
      ...tooltip(theme, { trigger: 'item', formatter: found => tip(rows, (found as { value?: unknown }).value) }),
    }
  },

  table({ measure, layers, dense, sparse }) {
    const unit = shown(measure).storedUnit
    return {
      columns: [{ name: 'layer', unit: '' }, { name: 'name', unit: '' }, { name: 'epoch', unit: 'epochs' }, { name: `dense ${measure}`, unit }, { name: `sparse ${measure}`, unit }],
      rows: layers.flatMap((name, l) => epochsOf([...dense, ...sparse]).map(epoch => [l + 1, name, epoch, valueOf(dense, l + 1, epoch), valueOf(sparse, l + 1, epoch)])),
    }
  },

  caption: ({ measure, pair }) => sentence(`${shown(measure).label} over epochs and layers of one pair, ${pairInWords(pair)}: dense left, sparse right, one colour scale; the input side is at the top${stillOpen(pair)}`),
} satisfies Chart<'pairLayers'>

function lay(rows: PairLayerRows, look: Look): Layout {
  const { theme, width } = look
  const em = theme.size
  const { axis, of } = shown(rows.measure)
  const names = layerLabels(rows.layers, Math.min(NAME * em, 0.25 * width), em)
  const scale = scaleOf([...rows.dense, ...rows.sparse].flatMap(({ values }) => values.map(of)), { logBeyond: 1 })
  const [low, high] = scale.extent
  const bar = { width: 7 * em, height: 0.7 * em, low: plain(scale.value(low)), high: plain(scale.value(high)), kind: scale.kind === 'linear' ? '' : 'log' }
  const room = bar.width + textWidth(bar.low + bar.high + bar.kind, em) + 2.5 * em
  const untitled = look.title === axis
  const beside = untitled || textWidth(axis, em) + room <= width
  const last = Math.max(1, rows.pair.dense.epochs, rows.pair.sparse.epochs, ...epochsOf([...rows.dense, ...rows.sparse]))
  const twin = layTwin({ ...look, height: look.height ?? (beside ? 6.1 : 7.6) * em + Math.min(24, Math.max(4, ROW * rows.layers.length)) * em }, {
    name: axis,
    xName: 'epoch',
    labels: names,
    entries: [],
    // A row of its own where the colours do not fit beside the name.
    extra: beside && !untitled ? 0 : 1.5 * em,
    last,
  })
  const x = counted(last, ticksFor(twin.boxes.dense.width, theme))
  // Every second name, every third... where rows are lower than a line of text.
  const every = Math.ceil(1.15 * em * names.length / twin.boxes.dense.height)
  const layers: Scale = {
    ...counted(names.length, names.length),
    extent: [0.5, Math.max(1, names.length) + 0.5],
    ticks: names.map((label, l) => ({ at: l + 1, label })).filter((_, l) => l % every === 0),
  }
  const right = width - 0.8 * em
  return {
    twin,
    x: { ...x, extent: [-0.5, last + 0.5] },
    layers,
    colour: value => (scale.place(value) - low) / (high - low),
    key: colourKey(right, (beside ? 0.75 : 2.25) * em, bar, theme),
  }
}

/** Names where they fit, else without the ending that all of them share, else without their middles. */
function layerLabels(names: readonly string[], width: number, em: number): string[] {
  const fits = (labels: readonly string[]): boolean => labels.every(label => textWidth(label, em) <= width)
  const [first = ''] = names
  const ending = first.split('.').slice(1).map((_, i, parts) => `.${first.split('.').slice(-parts.length + i).join('.')}`).find(end => names.every(name => name.endsWith(end) && name !== end)) ?? ''
  const shorter = fits(names) || names.length < 2 ? names : names.map(name => name.slice(0, name.length - ending.length))
  return shorter.map(label => fittedMiddle(label, width, em))
}

/** low ▒▒▒▒ high log, its right end given. */
function colourKey(right: number, middle: number, bar: { readonly width: number, readonly height: number, readonly low: string, readonly high: string, readonly kind: string }, theme: Theme): Piece[] {
  const em = theme.size
  const kind = bar.kind ? textWidth(bar.kind, em) + 0.4 * em : 0
  const end = right - kind - textWidth(bar.high, em) - 0.5 * em
  const stops = Array.from({ length: 9 }, (_, i) => ({ offset: i / 8, color: viridis(i / 8) }))
  return [
    words(bar.low, end - bar.width - 0.5 * em, middle, theme, { align: 'right' }),
    { type: 'rect', shape: { x: end - bar.width, y: middle - bar.height / 2, width: bar.width, height: bar.height }, style: { fill: { type: 'linear', x: 0, y: 0, x2: 1, y2: 0, colorStops: stops } } },
    words(bar.high, end + 0.5 * em, middle, theme),
    words(bar.kind, right, middle, theme, { align: 'right', colour: theme.muted }),
  ]
}

/** A rectangle a layer and epoch, reaching half way to the epochs beside it; none where the value was not finite. */
function cells(side: Side, rows: PairLayerRows, colour: Layout['colour'], theme: Theme): CustomSeriesOption {
  const { of } = shown(rows.measure)
  const panel = sides.indexOf(side)
  const data = rows[side].flatMap(({ layer, epochs, values }) => epochs.flatMap((epoch, i) => {
    const value = of(values[i])
    const half = (other: number | undefined): number => other === undefined ? 0.5 : Math.abs(epoch - other) / 2
    return Number.isNaN(colour(value)) ? [] : [[epoch, layer, value, epoch - half(epochs[i - 1]), epoch + half(epochs[i + 1])]]
  }))
  return {
    type: 'custom',
    id: side,
    name: side,
    xAxisIndex: panel,
    yAxisIndex: panel,
    clip: true,
    data,
    encode: { x: [3, 4], y: 1 },
    renderItem: (_, api) => {
      const [left, top] = api.coord([api.value(3), Number(api.value(1)) - 0.5]).map(Math.round) as [number, number]
      const [right, bottom] = api.coord([api.value(4), Number(api.value(1)) + 0.5]).map(Math.round) as [number, number]
      return {
        type: 'rect',
        // The next one is drawn over the end of this one, so that nothing shines through between them; rows keep a line apart.
        shape: { x: left, y: top, width: right - left + OVERLAP * theme.size, height: bottom - top - theme.hairline },
        style: { fill: viridis(colour(Number(api.value(2)))) },
      }
    },
  }
}

function epochsOf(curves: readonly ChartCurve[]): number[] {
  return [...new Set(curves.flatMap(({ epochs }) => epochs))].sort((a, b) => a - b)
}

function valueOf(curves: readonly ChartCurve[], layer: number, epoch: number): number | null {
  const found = curves.find(curve => curve.layer === layer)
  const i = found?.epochs.indexOf(epoch) ?? -1
  return i >= 0 ? found!.values[i]! : null
}

function tip({ measure, layers, dense, sparse }: PairLayerRows, value: unknown): string {
  const [epoch, layer] = value as [number, number]
  const { label, of } = shown(measure)
  return tipTable(`${layers[layer - 1]}, epoch ${epoch}`, [], [[`${label}, dense`, measured(of(valueOf(dense, layer, epoch)))], [`${label}, sparse`, measured(of(valueOf(sparse, layer, epoch)))]])
}
