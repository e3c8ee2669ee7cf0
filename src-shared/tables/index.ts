import type { TableContent } from './content'
import { Family } from '../members'

/** One way to write a table. */
export interface TableFormat {
  /** The name of its file. */
  readonly id: string
  /** The ending of its files' names. */
  readonly extension: string
  readonly mediaType: string
  readonly title: string
  readonly help: string
  readonly write: (table: TableContent) => string
}

/** Every way to write a table, found by its file. */
export const tableFormats = new Family<TableFormat>(
  'table format',
  import.meta.glob<TableFormat>('./formats/*.ts', { eager: true, import: 'default' }),
)
