import type { Settings } from '../experiment/parameter'
import type { Side } from '../random/stream'
import type { RunState } from '../runs/state'
import type { Summary } from './summary'

/** A number of a run; of a share its counts too, so that shares are compared exactly. */
export interface Measured {
  readonly value: number
  readonly correct?: number
  readonly total?: number
}

/** A run as comparisons see it, wherever it was trained. */
export interface ComparisonRun {
  /** "r12"; of an import its pair and side. */
  readonly id: string
  /** Its number, where it was trained here. */
  readonly run?: number
  readonly side: Side
  readonly state: RunState['kind']
  readonly engine: string
  readonly settings: Settings
  /** Undefined where it was not measured, or not finite. */
  readonly measured: (measure: string, summary: Summary) => Measured | undefined
  /** Finite but dead: no better than guessing the majority class. */
  readonly isCollapsed: () => boolean
}

/** A dense and a sparse run that are compared. */
export interface ComparisonPair {
  /** The slug of its experiment. */
  readonly experiment: string
  /** From 0, in the order of the experiment's plan. */
  readonly position: number
  readonly treatment: string
  /** Level by factor. */
  readonly levels: Readonly<Record<string, string>>
  readonly capacity: number
  readonly seed: number
  readonly dense: ComparisonRun
  readonly sparse: ComparisonRun
}
