import type { Curves } from '../../comparison/panels/curves'
import type { Side } from '../../random/stream'
import type { LineLooks } from './line-looks'
import type { Line } from './marks'
import type { Entry } from './pieces'
import type { Places } from './places'
import type { Scale } from './scale'
import type { Shown } from './shown'
import type { Look, Theme } from './theme'
import type { Twins, TwinWords } from './twin'
import { bandInWords } from '../../comparison/curves/aggregate'
import { facetInWords } from '../../comparison/facets'
import { faded } from './colours'
import { isPartial, PARTIAL_NOTE } from './group-line'
import { capacityName, lineLooks } from './line-looks'
import { decimal } from './numbers'
import { placeScale, placesOf } from './places'
import { axisName, scaleFor, shown } from './shown'
import { layTwins, ticksFor } from './twin'

/** Bands are drawn of up to so many curves in a panel: more would hide them. */
const BANDS = 8
/** A legend that lists more would be longer than the chart. */
const LISTED = 24

/** Where everything is in a chart of curves. */
export interface CurveLayout {
  readonly measure: Shown
  readonly places: Places
  readonly x: Scale
  readonly y: Scale
  /** The centres of a facet's curves, in the units of the axes. */
  readonly lines: (facet: number) => Readonly<Record<Side, readonly Line[]>>
  readonly looks: LineLooks
  readonly orderedBy: Curves['orderedBy']
  readonly hasBands: boolean
  readonly twins: Twins
}

export function layCurves(rows: Curves, look: Look): CurveLayout {
  const { theme } = look
  const { orderedBy } = rows
  const measure = shown(rows.measure)
  const places = placesOf(rows.x, lastOf(rows))
  const hasBands = rows.band !== 'none' && rows.facets.every(({ groups }) => groups.length <= BANDS)
  const looks = looksOf(rows, theme)
  const kind = rows.scale === 'automatic' ? undefined : rows.scale
  const lines = centresOf(rows, measure, places)
  const spanned = [...lines.flatMap(({ dense, sparse }) => [...dense, ...sparse]), ...around(rows, measure, places, hasBands)]
  const titles = rows.facets.length ? rows.facets.map(facetInWords) : ['']
  const words = (y: Scale, labels = y.ticks.map(({ label }) => label)): TwinWords => ({
    name: axisName(measure, y),
    xName: places.name,
    labels,
    entries: entriesOf(rows, looks, hasBands, theme),
    last: places.last,
    ...rows.x !== 'epoch' && { lastLabel: decimal(places.last, 2) },
  })
  // How many ticks there is room for shows only once the panels are laid.
  const { height, width } = layTwins(look, words(scaleFor(measure, spanned, undefined, kind), ['0.001']), titles).twins[0]!.boxes.dense
  const y = scaleFor(measure, spanned, ticksFor(height, theme, 2), kind)
  return {
    measure,
    places,
    x: placeScale(rows.x, places, width, theme, look.span),
    y,
    lines: facet => lines[facet] ?? { dense: [], sparse: [] },
    looks,
    orderedBy,
    hasBands,
    twins: layTwins(look, words(y), titles),
  }
}

/** What the values of the ordered field are called: "W = 79", "Learning rate η 0.1". */
export function orderedName(orderedBy: Curves['orderedBy']): (value: number) => string {
  return orderedBy === null || orderedBy.name === 'capacity' ? capacityName : value => `${orderedBy.title} ${value}`
}

function looksOf({ facets, orderedBy }: Curves, theme: Theme): LineLooks {
  const groups = facets.flatMap(({ groups }) => groups)
  const names = [...new Set(groups.map(({ name }) => name))]
  const ordered = [...new Set(groups.flatMap(({ ordered }) => ordered ?? []))].sort((a, b) => a - b)
  return lineLooks(names, ordered, theme, orderedName(orderedBy))
}

function entriesOf(rows: Curves, { entries }: LineLooks, hasBands: boolean, theme: Theme): Entry[] {
  const { facets, centre, band, smoothing, members } = rows
  const note = (text: string): Entry => ({ kind: 'note', text })
  return [
    ...entries.slice(0, LISTED),
    ...entries.length > LISTED ? [note(`and ${entries.length - LISTED} more`)] : [],
    ...band === 'none' ? [] : hasBands ? [{ kind: 'band', text: bandInWords(centre, band), colour: faded(theme.muted, 0.25) } as const] : [note(`no bands of more than ${BANDS} curves`)],
    ...smoothing > 0 ? [note('smoothed, raw faint')] : [],
    ...members ? [note('thin: single runs')] : [],
    ...facets.some(({ groups }) => groups.some(({ curves }) => curves.some(({ n }) => isPartial(n)))) ? [PARTIAL_NOTE] : [],
  ]
}

/** The largest place, in its stored unit: of epochs what is planned. */
function lastOf({ x, last, facets }: Curves): number {
  if (x === 'epoch')
    return last
  return facets.flatMap(({ groups, members }) => [...groups.flatMap(({ curves }) => curves), ...members]).reduce((last, { xs }) => (xs ?? []).reduce<number>((last, x) => Math.max(last, x ?? 0), last), 0)
}

function centresOf({ facets }: Curves, measure: Shown, places: Places): Record<Side, Line[]>[] {
  return facets.map(({ groups }) => {
    const of = (side: Side): Line[] => groups.flatMap(({ curves }) => curves.filter(curve => curve.side === side).map(({ xs, epochs, centre }) => ({ epochs: places.of(xs ?? epochs), values: centre.map(measure.of) })))
    return { dense: of('dense'), sparse: of('sparse') }
  })
}

/** What an axis must show beside the centres. A mean less its sd may be next to nothing: a logarithm does not go down to it. */
function around({ facets, centre, band, scale }: Curves, measure: Shown, places: Places, hasBands: boolean): Line[] {
  const isObserved = centre === 'median' || band === 'range'
  const isLinear = scale === 'linear' || (scale === 'automatic' && measure.isShare)
  return facets.flatMap(({ groups, members }) => [
    ...members.map(({ xs, epochs, values }) => ({ epochs: places.of(xs ?? epochs), values: values.map(measure.of) })),
    ...hasBands
      ? groups.flatMap(({ curves }) => curves.flatMap(({ xs, epochs, low = [], high = [] }) => [high, ...isObserved || isLinear ? [low] : []].map(end => ({ epochs: places.of(xs ?? epochs), values: end.map(measure.of) }))))
      : [],
  ])
}
