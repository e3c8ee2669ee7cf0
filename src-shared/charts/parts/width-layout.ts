import type { Box } from './axes'
import type { Entry, Piece } from './pieces'
import type { Scale } from './scale'
import type { Look } from './theme'
import type { WidthFacet, WidthRows } from './width-rows'
import type { WidthScale } from './width-scales'
import { spreadWords } from '../../statistics/spread'
import { whole } from './axes'
import { emptiness, heading, words } from './pieces'
import { axisName, shown } from './shown'
import { fitted } from './text-width'
import { labelRoom, thresholdOf, ticksFor } from './twin'
import { cellsOf, widthName } from './width-rows'
import { valueScale, widthScale } from './width-scales'

/** In font sizes: a panel's least width, what is above and below it, above a group of them, and gaps. */
const LEAST = 11
const HEAD = 1.7
const FOOT = 2.2
const GROUP = 1.8
const GAP = 1.4
const RIGHT = 0.4
const BOTTOM = 0.9

export interface PlacedFacet {
  readonly facet: WidthFacet
  readonly box: Box
  readonly firstInRow: boolean
}

/** Shifts of marks from a capacity's place, dense to the left and sparse to the right. */
export interface Dodge {
  /** Of single pairs. */
  readonly single: number
  readonly mean: number
  /** Radius of the marks of means. */
  readonly radius: number
}

export interface WidthLayout {
  readonly facets: readonly PlacedFacet[]
  readonly x: WidthScale
  readonly y: Scale
  readonly dodge: Dodge
  readonly pieces: readonly Piece[]
  readonly height: number
}

/** "Final test accuracy, %": what the vertical axis shows, and how. */
export function valueName(rows: WidthRows, y: Scale): string {
  const { unit } = shown(rows.measure)
  return axisName({ axis: unit === '' ? widthName(rows) : `${widthName(rows)}, ${unit}` }, y)
}

/** A panel a facet, in rows, those of a group beneath its title, all of one scale. */
export function layWidths(rows: WidthRows, look: Look): WidthLayout {
  const { theme, width } = look
  const em = theme.size
  const { groups } = rows
  const heads = groups.filter(({ title }) => title !== '').length
  const most = Math.max(0, ...groups.map(({ facets }) => facets.length))
  const capacities = [...new Set(cellsOf(rows).map(({ capacity }) => capacity))].sort((a, b) => a - b)
  const entries: Entry[] = [{ kind: 'side', side: 'dense', text: 'dense' }, { kind: 'side', side: 'sparse', text: 'sparse' }, { kind: 'note', text: `${spreadWords[rows.spread].short}${rows.singles ? ', single pairs faint' : ''}` }]
  const headingOf = (y: Scale): ReturnType<typeof heading> => heading(valueName(rows, y), entries, look)
  const above = (y: Scale): number => headingOf(y).height + 0.2 * em

  const panels = (left: number, y: Scale): { columns: number, rows: number, width: number, height: number } => {
    const fitting = Math.max(1, Math.floor((width - left + GAP * em) / ((LEAST + GAP) * em)))
    const columns = Math.max(1, Math.ceil(most / Math.max(1, Math.ceil(most / fitting))))
    const rows = Math.max(1, groups.reduce((sum, { facets }) => sum + Math.ceil(facets.length / columns), 0))
    const each = (width - left - RIGHT * em - (columns - 1) * GAP * em) / columns
    const height = look.height === undefined
      ? Math.min(Math.max(each / 1.3, 8 * em), 15 * em)
      : Math.max(3 * em, (look.height - above(y) - (BOTTOM + heads * GROUP) * em) / rows - (HEAD + FOOT) * em)
    return { columns, rows, width: each, height }
  }
  // How many ticks there is room for shows only once the panels are laid.
  const y = valueScale(rows, ticksFor(panels(3 * em, valueScale(rows, 5)).height, theme, 2))
  const left = labelRoom(y.ticks.map(({ label }) => label), theme)
  const panel = panels(left, y)
  const x = widthScale(capacities, panel.width, theme, rows.x)

  const pieces: Piece[] = [...headingOf(y).pieces]
  const facets: PlacedFacet[] = []
  let top = above(y)
  for (const { title, facets: ofGroup } of groups) {
    if (title !== '') {
      pieces.push(words(fitted(title, width - left, em, true), left, top + 0.9 * em, theme, { bold: true }))
      top += GROUP * em
    }
    for (const [i, facet] of ofGroup.entries()) {
      const box = whole({
        left: left + (i % panel.columns) * (panel.width + GAP * em),
        top: top + Math.floor(i / panel.columns) * (panel.height + (HEAD + FOOT) * em) + HEAD * em,
        width: panel.width,
        height: panel.height,
      })
      facets.push({ facet, box, firstInRow: i % panel.columns === 0 })
      const bold = title === ''
      pieces.push(words(fitted(facet.title, box.width, em, bold), box.left, box.top - 0.85 * em, theme, { bold }), ...thresholdOf(box, y, theme), ...thresholdOf(box, x, theme, 'x'))
      if (facet.cells.every(({ counts }) => counts.complete === 0))
        pieces.push(emptiness('no complete pair', box, theme))
    }
    top += Math.ceil(ofGroup.length / panel.columns) * (panel.height + (HEAD + FOOT) * em)
  }
  const height = (facets.length ? top : above(y) + panel.height + (HEAD + FOOT) * em) + BOTTOM * em
  const spread = Math.min(2, x.spacing / (3.2 * em))
  return {
    facets,
    x,
    y,
    height,
    dodge: { single: 0.32 * em * spread, mean: 0.85 * em * spread, radius: 0.3 * em * Math.min(1, Math.max(0.75, spread)) },
    pieces: [...pieces, words(axisName({ axis: 'Dense width W, units' }, x), width - RIGHT * em, height - 0.6 * em, theme, { colour: theme.muted, align: 'right' })],
  }
}
