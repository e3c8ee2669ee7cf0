import type { EChartsOption, SeriesOption } from 'echarts'
import type { Chart } from '.'
import type { CurveFacet, CurveGroup, Curves, MemberCurve, SideCurve } from '../comparison/panels/curves'
import type { CurveLayout } from './parts/curve-layout'
import type { LineLook } from './parts/marks'
import type { Look } from './parts/theme'
import { bandInWords } from '../comparison/curves/aggregate'
import { captionOf } from '../comparison/curves/caption'
import { thinned } from '../comparison/curves/thinned'
import { layCurves, orderedName } from './parts/curve-layout'
import { curveTip } from './parts/curve-tip'
import { BEHIND, groupLine } from './parts/group-line'
import { curve } from './parts/marks'
import { emptiness, frame } from './parts/pieces'
import { axisName, shown } from './parts/shown'
import { themes } from './parts/theme'
import { linkedTooltip } from './parts/tooltip'
import { beginnings, sides, threshold, twinsAxes } from './parts/twin'

/** More lines in a panel are thin. */
const THICK = 12
/** A single run's line. */
const SINGLE = 0.35
/** Curves of more points are long: a pixel has about one. */
const LONG = 200
/** In print, in line widths: a hundred curves must stay a small file. */
const PRINT_BUCKET = 1.25
/** What can be seen of the horizontal axis at least, in percent. */
const LEAST_SPAN = 0.5

export default {
  id: 'curves',
  title: (rows) => {
    const { measure, y } = layCurves(rows, { theme: themes.light, width: 800 })
    return axisName(measure, y)
  },
  draws: 'curves',

  height: (rows, look) => layCurves(rows, look).twins.height,

  option(rows, look) {
    const { theme } = look
    const layout = layCurves(rows, look)
    const { x, y, lines, places, twins: { twins, pieces } } = layout
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      ...twinsAxes(twins, x, y, theme),
      series: [
        ...rows.facets.flatMap((facet, f) => facetSeries(facet, f, layout, look)),
        frame([
          ...pieces,
          ...twins.flatMap((twin, f) => [
            ...threshold(twin, y, theme),
            ...beginnings(twin, lines(f), y, theme),
            ...sides.flatMap(side => lines(f)[side].length ? [] : [emptiness('not measured yet', twin.boxes[side], theme)]),
          ]),
        ]),
      ],
      ...zoom(twins.length, isLong(rows), look),
      ...linkedTooltip(theme, at => curveTip(rows, at * places.unit), { snap: rows.x === 'epoch' && !isLong(rows), ownLayer: true }),
    }
  },

  table(rows) {
    const { measure, centre, band, smoothing, groupBy, x, facets } = rows
    const unit = shown(measure).storedUnit
    const fields = [...new Set([...facets.flatMap(({ at }) => Object.keys(at)), ...groupBy])]
    return {
      columns: [
        ...fields.map(name => ({ name, unit: '' })),
        { name: 'side', unit: '' },
        { name: 'epoch', unit: 'epochs' },
        ...x === 'epoch' ? [] : [{ name: x === 'time' ? 'mean training time' : 'mean training FLOPs', unit: x === 'time' ? 's' : 'FLOPs' }],
        { name: `${centre} of ${measure}`, unit },
        ...band === 'none' ? [] : ['low', 'high'].map(end => ({ name: `${end} (${bandInWords(centre, band)})`, unit })),
        ...smoothing > 0 ? [{ name: `${centre} of ${measure}, smoothed`, unit }] : [],
        { name: 'n', unit: 'runs' },
      ],
      rows: facets.flatMap(facet => facet.groups.flatMap(group => group.curves.flatMap(curve => curve.epochs.map((epoch, i) => [
        ...fields.map((name) => {
          const value = group.at[name] ?? facet.at[name] ?? null
          return typeof value === 'boolean' ? String(value) : value
        }),
        curve.side,
        epoch,
        ...x === 'epoch' ? [] : [curve.xs![i]!],
        curve.centre[i]!,
        ...band === 'none' ? [] : [curve.low![i]!, curve.high![i]!],
        ...smoothing > 0 ? [curve.smooth![i]!] : [],
        curve.n[i]!,
      ])))),
    }
  },

  caption: captionOf,
} satisfies Chart<'curves'>

/** Single runs behind the groups that they belong to. */
function facetSeries({ groups, members }: CurveFacet, facet: number, layout: CurveLayout, look: Look): SeriesOption[] {
  const { theme } = look
  const isMany = groups.length > THICK
  // One a panel answers the pointer for all: what they are there is ours to say.
  const told = Object.fromEntries(groups.flatMap(({ curves }) => curves).toReversed().map(curve => [curve.side, curve]))
  return [
    ...members.map((member) => {
      const { columns: [values], xs } = drawn(member, [member.values], layout, look)
      return curve({ epochs: xs, values: values! }, layout.y, {
        ...lookOf(groups[member.group]!, member.side, facet, layout, look),
        id: `run/${member.id}/${facet}/${member.group}`,
        name: member.name,
        opacity: SINGLE * shadeOf(groups[member.group]!, layout, look),
        width: theme.hairline,
        single: true,
        untold: true,
      }, theme)
    }),
    ...groups.flatMap(group => group.curves.flatMap(one => groupSeries(group, one, {
      ...lookOf(group, one.side, facet, layout, look),
      ...isMany && { width: theme.hairline },
      untold: one !== told[one.side],
    }, layout, look))),
  ]
}

function groupSeries(group: CurveGroup, one: SideCurve, its: LineLook, layout: CurveLayout, look: Look): SeriesOption[] {
  const { xs, kept, columns: [values, low, high, smooth] } = drawn(one, [one.centre, one.low, one.high, one.smooth], layout, look)
  return groupLine({
    epochs: xs,
    values: values!,
    n: kept.map(i => one.n[i]!),
    smooth,
    ...layout.hasBands && low && high && { band: { id: `${its.id}/band`, low, high } },
  }, layout.y, { ...its, shade: shadeOf(group, layout, look) }, look.theme)
}

type Columns = readonly (readonly (number | null)[] | undefined)[]

/** In the units of the axes, and of what lies within a line's width of each other its extremes. */
function drawn({ xs, epochs }: SideCurve | MemberCurve, columns: Columns, { measure, places, twins }: CurveLayout, { theme, span = 1 }: Look): { readonly kept: readonly number[], readonly xs: readonly number[], readonly columns: readonly (number[] | undefined)[] } {
  const stored = xs ?? epochs
  const buckets = Math.ceil(twins.twins[0]!.boxes.dense.width / (theme.id === 'print' ? PRINT_BUCKET * theme.line : theme.hairline) / span)
  const kept = thinned(stored, columns.flatMap(column => column ? [column] : []), { from: 0, to: places.last * places.unit, buckets })
  return { kept, xs: places.of(kept.map(i => stored[i]!)), columns: columns.map(column => column && kept.map(i => measure.of(column[i]))) }
}

function lookOf(group: CurveGroup, side: SideCurve['side'], facet: number, { looks }: CurveLayout, { theme }: Look): LineLook {
  const name = [group.name, ...group.ordered === null ? [] : [String(group.ordered)]].join('/')
  return {
    id: `${facet}/${side}/${name}`,
    name,
    panel: 2 * facet + sides.indexOf(side),
    clip: theme.id !== 'print',
    ...looks.of({ treatment: group.name, capacity: group.ordered, side }),
  }
}

function shadeOf({ name, ordered }: CurveGroup, { orderedBy }: CurveLayout, { highlight }: Look): number {
  return highlight === undefined || [name, ...ordered === null ? [] : [orderedName(orderedBy)(ordered)]].includes(highlight) ? 1 : BEHIND
}

function isLong({ facets }: Curves): boolean {
  return facets.some(({ groups, members }) => [...groups.flatMap(({ curves }) => curves), ...members].some(({ epochs }) => epochs.length > LONG))
}

/** Panned by dragging, zoomed by the wheel with Ctrl (a pinch, to browsers): a wheel alone scrolls the page. */
function zoom(twins: number, isLong: boolean, { theme }: Look): Pick<EChartsOption, 'dataZoom'> {
  if (theme.id === 'print')
    return {}
  return {
    dataZoom: [{
      type: 'inside',
      id: 'zoom',
      xAxisIndex: Array.from({ length: 2 * twins }, (_, i) => i),
      // Of long curves what is out of sight is not drawn; of short ones the line would end before the edge.
      filterMode: isLong ? 'filter' : 'none',
      minSpan: LEAST_SPAN,
      zoomOnMouseWheel: 'ctrl',
      moveOnMouseWheel: false,
      moveOnMouseMove: true,
    }],
  }
}
