import type { CustomSeriesOption } from 'echarts'
import type { Side } from '../../random/stream'
import type { Box } from './axes'
import type { Look, Theme } from './theme'
import { fitted, textWidth } from './text-width'

/** Something drawn beside the axes; places are from the upper left corner of the chart. */
export type Piece = Readonly<Record<string, unknown>>

interface Words {
  readonly colour?: string
  readonly bold?: boolean
  readonly align?: 'left' | 'center' | 'right'
}

/** A line of text, its middle at y. */
export function words(text: string, x: number, y: number, theme: Theme, { colour = theme.text, bold = false, align = 'left' }: Words = {}): Piece {
  return { type: 'text', x, y, style: { text, fontSize: theme.size, fontFamily: theme.fontFamily, fontWeight: bold ? 600 : 400, fill: colour, textAlign: align, textVerticalAlign: 'middle' } }
}

export function stroke(from: readonly [number, number], to: readonly [number, number], colour: string, width: number, dash?: readonly number[]): Piece {
  return { type: 'line', shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: { stroke: colour, lineWidth: width, ...dash && { lineDash: [...dash] } } }
}

/** A dot for dense, a cross for sparse. */
export function mark(side: Side, x: number, y: number, radius: number, style: object): Piece {
  return side === 'dense'
    ? { type: 'circle', shape: { cx: x, cy: y, r: radius }, style }
    : { type: 'polygon', shape: { points: cross(x, y, 1.15 * radius) }, style }
}

/** The outline of an upright multiplication sign whose arms reach `radius` to each side. */
function cross(x: number, y: number, radius: number): [number, number][] {
  const thick = 0.3 * radius
  const [near, far] = [radius - thick, radius]
  return ([[-far, -near], [-near, -far], [0, -thick], [near, -far], [far, -near], [thick, 0], [far, near], [near, far], [0, thick], [-near, far], [-far, near], [-thick, 0]] as const)
    .map(([dx, dy]) => [x + dx, y + dy])
}

/** The same marks as symbols of a series. */
export const symbols: Readonly<Record<Side, string>> = {
  dense: 'circle',
  sparse: `path://M${cross(0, 0, 100).map(([x, y]) => `${Math.round(x)} ${Math.round(y)}`).join('L')}Z`,
}

/** The symbol sizes that look alike: a cross reaches further than a disc of the same weight. */
export function symbolSize(side: Side, radius: number): number {
  return 2 * radius * (side === 'dense' ? 1 : 1.15)
}

/** A tip at the lower edge of a panel: a line goes on below. */
export function below(x: number, y: number, colour: string, theme: Theme): Piece {
  const half = 0.32 * theme.size
  return { type: 'polygon', shape: { points: [[x - half, y - 1.5 * half], [x + half, y - 1.5 * half], [x, y]] }, style: { fill: colour } }
}

/** Why there is nothing in a panel, in its middle. */
export function emptiness(text: string, box: Box, theme: Theme): Piece {
  return words(fitted(text, box.width, theme.size), box.left + box.width / 2, box.top + box.height / 2, theme, { colour: theme.muted, align: 'center' })
}

/** The head of a side's panel: its mark and its name. */
export function sideHead(side: Side, left: number, middle: number, theme: Theme): Piece[] {
  const radius = 0.3 * theme.size
  return [
    mark(side, left + radius, middle, radius, { fill: theme.side[side] }),
    words(side, left + 1.0 * theme.size, middle, theme, { bold: true }),
  ]
}

/** An entry of a legend: how its sample is drawn, and its words. */
export type Entry
  = | { readonly kind: 'line', readonly text: string, readonly colour: string, readonly dash?: readonly number[], readonly opacity?: number }
    | { readonly kind: 'side', readonly text: string, readonly side: Side }
    | { readonly kind: 'band', readonly text: string, readonly colour: string }
    | { readonly kind: 'note', readonly text: string }

/** Entries one after the other in rows of at most `width`. @returns what is drawn, the height it takes, and whether each entry fits */
export function legend(entries: readonly Entry[], { left, top, width }: { readonly left: number, readonly top: number, readonly width: number }, theme: Theme): { pieces: Piece[], height: number, fits: boolean } {
  const em = theme.size
  const row = 1.5 * em
  const pieces: Piece[] = []
  let [x, y, fits] = [left, top + row / 2, true]
  for (const entry of entries) {
    const sample = { line: (entry.kind === 'line' && entry.dash ? 2.4 : 1.6) * em, side: 0.6 * em, band: 1.2 * em, note: 0 }[entry.kind]
    const gap = sample ? 0.45 * em : 0
    const text = fitted(entry.text, width - sample - gap, em)
    const wide = sample + gap + textWidth(text, em)
    fits &&= text === entry.text
    if (x > left && x + wide > left + width)
      [x, y] = [left, y + row]
    fits &&= x + wide <= left + width
    if (entry.kind === 'line')
      pieces.push({ ...stroke([x, y], [x + sample, y], entry.colour, theme.line, entry.dash), ...entry.opacity !== undefined && { style: { stroke: entry.colour, lineWidth: theme.line, opacity: entry.opacity } } })
    if (entry.kind === 'side')
      pieces.push(mark(entry.side, x + sample / 2, y, sample / 2, { fill: theme.side[entry.side] }))
    if (entry.kind === 'band')
      pieces.push({ type: 'rect', shape: { x, y: y - 0.35 * em, width: sample, height: 0.7 * em }, style: { fill: entry.colour } })
    pieces.push(words(text, x + sample + gap, y, theme, { colour: entry.kind === 'note' ? theme.muted : theme.text }))
    // Where a pointer is on the entry.
    if (entry.kind === 'line' && theme.id !== 'print')
      pieces.push({ type: 'rect', highlight: entry.text, shape: { x, y: y - row / 2, width: wide, height: row }, style: { fill: theme.background, opacity: 0 } })
    x += wide + 1.2 * em
  }
  return { pieces, height: entries.length ? y + row / 2 - top : 0, fits }
}

/** The first lines of a chart: what it shows, unless that stands above it, and its legend beside that where there is room, else below. */
export function heading(name: string, entries: readonly Entry[], { width, theme, title: above }: Look): { pieces: Piece[], height: number } {
  if (name === above)
    return legend(entries, { left: 0, top: 0, width }, theme)
  const em = theme.size
  const title = words(fitted(name, width, em), 0, 0.75 * em, theme, { colour: theme.muted })
  const beside = textWidth(name, em) + 2 * em
  const inRow = legend(entries, { left: beside, top: 0, width: width - beside }, theme)
  if (inRow.fits && inRow.height <= 1.5 * em)
    return { pieces: [title, ...inRow.pieces], height: 1.5 * em }
  const below = legend(entries, { left: 0, top: 1.5 * em, width }, theme)
  return { pieces: [title, ...below.pieces], height: 1.5 * em + below.height }
}

/** All of a chart's pieces as a series without axes: unlike ECharts' own graphics they are replaced as a whole when the chart changes. */
export function frame(pieces: readonly Piece[]): CustomSeriesOption {
  return {
    type: 'custom',
    id: 'frame',
    coordinateSystem: 'none',
    cursor: 'default',
    tooltip: { show: false },
    z: 5,
    // By its looks: ECharts would make of an old piece at the same index a new one, and miss parts of it.
    data: pieces.map((piece, i) => ({ id: JSON.stringify(piece), value: [i], ...piece.highlight !== undefined && { highlight: piece.highlight } })) as never,
    renderItem: ({ dataIndex }) => ({ ...pieces[dataIndex], silent: pieces[dataIndex]!.highlight === undefined }) as never,
  }
}
