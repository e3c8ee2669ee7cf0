import type { Box } from './axes'
import type { Entry, Piece } from './pieces'
import type { ChartCell, ExperimentRows } from './rows'
import type { Scale } from './scale'
import type { Look, Theme } from './theme'
import { whole } from './axes'
import { isComplete } from './captions'
import { decimal } from './numbers'
import { heading, words } from './pieces'
import { linear } from './scale'
import { fitted, textWidth } from './text-width'
import { labelRoom, ticksFor } from './twin'

/** Final accuracy is that of the whole test set. */
const NAME = 'Final test accuracy, %'

/** In font sizes: a panel's least width, what is above and below it, and gaps. */
const LEAST = 11
const HEAD = 1.7
const FOOT = 2.2
const GAP = 1.4
const RIGHT = 0.4
const BOTTOM = 0.9

export interface Facet {
  readonly treatment: string
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

/** `spacing`: between the two nearest capacities. */
export type WidthScale = Scale & { readonly spacing: number }

export interface WidthLayout {
  readonly facets: readonly Facet[]
  readonly x: WidthScale
  readonly y: Scale
  readonly dodge: Dodge
  readonly pieces: readonly Piece[]
  readonly height: number
}

export type WidthCell = ChartCell & { readonly capacity: number }

/** Cells of one capacity; those over all capacities have no width. */
export function cellsOf({ cells }: ExperimentRows): WidthCell[] {
  return cells.filter((cell): cell is WidthCell => cell.capacity !== null)
}

/** A panel a treatment, in rows, all of one scale. */
export function layWidths(rows: ExperimentRows, look: Look): WidthLayout {
  const { theme, width } = look
  const em = theme.size
  const treatments = [...new Set(cellsOf(rows).map(({ treatment }) => treatment))]
  const capacities = [...new Set(cellsOf(rows).map(({ capacity }) => capacity))].sort((a, b) => a - b)
  const entries: Entry[] = [{ kind: 'side', side: 'dense', text: 'dense' }, { kind: 'side', side: 'sparse', text: 'sparse' }, { kind: 'note', text: 'mean ± sd, single pairs faint' }]
  const head = heading(NAME, entries, look)
  const above = head.height + 0.2 * em

  const panels = (left: number): { columns: number, rows: number, width: number, height: number } => {
    const most = Math.max(1, Math.floor((width - left + GAP * em) / ((LEAST + GAP) * em)))
    const rows = Math.max(1, Math.ceil(treatments.length / most))
    const columns = Math.max(1, Math.ceil(treatments.length / rows))
    const each = (width - left - RIGHT * em - (columns - 1) * GAP * em) / columns
    const height = look.height === undefined
      ? Math.min(Math.max(each / 1.3, 8 * em), 15 * em)
      : Math.max(3 * em, (look.height - above - BOTTOM * em) / rows - (HEAD + FOOT) * em)
    return { columns, rows, width: each, height }
  }
  // How many ticks there is room for shows only once the panels are laid.
  const y = accuracyScale(rows, ticksFor(panels(3 * em).height, theme, 2))
  const left = labelRoom(y.ticks.map(({ label }) => label), theme)
  const panel = panels(left)
  const x = widthScale(capacities, panel.width, theme)
  const facets = treatments.map((treatment, i): Facet => ({
    treatment,
    firstInRow: i % panel.columns === 0,
    box: whole({
      left: left + (i % panel.columns) * (panel.width + GAP * em),
      top: above + Math.floor(i / panel.columns) * (panel.height + (HEAD + FOOT) * em) + HEAD * em,
      width: panel.width,
      height: panel.height,
    }),
  }))
  const height = above + panel.rows * (panel.height + (HEAD + FOOT) * em) + BOTTOM * em
  const spread = Math.min(2, x.spacing / (3.2 * em))
  return {
    facets,
    x,
    y,
    height,
    dodge: { single: 0.32 * em * spread, mean: 0.85 * em * spread, radius: 0.3 * em * Math.min(1, Math.max(0.75, spread)) },
    pieces: [
      ...head.pieces,
      ...facets.map(({ treatment, box }) => words(fitted(treatment, box.width, em, true), box.left, box.top - 0.85 * em, theme, { bold: true })),
      words(x.kind === 'log' ? 'Dense width W, units (log)' : 'Dense width W, units', width - RIGHT * em, height - 0.6 * em, theme, { colour: theme.muted, align: 'right' }),
    ],
  }
}

/** All that is drawn, in percent. */
function accuracyScale(rows: ExperimentRows, ticks: number): Scale {
  const values = [
    ...rows.pairs.filter(isComplete).flatMap(({ dense, sparse }) => [dense.accuracy, sparse.accuracy]),
    ...cellsOf(rows).flatMap(({ accuracy: { dense, sparse } }) => [dense, sparse].flatMap(({ mean, sd }) => mean === null ? [] : [mean - (sd ?? 0), mean + (sd ?? 0)])),
  ].flatMap(value => value === null ? [] : [100 * value])
  return values.length ? linear(Math.min(...values), Math.max(...values), ticks) : linear(0, 100, ticks)
}

/** Widths on the scale, linear or logarithmic, that keeps them further apart; each labelled where there is room. */
function widthScale(capacities: readonly number[], panelWidth: number, theme: Theme): WidthScale {
  const em = theme.size
  const scales = [{ kind: 'linear' as const, place: (value: number) => value, value: (place: number) => place }, { kind: 'log' as const, place: Math.log, value: Math.exp }]
    .map((scale) => {
      const places = capacities.map(scale.place)
      const span = (places.at(-1) ?? 1) - (places[0] ?? 0) || 1
      const least = Math.min(span, ...places.slice(1).map((place, i) => place - places[i]!))
      // Half of what lies between two of them, but never less than the marks of one take.
      const margin = Math.max(span / (2 * Math.max(1, capacities.length - 1)), span * 2 * em / Math.max(1, panelWidth - 4 * em))
      const extent = [(places[0] ?? 0) - margin, (places.at(-1) ?? 1) + margin] as const
      return { ...scale, places, extent, spacing: least / (extent[1] - extent[0]) * panelWidth }
    })
  const best = scales[1]!.spacing > 1.5 * scales[0]!.spacing ? scales[1]! : scales[0]!
  const unit = panelWidth / (best.extent[1] - best.extent[0])
  const labels = capacities.map(capacity => decimal(capacity, Number.isInteger(capacity) ? 0 : 2))
  const shown = labelled(best.places.map((place, i) => ({ at: place * unit, half: textWidth(labels[i]!, em) / 2 + 0.25 * em })))
  return { ...best, ticks: best.places.map((at, i) => ({ at, label: shown.has(i) ? labels[i]! : '' })) }
}

/** Which labels are written where not all fit: the last, and from the first on what leaves it room. */
function labelled(places: readonly { readonly at: number, readonly half: number }[]): Set<number> {
  const end = places.length - 1
  const chosen = new Set<number>()
  let free = -Infinity
  for (const [i, { at, half }] of places.entries()) {
    const beforeLast = i === end || at + half <= places[end]!.at - places[end]!.half
    if (at - half >= free && beforeLast) {
      chosen.add(i)
      free = at + half
    }
  }
  return chosen
}
