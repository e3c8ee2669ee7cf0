import type { Scale, ScaleChoice } from './scale'
import type { Theme } from './theme'
import type { WidthRows } from './width-rows'
import { decimal } from './numbers'
import { scaleOf } from './scale'
import { shown } from './shown'
import { textWidth } from './text-width'
import { cellsOf } from './width-rows'

/** `spacing`: between the two nearest capacities. */
export type WidthScale = Scale & { readonly spacing: number }

/** All that is drawn; without a label where there is nothing. */
export function valueScale(rows: WidthRows, ticks: number): Scale {
  const { of, isShare, logBeyond } = shown(rows.measure)
  const centres = cellsOf(rows).flatMap(({ dense, sparse }) => [dense, sparse])
  const data = [
    ...rows.singles ? cellsOf(rows).flatMap(({ pairs }) => pairs.flatMap(({ dense, sparse }) => [dense, sparse])) : [],
    ...centres.flatMap(({ mean, high }) => [mean, high]),
  ].map(of).filter(Number.isFinite)
  if (data.length === 0)
    return isShare ? scaleOf([0, 100], { ticks }) : { ...scaleOf([], { ticks }), ticks: [] }
  const options = { choice: rows.y, logBeyond, ticks }
  const scale = scaleOf(data, options)
  // Only a linear axis can show wherever an error bar ends below: on a logarithm its end may be decades away, or nowhere.
  return scale.kind === 'linear' ? scaleOf([...data, ...centres.map(({ low }) => of(low))], { ...options, choice: 'linear' }) : scale
}

interface Spacing {
  readonly kind: Scale['kind']
  readonly place: (value: number) => number
  readonly value: (place: number) => number
  readonly threshold?: number
  /** Where it begins, if not where its values do. */
  readonly first?: number
}

const LINEAR: Spacing = { kind: 'linear', place: value => value, value: place => place }
const LOGARITHM: Spacing = { kind: 'log', place: Math.log, value: Math.exp }

/** Logarithmic down to the decade of the smallest capacity, from there linear to zero, in the room of one decade. */
function symlogDownTo(smallest: number): Spacing {
  const threshold = 10 ** Math.floor(Math.log10(smallest) + 1e-9)
  const [end, decade] = [Math.log(threshold), Math.LN10]
  return {
    kind: 'symlog',
    place: value => value < threshold ? end + decade * (value / threshold - 1) : Math.log(value),
    value: place => place < end ? threshold * (1 + (place - end) / decade) : Math.exp(place),
    threshold,
    first: end - decade,
  }
}

/** Widths on the scale that was asked for, else on the linear or logarithmic one that keeps them further apart; each labelled where there is room. */
export function widthScale(capacities: readonly number[], panelWidth: number, theme: Theme, choice: ScaleChoice): WidthScale {
  const em = theme.size
  const spaced = (spacing: Spacing) => {
    const places = capacities.map(spacing.place)
    const [low, high] = [spacing.first ?? places[0] ?? 0, places.at(-1) ?? 1]
    const span = high - low || 1
    const least = Math.min(span, ...places.slice(1).map((place, i) => place - places[i]!))
    // Half of what lies between two of them, but never less than the marks of one take.
    const margin = Math.max(((places.at(-1) ?? 1) - (places[0] ?? 0) || 1) / (2 * Math.max(1, capacities.length - 1)), span * 2 * em / Math.max(1, panelWidth - 4 * em))
    const extent = [spacing.first ?? low - margin, high + margin] as const
    return { ...spacing, places, extent, spacing: least / (extent[1] - extent[0]) * panelWidth }
  }
  const best = (): ReturnType<typeof spaced> => {
    const [linear, logarithm] = [spaced(LINEAR), spaced(LOGARITHM)]
    return logarithm.spacing > 1.5 * linear.spacing ? logarithm : linear
  }
  const { first, places, ...chosen } = choice === 'auto' || capacities.length === 0 ? best() : spaced({ linear: () => LINEAR, log: () => LOGARITHM, symlog: () => symlogDownTo(capacities[0]!) }[choice]())
  const unit = panelWidth / (chosen.extent[1] - chosen.extent[0])
  const ticks = [
    ...first === undefined ? [] : [{ at: first, label: '0' }],
    ...places.map((at, i) => ({ at, label: decimal(capacities[i]!, Number.isInteger(capacities[i]) ? 0 : 2) })),
  ]
  const shown = labelled(ticks.map(({ at, label }) => ({ at: at * unit, half: textWidth(label, em) / 2 + 0.25 * em })))
  return { ...chosen, ticks: ticks.map(({ at, label }, i) => ({ at, label: shown.has(i) ? label : '' })) }
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
