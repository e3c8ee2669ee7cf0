import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts'
import type { Side } from '../../random/stream'
import type { ChartPair } from './rows'
import type { Theme } from './theme'
import type { Dodge, WidthCell, WidthScale } from './width-layout'
import { measured, withSd } from './numbers'
import { mark, symbols, symbolSize } from './pieces'
import { tipTable } from './tooltip'
import { sides } from './twin'

/** One panel of a width figure. */
export interface WidthPanel {
  readonly index: number
  readonly treatment: string
  readonly x: WidthScale
  readonly dodge: Dodge
}

interface Datum {
  readonly value: readonly number[]
  readonly tip: { readonly title: string, readonly rows: readonly (readonly string[])[] }
  /** For a click on it. */
  readonly treatment: string
  readonly capacity: number
  /** Of a single pair. */
  readonly position?: number
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
    data: pairs.flatMap(({ capacity, seed, position, dense, sparse }): Datum[] => dense.accuracy === null || sparse.accuracy === null
      ? []
      : [{
          value: [x.place(capacity), 100 * dense.accuracy, 100 * sparse.accuracy],
          tip: {
            title: `${treatment}, W = ${capacity}, seed ${seed}`,
            rows: [['dense', `${measured(100 * dense.accuracy)} %`], ['sparse', `${measured(100 * sparse.accuracy)} %`], ['sparse − dense', `${measured(100 * (sparse.accuracy - dense.accuracy))} points`]],
          },
          treatment,
          capacity,
          position,
        }]) as never,
    encode: { x: 0, y: [1, 2] },
    renderItem: (_, api) => {
      const at = (dimension: 1 | 2): [number, number] => api.coord([api.value(0), api.value(dimension)]) as [number, number]
      const [dense, sparse] = [at(1), at(2)]
      return {
        type: 'group',
        children: [
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
    data: cells.flatMap(({ capacity, pairs, accuracy }): Datum[] => accuracy[side].mean === null
      ? []
      : [{
          value: [x.place(capacity), 100 * accuracy[side].mean],
          tip: {
            title: `${treatment}, W = ${capacity}, n = ${pairs}`,
            rows: [
              ...sides.map(one => [one, `${percent(accuracy[one])} %`]),
              ['sparse − dense', `${percent(accuracy.difference)} points`],
            ],
          },
          treatment,
          capacity,
        }]) as never,
  }
}

function percent({ mean, sd }: { readonly mean: number | null, readonly sd: number | null }): string {
  return withSd(100 * (mean ?? Number.NaN), 100 * (sd ?? Number.NaN))
}

/** What a tooltip says of a datum of these series. */
export function tipOf(datum: unknown): string {
  const { tip: { title, rows } } = datum as Datum
  return tipTable(title, [], rows)
}
