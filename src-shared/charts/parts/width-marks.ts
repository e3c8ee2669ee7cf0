import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts'
import type { Mark } from '..'
import type { Side } from '../../random/stream'
import type { Spread } from '../../statistics/spread'
import type { Scale } from './scale'
import type { Shown } from './shown'
import type { Theme } from './theme'
import type { Dodge } from './width-layout'
import type { WidthFacet } from './width-rows'
import { below, mark, symbols, symbolSize } from './pieces'

/** How near to a pair's line a click is a click on it, in font sizes. */
const REACH = 0.8
/** Marks of single pairs, beside those of means. */
const SINGLE = 0.57
const FAINT = 0.45

/** Of more pairs in a figure those of a cell are drawn as one: each for itself would keep the screen waiting, and could not be aimed at. */
const MANY = 400

/** One panel of a width figure. */
export interface WidthPanel {
  readonly index: number
  readonly facet: WidthFacet
  /** Of values as they are shown. */
  readonly shown: Pick<Shown, 'of'>
  readonly x: Scale
  readonly y: Scale
  readonly dodge: Dodge
  readonly spread: Spread
  /** How many pairs all panels have. */
  readonly pairs: number
}

interface Datum {
  readonly value: readonly number[]
  readonly mark: Mark
}

/** The same for a panel whatever else is drawn. */
function idOf({ at }: WidthFacet): string {
  return Object.values(at).map(value => encodeURIComponent(String(value))).join('/')
}

/** What is common to the series of a panel. */
function inPanel({ index, facet }: WidthPanel, kind: string, name: string, side?: Side) {
  return {
    id: [kind, idOf(facet), ...side ? [side] : []].join('/'),
    name: [facet.title, ...side ? [side] : [], ...name ? [name] : []].join(', '),
    xAxisIndex: index,
    yAxisIndex: index,
  }
}

/** Each complete pair: its two values faint, joined by a line. */
export function singles(panel: WidthPanel, theme: Theme): CustomSeriesOption {
  return panel.pairs > MANY ? together(panel, theme) : each(panel, theme)
}

/** A pair its own mark, which leads to it. */
function each(panel: WidthPanel, theme: Theme): CustomSeriesOption {
  const { facet: { at, cells }, shown, x, y, dodge } = panel
  const radius = SINGLE * dodge.radius
  return {
    type: 'custom',
    ...inPanel(panel, 'pairs', 'single pairs'),
    z: 2,
    cursor: 'pointer',
    data: cells.flatMap(({ capacity, pairs }) => {
      const [place, ofCell] = [x.place(capacity), { ...at, capacity }]
      return pairs.map(({ experiment, position, dense, sparse }): Datum => ({
        value: [place, y.place(shown.of(dense)), y.place(shown.of(sparse))],
        mark: { at: ofCell, pair: { ...experiment !== undefined && { experiment }, position } },
      }))
    }) as never,
    encode: { x: 0, y: [1, 2] },
    renderItem: (_, api) => {
      const at = (dimension: 1 | 2): [number, number] => api.coord([api.value(0), api.value(dimension)]) as [number, number]
      const [dense, sparse] = [at(1), at(2)]
      return {
        type: 'group',
        children: [
          ...theme.id === 'print' ? [] : [{ type: 'line', shape: { x1: dense[0] - dodge.single, y1: dense[1], x2: sparse[0] + dodge.single, y2: sparse[1] }, style: { stroke: theme.link, opacity: 0, lineWidth: REACH * theme.size } }],
          { type: 'line', shape: { x1: dense[0] - dodge.single, y1: dense[1], x2: sparse[0] + dodge.single, y2: sparse[1] }, style: { stroke: theme.link, lineWidth: theme.hairline } },
          mark('dense', dense[0] - dodge.single, dense[1], radius, { fill: theme.side.dense, opacity: FAINT }),
          mark('sparse', sparse[0] + dodge.single, sparse[1], radius, { fill: theme.side.sparse, opacity: FAINT }),
        ] as never,
      }
    },
  }
}

/** All pairs of a cell one mark, which leads to them. */
function together(panel: WidthPanel, theme: Theme): CustomSeriesOption {
  const { facet, shown, x, y, dodge } = panel
  const radius = SINGLE * dodge.radius
  const drawn = facet.cells.filter(({ pairs }) => pairs.length > 0)
  return {
    type: 'custom',
    ...inPanel(panel, 'pairs', 'single pairs'),
    z: 2,
    cursor: 'pointer',
    // A few cells a frame, so that the window answers meanwhile.
    progressive: 1,
    progressiveThreshold: 1,
    data: drawn.map(({ capacity }): Datum => ({ value: [x.place(capacity), y.extent[0], y.extent[1]], mark: { at: { ...facet.at, capacity } } })) as never,
    encode: { x: 0, y: [1, 2] },
    renderItem: ({ dataIndex }, api) => {
      const [middle, bottom] = api.coord([api.value(0), y.extent[0]]) as [number, number]
      const [, top] = api.coord([api.value(0), y.extent[1]]) as [number, number]
      const height = (value: number): number => (bottom + (y.place(shown.of(value)) - y.extent[0]) / (y.extent[1] - y.extent[0]) * (top - bottom))
      const [left, right] = [middle - dodge.single, middle + dodge.single]
      const ends = drawn[dataIndex]!.pairs.map(({ dense, sparse }) => [height(dense), height(sparse)] as const)
      const arms = (x: number, y: number): string => `M${at(x - radius)} ${at(y - radius)}L${at(x + radius)} ${at(y + radius)}M${at(x - radius)} ${at(y + radius)}L${at(x + radius)} ${at(y - radius)}`
      const path = (d: string, style: object): object => ({ type: 'path', silent: true, shape: { d }, style: { fill: 'none', lineCap: 'butt', ...style } })
      return {
        type: 'group',
        // Nothing changes under the pointer, so nothing is drawn anew.
        emphasisDisabled: true,
        children: [
          ...theme.id === 'print' ? [] : [{ type: 'rect', shape: { x: left - radius, y: top, width: right - left + 2 * radius, height: bottom - top }, style: { opacity: 0 } }],
          path(ends.map(([dense, sparse]) => `M${at(left)} ${at(dense)}L${at(right)} ${at(sparse)}`).join(''), { stroke: theme.link, lineWidth: theme.hairline }),
          // A round end to either side of next to nothing is a dot.
          path(ends.map(([dense]) => `M${at(left)} ${at(dense)}h0.01`).join(''), { stroke: theme.side.dense, opacity: FAINT, lineWidth: 2 * radius, lineCap: 'round' }),
          path(ends.map(([, sparse]) => arms(right, sparse)).join(''), { stroke: theme.side.sparse, opacity: FAINT, lineWidth: 0.7 * radius }),
        ] as never,
      }
    },
  }
}

/** A place in a path. */
function at(place: number): string {
  return place.toFixed(1)
}

/** From the lower to the upper end of the spread; with a tip where the lower one is below the axis. */
export function errors(side: Side, panel: WidthPanel, theme: Theme): CustomSeriesOption {
  const { facet: { cells }, shown, x, y, dodge, spread } = panel
  const shift = side === 'dense' ? -dodge.mean : dodge.mean
  const [bottom] = y.extent
  return {
    type: 'custom',
    ...inPanel(panel, spread, spread, side),
    silent: true,
    z: 3,
    data: cells.flatMap(({ capacity, [side]: { low, high } }) => {
      if (low === null || high === null)
        return []
      const place = y.place(shown.of(low))
      return [[x.place(capacity), place >= bottom ? place : bottom, y.place(shown.of(high)), place >= bottom ? 0 : 1]]
    }),
    encode: { x: 0, y: [1, 2] },
    renderItem: (_, api) => {
      const [middle, low] = api.coord([api.value(0), api.value(1)]) as [number, number]
      const [, high] = api.coord([api.value(0), api.value(2)]) as [number, number]
      const bar = { type: 'line', shape: { x1: middle + shift, y1: low, x2: middle + shift, y2: high }, style: { stroke: theme.side[side], lineWidth: theme.line } }
      return (api.value(3) === 1 ? { type: 'group', children: [bar, below(middle + shift, low, theme.side[side], theme)] } : bar) as never
    },
  }
}

/** Whether an error bar ends below the axis. */
export function endsBelow({ facet: { cells }, shown, y }: Pick<WidthPanel, 'facet' | 'shown' | 'y'>): boolean {
  return cells.some(({ dense, sparse }) => [dense, sparse].some(({ low }) => low !== null && !(y.place(shown.of(low)) >= y.extent[0])))
}

export function means(side: Side, panel: WidthPanel, theme: Theme): ScatterSeriesOption {
  const { facet: { at, cells }, shown, x, y, dodge } = panel
  return {
    type: 'scatter',
    ...inPanel(panel, 'mean', '', side),
    z: 4,
    clip: false,
    symbol: symbols[side],
    symbolSize: symbolSize(side, dodge.radius),
    symbolOffset: [side === 'dense' ? -dodge.mean : dodge.mean, 0],
    itemStyle: { color: theme.side[side], opacity: 1 },
    data: cells.flatMap(({ capacity, [side]: { mean } }): Datum[] => mean === null ? [] : [{ value: [x.place(capacity), y.place(shown.of(mean))], mark: { at: { ...at, capacity } } }]) as never,
  }
}
