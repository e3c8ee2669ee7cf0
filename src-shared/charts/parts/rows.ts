import type { CellRow, Curve, MeanCurve, PairRow, RunRow } from '../../contract/rows'

/** What charts of experiments and pairs draw; rows of the contract have all of it. */
export type ChartCell = Pick<CellRow, 'treatment' | 'capacity' | 'pairs' | 'planned' | 'diverged' | 'failed' | 'cancelled' | 'accuracy'>
export type ChartRun = Pick<RunRow, 'run' | 'state' | 'epochs' | 'accuracy'>
export type ChartPair = Pick<PairRow, 'position' | 'treatment' | 'capacity' | 'seed'> & { readonly dense: ChartRun, readonly sparse: ChartRun }
export type ChartCurve = Pick<Curve, 'layer' | 'epochs' | 'values'>

export interface ExperimentRows {
  readonly cells: readonly ChartCell[]
  readonly pairs: readonly ChartPair[]
}

export interface MeanCurveRows extends ExperimentRows {
  /** Of which capacity the curves are; null over all of them, absent of each. */
  readonly capacity?: number | null
  /** Which treatments are drawn; all of them if absent. */
  readonly treatments?: readonly string[]
  /** The id of the measure that the curves are of. */
  readonly measure: string
  readonly curves: readonly MeanCurve[]
}

export interface PairCurveRows {
  readonly pair: ChartPair
  readonly measure: string
  /** Absent while nothing is measured. */
  readonly dense?: ChartCurve | undefined
  readonly sparse?: ChartCurve | undefined
}

export interface RunCurveRows {
  readonly run: Pick<RunRow, 'run' | 'side' | 'epochs'>
  readonly measure: string
  readonly curve: ChartCurve
}

export interface PairLayerRows {
  readonly pair: ChartPair
  readonly measure: string
  /** Names of the layers, from the input side. */
  readonly layers: readonly string[]
  /** A curve a layer, `layer` counting from 1. */
  readonly dense: readonly ChartCurve[]
  readonly sparse: readonly ChartCurve[]
}
