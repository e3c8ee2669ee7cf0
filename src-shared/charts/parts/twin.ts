import type { EChartsOption } from 'echarts'
import type { Side } from '../../random/stream'
import type { Box } from './axes'
import type { Line } from './marks'
import type { Entry, Piece } from './pieces'
import type { ChartPair } from './rows'
import type { Scale } from './scale'
import type { Shown } from './shown'
import type { Look, Theme } from './theme'
import { axisX, axisY, grid, LABEL_GAP, whole } from './axes'
import { absence } from './captions'
import { decimal } from './numbers'
import { below, emptiness, heading, sideHead, stroke, words } from './pieces'
import { axisName, beginsBelow, scaleFor } from './shown'
import { fitted, textWidth } from './text-width'

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
  /** That label, where it is no whole number. */
  readonly lastLabel?: string
  /** Width to height of a panel where the height is not given. */
  readonly ratio?: number
}

export function layTwin(look: Look, words: TwinWords): Twin {
  const { twins: [{ boxes }], ...whole } = layTwins(look, words, ['']) as Twins & { twins: [Pick<Twin, 'boxes'>] }
  return { boxes, ...whole }
}

/** Twins below each other, all of the same scales. */
export interface Twins {
  readonly twins: readonly Pick<Twin, 'boxes'>[]
  readonly pieces: readonly Piece[]
  readonly height: number
}

/** Higher than is asked for where that leaves no room for axes. @param titles what stands above each of them; none takes no room */
export function layTwins(look: Look, { name, xName, labels, entries, extra = 0, last, lastLabel = decimal(last, 0), ratio = 1.3 }: TwinWords, titles: readonly string[]): Twins {
  const { theme, width, height } = look
  const em = theme.size
  const left = labelRoom(labels, theme)
  const right = Math.max(0.5 * em, textWidth(lastLabel, em) / 2 + 0.1 * em)
  const gap = right + 1.3 * em
  const panelWidth = Math.max(4 * em, (width - left - gap - right) / 2)
  const head = heading(name, entries, look)
  const tops = titles.map(title => (title === '' ? 1.7 : 3.4) * em)
  const bottom = 2.9 * em
  const natural = Math.min(Math.max(panelWidth / ratio, 8 * em), 18 * em)
  const around = head.height + extra + tops.reduce((sum, top) => sum + top + bottom, 0)
  const panelHeight = height === undefined ? natural : Math.max(3 * em, (height - around) / titles.length)
  let top = head.height + extra
  const twins = titles.map((title, t) => {
    const above = top
    top += tops[t]!
    const box = (i: number): Box => whole({ left: left + i * (panelWidth + gap), top, width: panelWidth, height: panelHeight })
    const boxes = { dense: box(0), sparse: box(1) }
    const pieces = [
      ...title === '' ? [] : [words(fitted(title, width, em, true), 0, above + 0.95 * em, theme, { bold: true })],
      ...sides.flatMap(side => [
        ...sideHead(side, boxes[side].left, top - 0.95 * em, theme),
        words(xName, boxes[side].left + panelWidth, top + panelHeight + 2.25 * em, theme, { colour: theme.muted, align: 'right' }),
      ]),
    ]
    top += panelHeight + bottom
    return { boxes, pieces }
  })
  return { twins, pieces: [...head.pieces, ...twins.flatMap(({ pieces }) => pieces)], height: around + titles.length * panelHeight }
}

/** Both panels over epochs and the scale that shows lines of a measure in them. */
export function layScaled(look: Look, { measure, lines, entries, last }: { readonly measure: Shown, readonly lines: readonly Line[], readonly entries: readonly Entry[], readonly last: number }): { y: Scale, twin: Twin } {
  const lay = (name: string, labels: readonly string[]): Twin => layTwin(look, { name, xName: 'epoch', labels, entries, last })
  // How many ticks there is room for shows only once the panels are laid.
  const { boxes } = lay(axisName(measure, scaleFor(measure, lines)), ['0.001'])
  const y = scaleFor(measure, lines, ticksFor(boxes.dense.height, look.theme, 2))
  return { y, twin: lay(axisName(measure, y), y.ticks.map(({ label }) => label)) }
}

/** What labels of a vertical axis take on the screen at least, in font sizes: charts one above the other begin at the same place. */
const ROOM = 4

/** The room of labels of a vertical axis, with their gap. */
export function labelRoom(labels: readonly string[], theme: Theme): number {
  const widest = Math.max(0, ...labels.map(label => textWidth(label, theme.size)))
  return Math.ceil(theme.id === 'print' ? widest : Math.max(ROOM * theme.size, widest)) + (LABEL_GAP + 0.15) * theme.size
}

/** About how many ticks go on an axis of a length. */
export function ticksFor(length: number, theme: Theme, room = 3.2): number {
  return Math.min(5, Math.max(2, Math.floor(length / (room * theme.size))))
}

/** Both panels' grids and axes. */
export function twinAxes(twin: Pick<Twin, 'boxes'>, x: Scale, y: Scale, theme: Theme): Pick<EChartsOption, 'grid' | 'xAxis' | 'yAxis'> {
  return twinsAxes([twin], x, y, theme)
}

/** Grids and axes of twins; those of one are 2i and 2i + 1. */
export function twinsAxes(twins: readonly Pick<Twin, 'boxes'>[], x: Scale, y: Scale, theme: Theme): Pick<EChartsOption, 'grid' | 'xAxis' | 'yAxis'> {
  const boxes = twins.flatMap(({ boxes }) => sides.map(side => boxes[side]))
  return {
    grid: boxes.map(grid),
    xAxis: boxes.map((_, i) => axisX(i, x, theme)),
    yAxis: boxes.map((_, i) => axisY(i, y, theme, { labels: i % 2 === 0 })),
  }
}

/** A broken line through both panels where a symlog axis turns linear. */
export function threshold({ boxes }: Pick<Twin, 'boxes'>, y: Scale, theme: Theme): Piece[] {
  return sides.flatMap(side => thresholdOf(boxes[side], y, theme))
}

/** A broken line through a panel where its symlog axis turns linear: across for a vertical one. */
export function thresholdOf({ left, top, width, height }: Box, { threshold, place, extent: [low, high] }: Scale, theme: Theme, along: 'x' | 'y' = 'y'): Piece[] {
  if (threshold === undefined)
    return []
  const share = (place(threshold) - low) / (high - low)
  const [x, y] = [left + width * share, top + height * (1 - share)]
  const [from, to] = along === 'x' ? [[x, top], [x, top + height]] as const : [[left, y], [left + width, y]] as const
  return [stroke(from, to, theme.axis, theme.hairline, [2 * theme.hairline, 2 * theme.hairline])]
}

/** A tip at the foot of each panel where lines begin below. */
export function beginnings({ boxes }: Pick<Twin, 'boxes'>, lines: Readonly<Record<Side, readonly Line[]>>, y: Scale, theme: Theme, colour = (_: Side): string => theme.muted): Piece[] {
  return sides.flatMap(side => lines[side].some(line => beginsBelow(line, y)) ? [below(boxes[side].left, boxes[side].top + boxes[side].height, colour(side), theme)] : [])
}

/** Why a side's panel is empty, if it is. */
export function absences({ boxes }: Twin, pair: ChartPair, isEmpty: (side: Side) => boolean, theme: Theme): Piece[] {
  return sides.flatMap(side => isEmpty(side) ? [emptiness(absence(pair, side), boxes[side], theme)] : [])
}
