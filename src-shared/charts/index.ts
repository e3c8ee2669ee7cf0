import type { EChartsOption } from 'echarts'
import type { Calibration } from '../calibration/calibration'
import type { At } from '../comparison/panel'
import type { Curves } from '../comparison/panels/curves'
import type { Scatter } from '../comparison/panels/scatter'
import type { ExperimentRows, MeanCurveRows, PairCurveRows, PairLayerRows, RunCurveRows } from './parts/rows'
import type { Look } from './parts/theme'
import type { WidthRows } from './parts/width-rows'
import { Family } from '../members'

/** What charts are drawn of; who draws one gathers these rows, whichever chart it is. */
export interface RowsOf {
  readonly experiment: ExperimentRows
  readonly meanCurves: MeanCurveRows
  /** A comparison's. */
  readonly curves: Curves
  readonly pairCurves: PairCurveRows
  readonly pairLayers: PairLayerRows
  readonly runCurve: RunCurveRows
  readonly calibration: Calibration
  readonly scatter: Scatter
  readonly widths: WidthRows
}

/** A chart: pure functions of rows, the same on the screen and in files. */
export interface Chart<Draws extends keyof RowsOf = keyof RowsOf> {
  /** The name of its file. */
  readonly id: string
  /** What stands above it on a screen. */
  readonly title: (rows: RowsOf[Draws]) => string
  readonly draws: Draws
  /** What it is usually drawn of; charts without curves draw no measure of one's choice. */
  readonly measures?: readonly string[]
  /** The height that suits it. */
  readonly height: (rows: RowsOf[Draws], look: Look) => number
  readonly option: (rows: RowsOf[Draws], look: Look) => EChartsOption
  /** Everything that it shows, unrounded: for "CSV of its data". */
  readonly table: (rows: RowsOf[Draws]) => ChartTable
  /** What it shows, over what, and how much of it is there: a sentence or two. */
  readonly caption: (rows: RowsOf[Draws]) => string
}

export interface ChartTable {
  readonly columns: readonly { readonly name: string, /** Empty for a plain number or text. */ readonly unit: string }[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** What something drawn stands for, so that a click on it leads there: the data of series carry it as `mark`. */
export interface Mark {
  /** Those that have these values of these fields. */
  readonly at: At
  /** A single pair of theirs; of the experiment that is drawn if that is not said. */
  readonly pair?: { readonly experiment?: string, readonly position: number }
  /** A single run, by its number. */
  readonly run?: number
}

export type AnyChart = { [Draws in keyof RowsOf]: Chart<Draws> }[keyof RowsOf]

/** Every chart of an experiment, of its pairs and runs, and of an engine, found by its file. */
export const charts = new Family<AnyChart>(
  'chart',
  import.meta.glob<AnyChart>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
)

/**
 * How new rows replace old ones in a chart that is on the screen (vue-echarts' `update-options`): what is under the
 * pointer stays there. A chart of something else, with fewer curves, is another chart: give it another key.
 */
export const updateOptions = { replaceMerge: ['grid', 'xAxis', 'yAxis', 'series'] }
