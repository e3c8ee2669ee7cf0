import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'

/** A table of an experiment, for files that other programs read. */
export interface ExportTable<Row = unknown> {
  readonly name: string
  /** What one row is. */
  readonly help: string
  readonly columns: (context: ExportContext) => readonly Column<Row>[]
  readonly rows: (context: ExportContext) => Iterable<Row>
}

export interface Column<Row> {
  readonly name: string
  readonly unit: string
  readonly help: string
  /** Undefined leaves the cell empty. */
  readonly value: (row: Row) => string | number | boolean | undefined
}

export interface ExportContext {
  readonly store: Store
  readonly experiment: StoredExperiment
}
