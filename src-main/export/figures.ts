import type { AnyChart, Chart, ChartTable, RowsOf } from '@shared/charts'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import { charts } from '@shared/charts'
import { themes } from '@shared/charts/parts/theme'
import { stringify } from 'csv-stringify/sync'
import { comparedRows, meanCurveRows } from '../rows/chart-rows'
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
    const found = drawings(store, experiment)
    return [
      ...found.flatMap(({ name, figures, csv }) => [...figures(format), { name: `${name}.csv`, content: csv }]),
      { name: 'captions.txt', content: found.map(({ name, caption }) => `${name}: ${caption}\n`).join('\n') },
    ]
  })()
}

/** One chart at its printed sizes. */
export function figure<Draws extends keyof RowsOf>(name: string, chart: Chart<Draws>, rows: RowsOf[Draws], format: 'png' | 'svg'): FigureFile[] {
  return WIDTHS_MM.map(mm => ({ name: `${name}-${mm}mm.${format}`, content: drawn(chart, rows, format, mm) }))
}

/** One chart as one file: drawn as wide as a page, or the data that it shows. */
export function chartFile<Draws extends keyof RowsOf>(chart: Chart<Draws>, rows: RowsOf[Draws], format: 'png' | 'svg' | 'csv'): string | Buffer {
  return format === 'csv' ? chartCsv(chart.table(rows)) : drawn(chart, rows, format, WIDTHS_MM.at(-1)!)
}

function drawn<Draws extends keyof RowsOf>(chart: Chart<Draws>, rows: RowsOf[Draws], format: 'png' | 'svg', mm: number): string | Buffer {
  const caption = chart.caption(rows)
  const look = { theme: themes.print, width: printUnits(mm) }
  const svg = figureSvg(chart.option(rows, look), { mm, height: chart.height(rows, look), caption })
  return format === 'svg' ? svg : figurePng(svg, { mm, caption })
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

/** The charts of the whole experiment with their rows; those of single pairs, runs and engines are drawn where these are looked at. */
function drawings(store: Store, experiment: StoredExperiment): Drawing[] {
  const compared = comparedRows(store, experiment)
  const drawingsOf = (chart: AnyChart): Drawing[] => {
    switch (chart.draws) {
      case 'experiment':
        return [drawing(chart.id, chart, compared)]
      case 'meanCurves':
        return (chart.measures ?? []).flatMap((measure) => {
          const rows = meanCurveRows(store, experiment, measure, { compared })
          return rows.curves.length ? [drawing(`${chart.id}-${measure}`, chart, rows)] : []
        })
      case 'pairCurves':
      case 'pairLayers':
      case 'runCurve':
      case 'calibration':
        return []
    }
  }
  return charts.members.flatMap(drawingsOf)
}
