import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts'
import type { Mark } from '..'
import type { MeanSdRow } from '../../contract/rows'
import type { Side } from '../../random/stream'
import type { ChartPair } from './rows'
import type { Theme } from './theme'
import type { Dodge, WidthCell, WidthScale } from './width-layout'
import { decimal } from './numbers'
import { mark, symbols, symbolSize } from './pieces'
import { tipTable } from './tooltip'

/** How near to a pair's line a click is a click on it, in font sizes. */
const REACH = 0.8
/** A tooltip that lists more would cover the chart. */
const LISTED = 8

/** One panel of a width figure. */
export interface WidthPanel {
  readonly index: number
  readonly treatment: string
  readonly x: WidthScale
  readonly dodge: Dodge
}

interface Datum {
  readonly value: readonly number[]
  readonly mark: Mark
}

/** Each complete pair: its two accuracies faint, joined by a line. */
export function singles(pairs: readonly ChartPair[], { index, treatment, x, dodge }: WidthPanel, theme: Theme): CustomSeriesOption {
  const radius = 0.57 * dodge.radius
  return {
    type: 'custom',
    id: `pairs/${treatment}`,
    name: `${treatment}, single pairs`,
    xAxisIndex: index,
    yAxisIndex: index,
    z: 2,
    cursor: 'pointer',
    data: pairs.flatMap(({ capacity, position, dense, sparse }): Datum[] => dense.accuracy === null || sparse.accuracy === null
      ? []
      : [{
          value: [x.place(capacity), 100 * dense.accuracy, 100 * sparse.accuracy],
          mark: { at: { treatment, capacity }, pair: { position } },
        }]) as never,
    encode: { x: 0, y: [1, 2] },
    renderItem: (_, api) => {
      const at = (dimension: 1 | 2): [number, number] => api.coord([api.value(0), api.value(dimension)]) as [number, number]
      const [dense, sparse] = [at(1), at(2)]
      return {
        type: 'group',
        children: [
          ...theme.id === 'print' ? [] : [{ type: 'line', shape: { x1: dense[0] - dodge.single, y1: dense[1], x2: sparse[0] + dodge.single, y2: sparse[1] }, style: { stroke: theme.link, opacity: 0, lineWidth: REACH * theme.size } }],
          { type: 'line', shape: { x1: dense[0] - dodge.single, y1: dense[1], x2: sparse[0] + dodge.single, y2: sparse[1] }, style: { stroke: theme.link, lineWidth: theme.hairline } },
          mark('dense', dense[0] - dodge.single, dense[1], radius, { fill: theme.side.dense, opacity: 0.45 }),
          mark('sparse', sparse[0] + dodge.single, sparse[1], radius, { fill: theme.side.sparse, opacity: 0.45 }),
        ] as never,
      }
    },
  }
}

/** mean - sd .. mean + sd. */
export function errors(cells: readonly WidthCell[], side: Side, { index, treatment, x, dodge }: WidthPanel, theme: Theme): CustomSeriesOption {
  const shift = side === 'dense' ? -dodge.mean : dodge.mean
  return {
    type: 'custom',
    id: `sd/${treatment}/${side}`,
    name: `${treatment}, ${side}, sd`,
    xAxisIndex: index,
    yAxisIndex: index,
    silent: true,
    z: 3,
    data: cells.flatMap(({ capacity, accuracy: { [side]: { mean, sd } } }) => mean === null || sd === null ? [] : [[x.place(capacity), 100 * (mean - sd), 100 * (mean + sd)]]),
    encode: { x: 0, y: [1, 2] },
    renderItem: (_, api) => {
      const [middle, low] = api.coord([api.value(0), api.value(1)]) as [number, number]
      const [, high] = api.coord([api.value(0), api.value(2)]) as [number, number]
      return { type: 'line', shape: { x1: middle + shift, y1: low, x2: middle + shift, y2: high }, style: { stroke: theme.side[side], lineWidth: theme.line } }
    },
  }
}

export function means(cells: readonly WidthCell[], side: Side, { index, treatment, x, dodge }: WidthPanel, theme: Theme): ScatterSeriesOption {
  return {
    type: 'scatter',
    id: `mean/${treatment}/${side}`,
    name: `${treatment}, ${side}`,
    xAxisIndex: index,
    yAxisIndex: index,
    z: 4,
    clip: false,
    symbol: symbols[side],
    symbolSize: symbolSize(side, dodge.radius),
    symbolOffset: [side === 'dense' ? -dodge.mean : dodge.mean, 0],
    itemStyle: { color: theme.side[side], opacity: 1 },
    data: cells.flatMap(({ capacity, accuracy }): Datum[] => accuracy[side].mean === null ? [] : [{ value: [x.place(capacity), 100 * accuracy[side].mean], mark: { at: { treatment, capacity } } }]) as never,
  }
}

/** A cell's mean ± sd and its single pairs, in the digits of the table of cells. */
export function cellTip({ treatment, capacity, pairs: n, accuracy }: WidthCell, pairs: readonly ChartPair[]): string {
  const of = (...values: readonly (MeanSdRow | number)[]): string[] => values.map(value => typeof value === 'number' ? decimal(100 * value, 1) : withSd(value))
  const single = pairs.flatMap(({ seed, dense, sparse }) => dense.accuracy === null || sparse.accuracy === null ? [] : [[`seed ${seed}`, ...of(dense.accuracy, sparse.accuracy, sparse.accuracy - dense.accuracy)]])
  return tipTable(
    `${treatment}, W = ${capacity}, n = ${n}`,
    ['', 'dense, %', 'sparse, %', 'sparse − dense, points'],
    [['mean ± sd', ...of(accuracy.dense, accuracy.sparse, accuracy.difference)], ...single.slice(0, LISTED)],
    single.length - LISTED,
  )
}

function withSd({ mean, sd }: MeanSdRow): string {
  if (mean === null)
    return '–'
  return `${decimal(100 * mean, 1)}${sd === null ? '' : ` ± ${decimal(100 * sd, 1)}`}`
}
