import type { TableContent } from '@shared/tables/content'
import type { ExportContext } from './table'

/** A table of an experiment for people: a file in `tables`. */
export interface ExperimentTable {
  readonly id: string
  /** As things are now; undefined where the experiment has no such table. */
  readonly of: (context: ExportContext) => TableContent | undefined
}

const tables = Object.values(import.meta.glob<ExperimentTable>('./tables/*.ts', { eager: true, import: 'default' }))
  .sort((a, b) => a.id < b.id ? -1 : 1)

/** Every table of an experiment, all of one moment. */
export function tablesOf(context: ExportContext): TableContent[] {
  return context.store.sqlite.transaction(() => tables.flatMap(({ of }) => of(context) ?? []))()
}
