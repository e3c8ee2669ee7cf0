import type { Calibration } from '@shared/calibration/calibration'
import type { Chart, RowsOf } from '@shared/charts'
import type { FigureOf } from '@shared/contract'
import type { Store } from '../store/open'
import { charts } from '@shared/charts'
import { measures } from '@shared/measures'
import { figureFormats } from '../export/figure-formats'
import { comparedRows, meanCurveRows, pairCurveRows, pairLayerRows, runCurveRows } from '../rows/chart-rows'
import { storedCalibration } from '../store/calibrations'
import { pairsOfRuns } from '../store/pairs'
import { mustFind, mustFindPair, mustFindRun, os } from './base'
import { resultOf } from './comparisons'
import { notFound } from './errors'

export const figures = {
  draw: os.figures.draw.handler(async ({ context: { store }, input: { chart: id, of, format } }) => {
    // Loaded only here: drawing takes time to load.
    const { chartCsv, chartFile } = await import('../export/figures')
    const { chart, rows, name } = store.sqlite.transaction(() => find(store, id, of))()
    if (format === 'csv')
      return { name: `${name}.csv`, content: new Blob([chartCsv(chart.table(rows))], { type: 'text/csv' }) }
    if (!figureFormats.ids.includes(format))
      throw notFound(`format "${format}" of figures; there is csv, ${figureFormats.ids.join(', ')}`)
    const found = figureFormats.get(format)
    return { name: `${name}.${found.extension}`, content: new Blob([await chartFile(chart, rows, found)], { type: found.mediaType }) }
  }),
}

/** A chart, the whole of its rows, and its file's name. @throws NOT_FOUND */
function find(store: Store, id: string, of: FigureOf): { chart: Chart, rows: RowsOf[keyof RowsOf], name: string } {
  const chart = charts.ids.includes(id) ? charts.get(id) as Chart : undefined
  const measure = 'measure' in of ? of.measure ?? '' : ''
  const found = chart && rowsOf(store, chart, of, (per) => {
    if (!measures.ids.includes(measure) || measures.get(measure).per !== per)
      throw notFound(`measure "${measure}" of a ${per}`)
    return measure
  })
  if (!chart || !found)
    throw notFound(`chart "${id}" of ${['experiment', 'engine'].includes(of.kind) ? 'an' : 'a'} ${of.kind}`)
  const drawn = 'measure' in found ? found.measure : measure
  return { chart, rows: found, name: [placeOf(store, of), id, ...drawn === '' ? [] : [drawn]].join('-') }
}

/** Of the chart that the panel itself shows. */
function rowsOfPanel(store: Store, chart: string, { selection, panel }: FigureOf & { kind: 'comparison' }): RowsOf[keyof RowsOf] | undefined {
  const { definition, result } = resultOf(store, selection, panel)
  return definition.chart?.id === chart ? definition.chart.rows(result) : undefined
}

/** Undefined where such a thing has no such chart. */
function rowsOf(store: Store, { id, draws }: Chart, of: FigureOf, measure: (per: 'run' | 'layer') => string): RowsOf[keyof RowsOf] | undefined {
  if (of.kind === 'comparison')
    return rowsOfPanel(store, id, of)
  switch (draws) {
    case 'experiment': return of.kind === 'experiment' ? comparedRows(store, mustFind(store, of.slug)) : undefined
    case 'meanCurves': return of.kind === 'experiment' ? meanCurveRows(store, mustFind(store, of.slug), measure('run'), of) : undefined
    case 'pairCurves': return of.kind === 'pair' ? pairCurveRows(store, mustFindPair(store, of.slug, of.position).pair, measure('run')) : undefined
    case 'pairLayers': return of.kind === 'pair' ? pairLayerRows(store, mustFindPair(store, of.slug, of.position).pair, measure('layer')) : undefined
    case 'calibration': return of.kind === 'engine' ? mustFindCalibration(store, of.engine) : undefined
    case 'runCurve': return of.kind === 'run' ? runCurveRows(store, mustFindRun(store, of.run).id, measure('run')) : undefined
    default: return undefined
  }
}

/** The stored one, whatever machine it was measured on: it is on the screen. @throws NOT_FOUND */
function mustFindCalibration(store: Store, engine: string): Calibration {
  const found = storedCalibration(store, engine)
  if (!found)
    throw notFound(`calibration of the engine "${engine}"`)
  return found
}

/** The experiment comes first in a file's name, also of a run. */
function placeOf(store: Store, of: FigureOf): string {
  switch (of.kind) {
    case 'experiment': return of.slug
    case 'pair': return `${of.slug}-pair-${of.position + 1}`
    case 'engine': return of.engine
    case 'comparison': return of.selection.experiments.length === 1 ? of.selection.experiments[0]! : 'comparison'
    case 'run': return [...new Set(pairsOfRuns(store, [of.run]).get(of.run)!.map(({ experiment }) => experiment))].slice(0, 1).concat(`r${of.run}`).join('-')
  }
}
