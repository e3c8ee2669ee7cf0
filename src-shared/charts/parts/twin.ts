import type { EChartsOption } from 'echarts'
import type { Side } from '../../random/stream'
import type { Box } from './axes'
import type { Entry, Piece } from './pieces'
import type { Scale } from './scale'
import type { Shown } from './shown'
import type { Look, Theme } from './theme'
import { axisX, axisY, grid, LABEL_GAP, whole } from './axes'
import { decimal, plain } from './numbers'
import { heading, sideHead, stroke, words } from './pieces'
import { scaleOf } from './scale'
import { textWidth } from './text-width'

export const sides: readonly Side[] = ['dense', 'sparse']

/** Two linked panels of one scale, dense on the left and sparse on the right, and what is written around them. */
export interface Twin {
  readonly boxes: Readonly<Record<Side, Box>>
  readonly pieces: readonly Piece[]
  /** Of the whole chart. */
  readonly height: number
}

export interface TwinWords {
  /** What the vertical axis shows, with its unit. */
  readonly name: string
  readonly xName: string
  /** Labels of the vertical axis, for their room. */
  readonly labels: readonly string[]
  readonly entries: readonly Entry[]
  /** Room below the name for what the caller writes there. */
  readonly extra?: number
  /** The last epoch: its label reaches beyond its panel. */
  readonly last: number
  /** Width to height of a panel where the height is not given. */
  readonly ratio?: number
}

export function layTwin({ theme, width, height }: Look, { name, xName, labels, entries, extra = 0, last, ratio = 1.3 }: TwinWords): Twin {
  const em = theme.size
  const left = labelRoom(labels, theme)
  const right = Math.max(0.5 * em, textWidth(decimal(last, 0), em) / 2 + 0.1 * em)
  const gap = right + 1.3 * em
  const panelWidth = Math.max(4 * em, (width - left - gap - right) / 2)
  const head = heading(name, entries, width, theme)
  const top = head.height + extra + 1.7 * em
  const bottom = 2.9 * em
  const natural = Math.min(Math.max(panelWidth / ratio, 8 * em), 18 * em)
  const panelHeight = height === undefined ? natural : Math.max(3 * em, height - top - bottom)
  const box = (i: number): Box => whole({ left: left + i * (panelWidth + gap), top, width: panelWidth, height: panelHeight })
  const boxes = { dense: box(0), sparse: box(1) }
  return {
    boxes,
    height: height ?? top + natural + bottom,
    pieces: [
      ...head.pieces,
      ...sides.flatMap(side => [
        ...sideHead(side, boxes[side].left, top - 0.95 * em, theme),
        words(xName, boxes[side].left + panelWidth, top + panelHeight + 2.25 * em, theme, { colour: theme.muted, align: 'right' }),
      ]),
    ],
  }
}

/** Both panels over epochs and the scale that shows a measure's values in them. */
export function layScaled(look: Look, { measure, values, entries, last }: { readonly measure: Shown, readonly values: readonly number[], readonly entries: readonly Entry[], readonly last: number }): { y: Scale, twin: Twin } {
  const lay = (name: string, labels: readonly string[]): Twin => layTwin(look, { name, xName: 'epoch', labels, entries, last })
  // How many ticks there is room for shows only once the panels are laid.
  const { boxes } = lay(measure.axis, ['0.001'])
  const y = scaleOf(values, { logBeyond: measure.logBeyond, ticks: ticksFor(boxes.dense.height, look.theme, 2) })
  return { y, twin: lay(withThreshold(measure.axis, y), y.ticks.map(({ label }) => label)) }
}

/** The room that labels of a vertical axis take, with their gap. */
export function labelRoom(labels: readonly string[], theme: Theme): number {
  return Math.ceil(Math.max(0, ...labels.map(label => textWidth(label, theme.size)))) + (LABEL_GAP + 0.15) * theme.size
}

/** About how many ticks go on an axis of a length. */
export function ticksFor(length: number, theme: Theme, room = 3.2): number {
  return Math.min(5, Math.max(2, Math.floor(length / (room * theme.size))))
}

/** Both panels' grids and axes. */
export function twinAxes({ boxes }: Twin, x: Scale, y: Scale, theme: Theme): Pick<EChartsOption, 'grid' | 'xAxis' | 'yAxis'> {
  return {
    grid: sides.map((side, i) => grid(boxes[side], i)),
    xAxis: sides.map((_, i) => axisX(i, x, theme)),
    yAxis: sides.map((_, i) => axisY(i, y, theme, { labels: i === 0 })),
  }
}

/** What a symlog axis says of itself: below its threshold it is linear. */
export function withThreshold(name: string, { threshold }: Scale): string {
  return threshold === undefined ? name : `${name} (linear below ${plain(threshold)})`
}

/** A broken line through both panels where a symlog axis turns linear. */
export function threshold({ boxes }: Twin, { threshold, place, extent: [low, high] }: Scale, theme: Theme): Piece[] {
  if (threshold === undefined)
    return []
  return sides.map((side) => {
    const { left, top, width, height } = boxes[side]
    const y = top + height * (high - place(threshold)) / (high - low)
    return stroke([left, y], [left + width, y], theme.axis, theme.hairline, [2 * theme.hairline, 2 * theme.hairline])
  })
}
