import type { CustomSeriesOption, LineSeriesOption } from 'echarts'
import type { Side } from '../../random/stream'
import type { Scale } from './scale'
import type { Theme } from './theme'
import { symbols, symbolSize } from './pieces'

/** Curves of up to so many points have a mark on each. */
const MARKED = 30

/** Values over epochs; NaN where there is none. */
export interface Line {
  readonly epochs: readonly number[]
  readonly values: readonly number[]
}

export interface LineLook {
  readonly id: string
  readonly name: string
  readonly panel: number
  readonly colour: string
  readonly dash?: readonly number[]
  readonly opacity?: number
  readonly width?: number
  /** Draws points as this side's marks, where they are few. */
  readonly side?: Side
  /** Cut at the panel, for what can be zoomed. */
  readonly clip?: boolean
  /** Answers a pointer; lies below other curves. */
  readonly single?: boolean
  /** The pointer does not look for its points: of a hundred curves that takes longer than drawing them. */
  readonly untold?: boolean
}

/** A curve, every property of its look given, for charts are updated by merging; it has a gap where a value has no place on the scale, and a lone value between two gaps is a dot. */
export function curve({ epochs, values }: Line, y: Scale, look: LineLook, theme: Theme): LineSeriesOption {
  const places = values.map(y.place)
  const alone = new Set(places.flatMap((place, i) => !Number.isNaN(place) && Number.isNaN(places[i - 1] ?? Number.NaN) && Number.isNaN(places[i + 1] ?? Number.NaN) ? [i] : []))
  const side = look.side !== undefined && epochs.length <= MARKED ? look.side : undefined
  const width = look.width ?? theme.line
  const size = side ? symbolSize(side, 0.22 * theme.size) : 2.4 * width
  return {
    type: 'line',
    id: look.id,
    name: look.name,
    xAxisIndex: look.panel,
    yAxisIndex: look.panel,
    dimensions: ['epoch', 'place'],
    data: pairs(epochs, places) as never,
    symbol: side ? symbols[side] : 'circle',
    // A function is asked for every point of every curve.
    symbolSize: side ? size : alone.size === 0 ? 0 : (_: unknown, { dataIndex }: { dataIndex: number }) => alone.has(dataIndex) ? size : 0,
    showSymbol: side !== undefined || alone.size > 0,
    showAllSymbol: true,
    tooltip: { show: look.untold !== true },
    connectNulls: false,
    // Only what lies below the axis is cut: half a line's width is drawn beyond an edge.
    clip: look.clip === true || places.some(place => place < y.extent[0]),
    triggerEvent: look.single ? 'line' : false,
    lineStyle: { color: look.colour, width, join: 'round', cap: 'butt', type: look.dash ? [...look.dash] : 'solid', opacity: look.opacity ?? 1 },
    itemStyle: { color: look.colour, opacity: look.opacity ?? 1 },
    // The cursor would make every curve that it crosses bold.
    emphasis: look.single ? { lineStyle: { width: 2 * width, opacity: 1 } } : { disabled: true },
    z: look.single ? 2 : 3,
  }
}

/** x, y, x, y...: what ECharts takes without copying. */
function pairs(xs: readonly number[], ys: readonly number[]): Float64Array {
  const data = new Float64Array(2 * xs.length)
  for (let i = 0; i < xs.length; i++) {
    data[2 * i] = xs[i]!
    data[2 * i + 1] = ys[i]!
  }
  return data
}

export interface BandLook {
  readonly id: string
  readonly panel: number
  readonly colour: string
  readonly opacity: number
}

/** The area between two curves, whole stretches of it where both have a place. */
export function band(epochs: readonly number[], low: readonly number[], high: readonly number[], y: Scale, { id, panel, colour, opacity }: BandLook): CustomSeriesOption {
  // A lower bound that has no place on a logarithm goes down to the axis.
  const bounds = epochs.map((epoch, i) => ({ epoch, low: lowerPlace(low[i]!, y), high: y.place(high[i]!) }))
  const stretches: (typeof bounds)[] = [[]]
  for (const bound of bounds) {
    if (Number.isNaN(bound.low) || Number.isNaN(bound.high))
      stretches.push([])
    else
      stretches.at(-1)!.push(bound)
  }
  const drawn = stretches.filter(({ length }) => length > 1)
  return {
    type: 'custom',
    id,
    xAxisIndex: panel,
    yAxisIndex: panel,
    silent: true,
    tooltip: { show: false },
    clip: true,
    z: 1,
    // One datum a stretch; its shape comes from the closure, wherever on the axes a zoom is.
    encode: { x: -1, y: -1 },
    data: drawn.map(stretch => [stretch[0]!.epoch, stretch[0]!.low]),
    renderItem: ({ dataIndex }, api) => ({
      type: 'polygon',
      shape: {
        points: [
          ...drawn[dataIndex]!.map(({ epoch, high }) => api.coord([epoch, high])),
          ...drawn[dataIndex]!.toReversed().map(({ epoch, low }) => api.coord([epoch, low])),
        ] as [number, number][],
      },
      style: { fill: colour, opacity },
    }),
  }
}

function lowerPlace(value: number, y: Scale): number {
  if (Number.isNaN(value))
    return Number.NaN
  const place = y.place(value)
  return Number.isNaN(place) ? y.extent[0] : Math.max(place, y.extent[0])
}
