import type { AnyChart, Chart, ChartTable, RowsOf } from '@shared/charts'
import type { OptionValues } from '@shared/exports/format'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import type { Figure, FigureFormat } from './figure-format'
import { charts } from '@shared/charts'
import { themes } from '@shared/charts/parts/theme'
import { usualOptions } from '@shared/exports/format'
import { measures } from '@shared/measures'
import { stringify } from 'csv-stringify/sync'
import { comparedRows, meanCurveRows } from '../rows/chart-rows'
import { drawFigure, printUnits } from './figure'
import { WIDTHS_MM } from './figure-format'

export interface FigureFile {
  readonly name: string
  readonly content: string | Buffer
}

/**
 * Every chart of an experiment at its printed sizes, beside each the CSV file of its data, and `captions.txt`, which says
 * what each shows and how that was computed. All are of one moment, whatever is trained meanwhile.
 */
export async function figuresOf(store: Store, experiment: StoredExperiment, format: FigureFormat, options: OptionValues = usualOptions(format)): Promise<FigureFile[]> {
  const found = drawingsOf(store, experiment)
  const files: FigureFile[] = []
  for (const { name, csv, draw } of found) {
    for (const mm of [options.mm!].flat() as number[])
      files.push({ name: `${name}-${mm}mm.${format.extension}`, content: await format.render(draw(mm), options) })
    files.push({ name: `${name}.csv`, content: csv })
  }
  return [...files, { name: 'captions.txt', content: found.map(({ name, caption, computed }) => [`${name}: ${caption}`, ...computed, ''].join('\n')).join('\n') }]
}

/** A chart as it is printed. */
export function printed<Draws extends keyof RowsOf>(chart: Chart<Draws>, rows: RowsOf[Draws], mm: number): Figure {
  const look = { theme: themes.print, width: printUnits(mm) }
  return drawFigure(chart.option(rows, look), { mm, height: chart.height(rows, look), title: chart.title(rows), caption: chart.caption(rows) })
}

/** One chart as one file, as wide as a page. */
export async function chartFile<Draws extends keyof RowsOf>(chart: Chart<Draws>, rows: RowsOf[Draws], format: FigureFormat): Promise<string | Buffer> {
  return format.render(printed(chart, rows, WIDTHS_MM.page), usualOptions(format))
}

/** What a chart shows as CSV (RFC 4180, formulas escaped), units in the head. */
export function chartCsv({ columns, rows }: ChartTable): string {
  return stringify(rows.map(row => [...row]), {
    header: true,
    columns: columns.map(({ name, unit }, i) => ({ key: String(i), header: unit ? `${name} (${unit})` : name })),
    escape_formulas: true,
  })
}

/** A chart of the whole experiment: its file's name, what it says of itself, and what draws it. */
export interface Drawing {
  readonly name: string
  readonly title: string
  readonly caption: string
  readonly draws: keyof RowsOf
  /** The measure that it is of. */
  readonly measure: string
  /** How its numbers were made, a sentence each. */
  readonly computed: readonly string[]
  readonly csv: string
  readonly draw: (mm: number) => Figure
}

/** The charts of the whole experiment, all of one moment; all others are drawn where they are looked at. */
export function drawingsOf(store: Store, experiment: StoredExperiment): Drawing[] {
  return store.sqlite.transaction(() => {
    const compared = comparedRows(store, experiment)
    const drawings = (chart: AnyChart): Drawing[] => {
      switch (chart.draws) {
        case 'experiment':
          return [drawing(chart.id, chart, compared, 'test.accuracy')]
        case 'meanCurves':
          return (chart.measures ?? []).flatMap((measure) => {
            const rows = meanCurveRows(store, experiment, measure, { compared })
            return rows.curves.length ? [drawing(`${chart.id}-${measure}`, chart, rows, measure)] : []
          })
        default:
          return []
      }
    }
    return charts.members.flatMap(drawings)
  })()
}

function drawing<Draws extends keyof RowsOf>(name: string, chart: Chart<Draws>, rows: RowsOf[Draws], measure: string): Drawing {
  const { label, definition } = measures.get(measure)
  return {
    name,
    title: chart.title(rows),
    caption: chart.caption(rows),
    draws: chart.draws,
    measure,
    computed: [`${label}: ${definition}`, `Mean and sample standard deviation (n - 1) over runs, at each point over those that have a value there; the n of each is in ${name}.csv.`],
    csv: chartCsv(chart.table(rows)),
    draw: mm => printed(chart, rows, mm),
  }
}
