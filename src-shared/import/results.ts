import type { Settings } from '../experiment/parameter'
import type { RunState } from '../runs/state'

/** How a run that was trained elsewhere ended. */
export const importedStates = ['done', 'diverged', 'failed', 'cancelled'] as const satisfies readonly RunState['kind'][]

/** The value of a measure; of a share its counts, so that equal differences are equal exactly. */
export interface ImportedValue {
  readonly value: number
  readonly correct?: number
  readonly total?: number
}

/** A run that was trained elsewhere: one side of one pair. */
export interface ImportedRun {
  readonly state: typeof importedStates[number]
  /** By column of the file: the paths of parameters, or names of the file's own. */
  readonly settings: Settings
  /** By the measure's id: what the comparison takes, as it was given. */
  readonly measures: Readonly<Record<string, ImportedValue>>
}

/** Two rows of a file of results. */
export interface ImportedPair {
  /** What the file calls it. */
  readonly name: string
  /** The levels of what varies in the file, joined; "base" where nothing does. */
  readonly treatment: string
  /** Level by column. */
  readonly levels: Readonly<Record<string, string>>
  readonly capacity: number
  readonly seed: number
  readonly dense: ImportedRun
  readonly sparse: ImportedRun
}

/** What a file of results holds (docs/import.md). */
export interface ImportedResults {
  /** What the column `experiment` says. */
  readonly experiment?: string
  /** Columns that describe the runs, in their order. */
  readonly factors: readonly string[]
  /** Ids, in the order of their columns. */
  readonly measures: readonly string[]
  /** In the order in which the file begins them. */
  readonly pairs: readonly ImportedPair[]
}

/** The levels that a factor takes, in the order of the pairs. */
export function levelsOf(pairs: readonly Pick<ImportedPair, 'levels'>[], factor: string): string[] {
  return [...new Set(pairs.map(({ levels }) => levels[factor]!))]
}
