import type { SeriesOption } from 'echarts'
import type { Chart } from '.'
import type { WidthLayout } from './parts/width-layout'
import type { WidthPanel } from './parts/width-marks'
import type { WidthCounts, WidthRows } from './parts/width-rows'
import { outcomesInWords, silent } from '../comparison/outcome'
import { spreadWords } from '../statistics/spread'
import { listed } from '../words'
import { axisX, axisY, grid } from './parts/axes'
import { overN, sentence } from './parts/captions'
import { frame } from './parts/pieces'
import { shown } from './parts/shown'
import { tooltip } from './parts/tooltip'
import { sides } from './parts/twin'
import { layWidths, valueName } from './parts/width-layout'
import { endsBelow, errors, means, singles } from './parts/width-marks'
import { cellsOf, facetsOf, widthName } from './parts/width-rows'
import { valueScale } from './parts/width-scales'
import { widthTip } from './parts/width-tip'

/** On a canvas of its own: what it moves over is not drawn anew. */
const POINTER = { zlevel: 1 }

export default {
  id: 'widths',
  title: rows => valueName(rows, valueScale(rows, 5)),
  draws: 'widths',

  height: (rows, look) => layWidths(rows, look).height,

  option(rows, look) {
    const { theme } = look
    const layout = layWidths(rows, look)
    const { facets, x, y, pieces } = layout
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      grid: facets.map(({ box }, i) => grid(box, i)),
      xAxis: facets.map((_, i) => axisX(i, x, theme)),
      yAxis: facets.map(({ firstInRow }, i) => axisY(i, y, theme, { labels: firstInRow })),
      series: [...panelsOf(rows, layout).flatMap((panel): SeriesOption[] => [
        ...rows.singles ? [singles(panel, theme)] : [],
        ...sides.flatMap(side => [errors(side, panel, theme), means(side, panel, theme)]),
      ]), frame(pieces)],
      // Anywhere near a width: single marks are too small to aim at.
      ...theme.id === 'print' ? {} : { axisPointer: POINTER },
      ...tooltip(theme, { trigger: 'axis', axisPointer: { type: 'line', snap: true, lineStyle: { color: theme.axis, width: theme.hairline, type: 'solid' }, label: { show: false } }, formatter: found => widthTip(rows, facets.map(({ facet }) => facet), x, found) }),
    }
  },

  table: rows => widthTable(rows, rows.measure),

  caption: (rows) => {
    const { fields, spread, pooled } = rows
    const cells = cellsOf(rows)
    const y = valueScale(rows, 5)
    const isBelow = facetsOf(rows).some(facet => endsBelow({ facet, y, shown: shown(rows.measure) }))
    const by = fields.length ? ` by ${listed(fields.map(({ title }) => title))}` : ''
    return [
      `${widthName(rows)} over dense width W${by}, dense (dots) and sparse (crosses), ${spreadWords[spread].full} over ${overN(cells.map(({ counts }) => counts.complete), pooled.length ? 'pair' : 'seed')}${rows.singles ? ' with the single pairs beside' : ''}: ${outcomesInWords(totalOf(rows))}`,
      ...isBelow ? ['Error bars with a tip end below the axis'] : [],
      ...pooled.length ? [`Pooled over ${pooled.join(', ')}`] : [],
    ].map(sentence).join(' ')
  },
} satisfies Chart<'widths'>

function panelsOf(rows: WidthRows, { facets, x, y, dodge }: WidthLayout): WidthPanel[] {
  const value = shown(rows.measure)
  const pairs = totalOf(rows).complete
  return facets.map(({ facet }, index) => ({ index, facet, shown: value, x, y, dodge, spread: rows.spread, pairs }))
}

/** What became of the pairs of all cells. */
export function totalOf(rows: WidthRows): WidthCounts {
  const counts = cellsOf(rows).map(({ counts }) => counts)
  const sum = (of: (one: WidthCounts) => number): number => counts.reduce((total, one) => total + of(one), 0)
  const lost = ['diverged', ...silent] as const
  return {
    pairs: sum(({ pairs }) => pairs),
    complete: sum(({ complete }) => complete),
    ...Object.fromEntries(lost.map(kind => [kind, sum(one => one[kind] ?? 0)])),
    collapsed: { dense: sum(({ collapsed }) => collapsed?.dense ?? 0), sparse: sum(({ collapsed }) => collapsed?.sparse ?? 0) },
  }
}

/** A line a complete pair, with what its cell comes to. @param name what its values are called */
export function widthTable(rows: WidthRows, name: string): ReturnType<Chart<'widths'>['table']> {
  const { storedUnit: unit } = shown(rows.measure)
  const kinds = ['dense', 'sparse', 'difference'] as const
  const named = { dense: 'dense', sparse: 'sparse', difference: 'sparse - dense' }
  const isOfSeveral = cellsOf(rows).some(({ pairs }) => pairs.some(({ experiment }) => experiment !== undefined))
  const hasEnds = rows.spread !== 'sd'
  // The others have columns of their own.
  const fields = rows.fields.filter(({ name }) => !['capacity', 'seed', 'experiment'].includes(name))
  return {
    columns: [
      ...fields.map(({ name }) => ({ name, unit: '' })),
      { name: 'dense width W', unit: 'units' },
      ...isOfSeveral ? [{ name: 'experiment', unit: '' }, { name: 'pair', unit: '' }] : [],
      { name: 'seed', unit: '' },
      ...kinds.map(kind => ({ name: `${named[kind]} ${name}`, unit })),
      ...kinds.flatMap(kind => ['mean', 'sd', ...hasEnds ? [`low end (${rows.spread})`, `high end (${rows.spread})`] : []].map(what => ({ name: `${what} of ${named[kind]}`, unit }))),
      { name: 'n', unit: 'pairs' },
    ],
    rows: facetsOf(rows).flatMap(({ at, cells }) => cells.flatMap(cell => cell.pairs.map(({ experiment, position, seed, dense, sparse }) => [
      ...fields.map(({ name }) => typeof at[name] === 'boolean' ? String(at[name]) : at[name] ?? null),
      cell.capacity,
      ...isOfSeveral ? [experiment ?? null, position + 1] : [],
      seed,
      dense,
      sparse,
      sparse - dense,
      ...kinds.flatMap(kind => [cell[kind].mean, cell[kind].sd, ...hasEnds ? [cell[kind].low, cell[kind].high] : []]),
      cell.counts.complete,
    ]))),
  }
}
