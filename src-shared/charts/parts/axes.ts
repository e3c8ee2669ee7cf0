import type { EChartsOption } from 'echarts'
import type { Scale } from './scale'
import type { Theme } from './theme'

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

type One<T> = T extends readonly (infer E)[] ? E : T
export type AxisX = One<NonNullable<EChartsOption['xAxis']>>
export type AxisY = One<NonNullable<EChartsOption['yAxis']>>
export type Grid = One<NonNullable<EChartsOption['grid']>>

/** Room between an axis and its labels, in font sizes. */
export const LABEL_GAP = 0.6

/** On whole units, so that edges are sharp. */
export function whole({ left, top, width, height }: Box): Box {
  const [x, y] = [Math.round(left), Math.round(top)]
  return { left: x, top: y, width: Math.round(left + width) - x, height: Math.round(top + height) - y }
}

/** The place of a panel; everything around it is placed by us, so ECharts must not move it. */
export function grid(box: Box, index = 0): Grid {
  return { id: `panel/${index}`, ...box, outerBoundsMode: 'none', show: false }
}

/** Grid and axes of a chart that is one panel. */
export function panelAxes(box: Box, x: Scale, y: Scale, theme: Theme): Pick<EChartsOption, 'grid' | 'xAxis' | 'yAxis'> {
  return { grid: [grid(box)], xAxis: [axisX(0, x, theme)], yAxis: [axisY(0, y, theme)] }
}

export function axisX(index: number, scale: Scale, theme: Theme, { labels = true } = {}): AxisX {
  return {
    ...axis(index, scale, theme, labels),
    id: `x/${index}`,
    position: 'bottom',
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis, width: theme.hairline } },
    splitLine: { show: false },
  } as AxisX
}

export function axisY(index: number, scale: Scale, theme: Theme, { labels = true } = {}): AxisY {
  const print = theme.id === 'print'
  return {
    ...axis(index, scale, theme, labels),
    id: `y/${index}`,
    position: 'left',
    axisLine: { show: print, onZero: false, lineStyle: { color: theme.axis, width: theme.hairline } },
    splitLine: { show: !print, lineStyle: { color: theme.grid, width: theme.hairline } },
    axisPointer: { show: false },
  } as AxisY
}

function axis(index: number, { extent: [min, max], ticks }: Scale, theme: Theme, labels: boolean): object {
  const customValues = ticks.map(({ at }) => at)
  const labelOf = new Map(ticks.map(({ at, label }) => [at, label]))
  return {
    type: 'value',
    gridIndex: index,
    min,
    max,
    axisTick: {
      show: theme.id === 'print',
      length: 0.3 * theme.size,
      lineStyle: { color: theme.axis, width: theme.hairline },
      customValues,
    },
    axisLabel: {
      show: labels,
      customValues,
      formatter: (value: number) => labelOf.get(value) ?? nearest(ticks, value),
      color: theme.muted,
      fontSize: theme.size,
      fontFamily: theme.fontFamily,
      margin: LABEL_GAP * theme.size,
      hideOverlap: false,
    },
  }
}

function nearest(ticks: Scale['ticks'], value: number): string {
  const found = ticks.find(({ at }) => Math.abs(at - value) <= 1e-9 * Math.max(1, Math.abs(value)))
  return found?.label ?? ''
}
