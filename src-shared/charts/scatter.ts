import type { ScatterSeriesOption } from 'echarts'
import type { Chart, Mark } from '.'
import type { Scatter, ScatterPoint } from '../comparison/panels/scatter'
import type { Side } from '../random/stream'
import type { Box } from './parts/axes'
import type { Entry, Piece } from './parts/pieces'
import type { Scale } from './parts/scale'
import type { Look, Theme } from './parts/theme'
import { scatterCaption, scatterTitle } from '../comparison/scatter-words'
import { panelAxes, whole } from './parts/axes'
import { emptiness, frame, heading, symbols, symbolSize, words } from './parts/pieces'
import { axisName, scaleFor, shown } from './parts/shown'
import { fitted, textWidth } from './parts/text-width'
import { tipTable, tooltip } from './parts/tooltip'
import { labelRoom, sides, ticksFor } from './parts/twin'

/** What is below the panel, in font sizes. */
const BELOW = 2.9
/** So many groups have a colour of their own; all further ones share the last. */
const COLOURS = 7

interface Layout {
  readonly box: Box
  readonly x: Scale
  readonly y: Scale
  readonly pieces: readonly Piece[]
  readonly height: number
}

export default {
  id: 'scatter',
  title: scatterTitle,
  draws: 'scatter',

  height: (rows, look) => lay(rows, look).height,

  option(rows, look) {
    const { theme } = look
    const { box, x, y, pieces } = lay(rows, look)
    const em = theme.size
    const right = box.left + box.width
    const xName = axisName(shown(rows.x), x)
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      ...panelAxes(box, x, y, theme),
      series: [
        ...groupsOf(rows).flatMap((_, group) => sides.map(side => marks(rows, { group, side, x, y }, theme))),
        frame([
          ...pieces,
          words(fitted(xName, right, em), right, box.top + box.height + 2.25 * em, theme, { colour: theme.muted, align: 'right' }),
          ...rows.points.length ? [] : [emptiness('no finished run has both', box, theme)],
        ]),
      ],
      ...tooltip(theme, { trigger: 'item', formatter: found => tip(rows, (found as { data?: Partial<Datum> }).data?.point) }),
    }
  },

  table: rows => ({
    columns: [
      { name: 'run', unit: '' },
      { name: 'side', unit: '' },
      { name: 'experiment', unit: '' },
      { name: 'treatment', unit: '' },
      { name: 'dense width W', unit: 'units' },
      { name: 'seed', unit: '' },
      { name: 'group', unit: '' },
      { name: rows.x, unit: shown(rows.x).storedUnit },
      { name: rows.y === rows.x ? `${rows.y} upwards` : rows.y, unit: shown(rows.y).storedUnit },
    ],
    rows: rows.points.map(({ run, side, experiment, treatment, capacity, seed, group, x, y }) => [run === null ? null : `r${run}`, side, experiment, treatment, capacity, seed, rows.groups[group] ?? '', x, y]),
  }),

  caption: scatterCaption,
} satisfies Chart<'scatter'>

function lay(rows: Scatter, look: Look): Layout {
  const { theme, width, height: given } = look
  const em = theme.size
  const panel = Math.min(Math.max(width / 2.2, 10 * em), 24 * em)
  const scale = (measure: string, of: 'x' | 'y', ticks: number): Scale =>
    scaleFor(shown(measure), [{ epochs: rows.points.map(() => 1), values: rows.points.map(point => shown(measure).of(point[of])) }], ticks)
  const name = (measure: string, of: 'x' | 'y'): string => axisName(shown(measure), scale(measure, of, 5))
  const head = heading(name(rows.y, 'y'), entriesOf(rows, theme), look)
  const above = head.height + 0.7 * em
  const height = given ?? above + panel + BELOW * em
  const y = scale(rows.y, 'y', ticksFor(height - above - BELOW * em, theme, 2))
  const left = labelRoom(y.ticks.map(({ label }) => label), theme)
  const x = scale(rows.x, 'x', ticksFor(width - left - 2 * em, theme, 5))
  const right = Math.max(0.5 * em, textWidth(x.ticks.at(-1)?.label ?? '', em) / 2 + 0.1 * em)
  const box = whole({ left, top: above, width: width - left - right, height: height - above - BELOW * em })
  return { box, x, y, pieces: head.pieces, height }
}

/** One where all points are of a kind. */
function groupsOf({ groups }: Scatter): readonly string[] {
  return groups.length ? groups : ['']
}

function entriesOf({ groups, points }: Scatter, theme: Theme): Entry[] {
  const drawn = sides.filter(side => points.some(point => point.side === side))
  if (groups.length < 2)
    return drawn.map(side => ({ kind: 'side', side, text: side }))
  const others = groups.length - COLOURS
  return [
    ...groups.slice(0, COLOURS).map((text, i): Entry => ({ kind: 'band', text, colour: colourOf(i, theme) })),
    ...others > 0 ? [{ kind: 'band', text: `${others} more`, colour: colourOf(COLOURS, theme) } as const] : [],
    ...drawn.length > 1 ? [{ kind: 'note', text: 'dots dense, crosses sparse' } as const] : [],
  ]
}

function colourOf(group: number, theme: Theme): string {
  return theme.series[Math.min(group, COLOURS)]!
}

interface Datum {
  readonly value: readonly [number, number]
  readonly point: number
  readonly mark: Mark
}

function marks({ x: across, y: upwards, points, groups }: Scatter, { group, side, x, y }: { readonly group: number, readonly side: Side, readonly x: Scale, readonly y: Scale }, theme: Theme): ScatterSeriesOption {
  const data = points.flatMap((point, i): Datum[] => point.side === side && point.group === group
    ? [{ value: [x.place(shown(across).of(point.x)), y.place(shown(upwards).of(point.y))], point: i, mark: markOf(point) }]
    : [])
  return {
    type: 'scatter',
    id: `${side}/${group}`,
    name: `${groups[group] ?? ''} ${side}`.trim(),
    symbol: symbols[side],
    symbolSize: symbolSize(side, radiusOf(points.length) * theme.size),
    itemStyle: { color: groups.length > 1 ? colourOf(group, theme) : theme.side[side], opacity: 0.75 },
    cursor: 'pointer',
    z: 3,
    data: data as never,
  }
}

/** Of many points each is smaller; in font sizes. */
function radiusOf(points: number): number {
  return points <= 300 ? 0.3 : points <= 2000 ? 0.22 : 0.15
}

function markOf({ run, experiment, position, treatment, capacity, seed }: ScatterPoint): Mark {
  return { at: { treatment, capacity, seed }, pair: { experiment, position }, ...run !== null && { run } }
}

function tip({ points, x, y }: Scatter, at: number | undefined): string {
  const point = at === undefined ? undefined : points[at]
  if (!point)
    return ''
  const said = (measure: string, value: number): string => {
    const { unit, of, said } = shown(measure)
    return `${said(of(value))}${unit && ` ${unit}`}`
  }
  const { run, side, treatment, capacity, seed } = point
  return tipTable(`${run === null ? '' : `r${run}, `}${side}, ${treatment}, W = ${capacity}, seed ${seed}`, [], [[shown(x).label, said(x, point.x)], [shown(y).label, said(y, point.y)]])
}
