import type { AnyChart, Chart, ChartTable, RowsOf } from '@shared/charts'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import { charts } from '@shared/charts'
import { themes } from '@shared/charts/parts/theme'
import { stringify } from 'csv-stringify/sync'
import { compareExperiment, selectedPairs, tunedFactorsOf } from '../comparison/compare'
import { meanCurves } from '../comparison/mean-curves'
import { cellRows } from '../rows/cell-rows'
import { pairRows } from '../rows/run-rows'
import { figurePng, figureSvg, printUnits } from './figure'

/** A column and a page of most journals. */
const WIDTHS_MM = [85, 170]

export interface FigureFile {
  readonly name: string
  readonly content: string | Buffer
}

/**
 * Every chart of an experiment at its printed sizes, beside each the CSV file of its data, and `captions.txt`. All are
 * of one moment, whatever is trained meanwhile.
 */
export function figuresOf(store: Store, experiment: StoredExperiment, format: 'png' | 'svg'): FigureFile[] {
  return store.sqlite.transaction(() => {
    const drawn = drawings(store, experiment)
    return [
      ...drawn.flatMap(({ name, figures, csv }) => [...figures(format), { name: `${name}.csv`, content: csv }]),
      { name: 'captions.txt', content: drawn.map(({ name, caption }) => `${name}: ${caption}\n`).join('\n') },
    ]
  })()
}

/** One chart at its printed sizes. */
export function figure<Draws extends keyof RowsOf>(name: string, chart: Chart<Draws>, rows: RowsOf[Draws], format: 'png' | 'svg'): FigureFile[] {
  const caption = chart.caption(rows)
  return WIDTHS_MM.map((mm) => {
    const look = { theme: themes.print, width: printUnits(mm) }
    const svg = figureSvg(chart.option(rows, look), { mm, height: chart.height(rows, look), caption })
    return { name: `${name}-${mm}mm.${format}`, content: format === 'svg' ? svg : figurePng(svg, { mm, caption }) }
  })
}

/** What a chart shows as CSV (RFC 4180, formulas escaped), units in the head. */
export function chartCsv({ columns, rows }: ChartTable): string {
  return stringify(rows.map(row => [...row]), {
    header: true,
    columns: columns.map(({ name, unit }, i) => ({ key: String(i), header: unit ? `${name} (${unit})` : name })),
    escape_formulas: true,
  })
}

interface Drawing {
  readonly name: string
  readonly caption: string
  readonly csv: string
  readonly figures: (format: 'png' | 'svg') => FigureFile[]
}

function drawing<Draws extends keyof RowsOf>(name: string, chart: Chart<Draws>, rows: RowsOf[Draws]): Drawing {
  return { name, caption: chart.caption(rows), csv: chartCsv(chart.table(rows)), figures: format => figure(name, chart, rows, format) }
}

/** The charts of the whole experiment with their rows; those of single pairs and runs are drawn where these are looked at. */
function drawings(store: Store, experiment: StoredExperiment): Drawing[] {
  const tuned = tunedFactorsOf(experiment).length > 0
  const compared = {
    cells: cellRows(compareExperiment(store, experiment)),
    // Nothing to compare where tuning has not selected yet.
    pairs: pairRows(store, selectedPairs(store, experiment).filter(({ selected }) => !tuned || selected)),
  }
  const drawingsOf = (chart: AnyChart): Drawing[] => {
    switch (chart.draws) {
      case 'experiment':
        return [drawing(chart.id, chart, compared)]
      case 'meanCurves':
        return (chart.measures ?? []).flatMap((measure) => {
          const curves = meanCurves(store, experiment, measure)
          return curves.length ? [drawing(`${chart.id}-${measure}`, chart, { ...compared, measure, curves })] : []
        })
      case 'pairCurves':
      case 'pairLayers':
      case 'runCurve':
        return []
    }
  }
  return charts.members.flatMap(drawingsOf)
}
