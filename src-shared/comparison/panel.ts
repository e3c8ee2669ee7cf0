import type { z } from 'zod'
import type { RowsOf } from '../charts'
import type { Value } from '../experiment/parameter'
import type { DefinitionId } from '../statistics/definitions'
import type { TableContent } from '../tables/content'
import type { CurveReader } from './curves/reader'
import type { Splitting } from './facets'
import type { ComparisonPair } from './pair'

/** What panels are made of. */
export interface Comparison extends Splitting {
  /** Those that were picked, tuned factors at the levels that validation selects. */
  readonly pairs: readonly ComparisonPair[]
  /** Curves of their runs, read when they are asked for. */
  readonly curves: CurveReader
}

/** A way to look at a comparison: pure functions, the same for the screen, for files, and for the command line. */
export interface Panel<Options = never, Result = unknown> {
  /** The name of its file. */
  readonly id: string
  readonly title: string
  readonly help: string
  /** Every option has a default. */
  readonly options: z.ZodType<Options>
  /** Options that only arrange what it shows; its result holds them as they are, and nothing is asked anew for them. */
  readonly arrangement?: readonly (keyof Options & string)[]
  readonly of: (comparison: Comparison, options: Options) => Result
  /** What is behind a number: that of the pairs which have these values of these fields. */
  readonly members?: (comparison: Comparison, options: Options, at: At) => readonly Member[]
  /** All that can be said of these pairs, beyond what the panel has room for. */
  readonly statistics?: (comparison: Comparison, options: Options, at: At) => readonly Statistic[]
  /** What it shows, of what, and how it was computed: sentences, the caption of its files. */
  readonly caption: (result: Result) => string
  /** What defines its numbers: ids of tests (statistics/definitions.ts) and of measures. */
  readonly terms?: (result: Result) => readonly string[]
  readonly chart?: PanelChart<Result>
  /** What it shows, for files and the terminal. */
  readonly tables?: (result: Result) => readonly TableContent[]
  /** Options that a screen asks with, until its view knows better how it is looked at; files have what was chosen alone. */
  readonly onScreen?: Readonly<Record<string, number>>
}

/** The chart that a panel shows, which `figures.draw` writes to files. */
export interface PanelChart<Result = unknown> {
  readonly id: string
  /** Rows of what the chart draws; undefined where the panel shows none. */
  readonly rows: (result: Result) => RowsOf[keyof RowsOf] | undefined
}

/** Value by field; null where a pair has none. */
export type At = Readonly<Record<string, Value | null>>

/** One difference behind a number: a pair, or of two treatments two. */
export interface Member {
  readonly pairs: readonly { readonly experiment: string, readonly position: number, readonly treatment: string, readonly capacity: number, readonly seed: number }[]
  readonly outcome: string
  /** Absent where it has none. */
  readonly first?: number
  readonly second?: number
}

/** A statistic in words, under the title of its definition. */
export interface Statistic {
  readonly term: DefinitionId
  readonly text: string
}
