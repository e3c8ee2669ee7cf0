import type { SeriesOption } from 'echarts'
import type { Chart } from '.'
import type { ExperimentRows } from './parts/rows'
import type { Scale } from './parts/scale'
import type { WidthCell } from './parts/width-layout'
import { axisX, axisY, grid } from './parts/axes'
import { isComplete, overN, pairsFinished, sentence } from './parts/captions'
import { frame } from './parts/pieces'
import { tooltip } from './parts/tooltip'
import { sides } from './parts/twin'
import { cellsOf, layWidths } from './parts/width-layout'
import { cellTip, errors, means, singles } from './parts/width-marks'

export default {
  id: 'width-figure',
  title: () => 'Accuracy by width',
  draws: 'experiment',

  height: (rows, look) => layWidths(rows, look).height,

  option(rows, look) {
    const { theme } = look
    const { facets, x, y, dodge, pieces } = layWidths(rows, look)
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      grid: facets.map(({ box }, i) => grid(box, i)),
      xAxis: facets.map((_, i) => axisX(i, x, theme)),
      yAxis: facets.map(({ firstInRow }, i) => axisY(i, y, theme, { labels: firstInRow })),
      series: [...facets.flatMap(({ treatment }, index): SeriesOption[] => {
        const panel = { index, treatment, x, dodge }
        const cells = cellsOf(rows).filter(cell => cell.treatment === treatment)
        const pairs = rows.pairs.filter(pair => pair.treatment === treatment && isComplete(pair))
        return [
          singles(pairs, panel, theme),
          ...sides.flatMap(side => [errors(cells, side, panel, theme), means(cells, side, panel, theme)]),
        ]
      }), frame(pieces)],
      // Anywhere near a width: single marks are too small to aim at.
      ...tooltip(theme, { trigger: 'axis', axisPointer: { type: 'line', snap: true, lineStyle: { color: theme.axis, width: theme.hairline, type: 'solid' }, label: { show: false } }, formatter: found => tip(rows, facets.map(({ treatment }) => treatment), x, found) }),
    }
  },

  table: rows => ({
    columns: [
      { name: 'treatment', unit: '' },
      { name: 'dense width W', unit: 'units' },
      { name: 'seed', unit: '' },
      ...['dense', 'sparse', 'sparse - dense'].map(name => ({ name: `${name} accuracy`, unit: 'share' })),
      ...['dense', 'sparse', 'sparse - dense'].flatMap(name => [{ name: `mean of ${name}`, unit: 'share' }, { name: `sd of ${name}`, unit: 'share' }]),
      { name: 'n', unit: 'pairs' },
    ],
    rows: cellsOf(rows).flatMap(({ treatment, capacity, pairs, accuracy }) => rows.pairs
      .filter(pair => pair.treatment === treatment && pair.capacity === capacity && isComplete(pair))
      .map(({ seed, dense, sparse }) => [
        treatment,
        capacity,
        seed,
        dense.accuracy,
        sparse.accuracy,
        dense.accuracy === null || sparse.accuracy === null ? null : sparse.accuracy - dense.accuracy,
        ...[accuracy.dense, accuracy.sparse, accuracy.difference].flatMap(({ mean, sd }) => [mean, sd]),
        pairs,
      ])),
  }),

  caption: rows => sentence(
    `Final test accuracy over dense width W by treatment, dense (dots) and sparse (crosses), mean ± sd over ${overN(cellsOf(rows).map(({ pairs }) => pairs), 'seed')} with the single pairs beside: ${pairsFinished(cellsOf(rows))}`,
  ),
} satisfies Chart<'experiment'>

/** The cell of the panel and the width that the pointer is at. */
function tip(rows: ExperimentRows, treatments: readonly string[], x: Scale, found: unknown): string {
  const { axisIndex = -1, axisValue } = (Array.isArray(found) ? found[0] : found) as { axisIndex?: number, axisValue?: unknown } | undefined ?? {}
  const cells = cellsOf(rows).filter(({ treatment }) => treatment === treatments[axisIndex])
  if (cells.length === 0)
    return ''
  const distance = ({ capacity }: WidthCell): number => Math.abs(x.place(capacity) - Number(axisValue))
  const cell = cells.reduce((nearest, other) => distance(other) < distance(nearest) ? other : nearest)
  return cellTip(cell, rows.pairs.filter(pair => pair.treatment === cell.treatment && pair.capacity === cell.capacity && isComplete(pair)))
}
