import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import type { Column, ExportContext, ExportTable } from './table'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { flat, headOf } from '@shared/tables/content'
import csv from '@shared/tables/formats/csv'
import { stringify } from 'csv-stringify'
import { makeFolder } from '../folders'
import { writeWhole } from '../whole'
import { writeFiles } from './files'
import { tablesOf } from './tables'

/** Every table, found by its file `<name>.table.ts`. */
const tables = Object.values(import.meta.glob<ExportTable>('./*.table.ts', { eager: true, import: 'default' }))
  .sort((a, b) => a.name < b.name ? -1 : 1)

/**
 * Writes an experiment as CSV files (RFC 4180, formulas escaped), each whole or not at all, and `columns.csv`,
 * which says of every column what it is and in which unit. All are of one moment, whatever is trained meanwhile.
 * @param store open for reading, and for nothing else until this is done
 * @returns paths of the files
 */
export async function exportCsv(store: Store, experiment: StoredExperiment, folder: string): Promise<string[]> {
  makeFolder(folder)
  const context: ExportContext = { store, experiment }
  store.sqlite.exec('BEGIN')
  try {
    const contents = tablesOf(context)
    const described = [
      ...tables.flatMap(table => table.columns(context).map(({ name, unit, help }) => ({ file: `${table.name}.csv`, rowIs: table.help, name, unit, help }))),
      ...contents.flatMap(content => flat(content).columns.map(column => ({ file: `${content.id}.csv`, rowIs: content.caption, ...column, name: headOf(column) }))),
    ]
    const paths: string[] = []
    for (const table of tables)
      paths.push(await writeCsv(join(folder, `${table.name}.csv`), table.columns(context), table.rows(context)))
    paths.push(...await writeFiles(folder, contents.map(content => ({ name: `${content.id}.csv`, content: csv.write(content) }))))
    return [...paths, await writeCsv(join(folder, 'columns.csv'), columnsOfColumns, described)]
  }
  finally {
    store.sqlite.exec('COMMIT')
  }
}

const columnsOfColumns: readonly Column<{ file: string, rowIs: string, name: string, unit: string, help: string }>[] = [
  { name: 'file', unit: '', help: '', value: ({ file }) => file },
  { name: 'row', unit: '', help: '', value: ({ rowIs }) => rowIs },
  { name: 'column', unit: '', help: '', value: ({ name }) => name },
  { name: 'unit', unit: '', help: '', value: ({ unit }) => unit },
  { name: 'description', unit: '', help: '', value: ({ help }) => help },
]

async function writeCsv<Row>(path: string, columns: readonly Column<Row>[], rows: Iterable<Row>): Promise<string> {
  await writeWhole(path, partial => pipeline(
    Readable.from(cells(columns, rows)),
    stringify({
      header: true,
      columns: columns.map(({ name }) => name),
      escape_formulas: true,
      cast: { boolean: value => String(value) },
    }),
    createWriteStream(partial),
  ))
  return path
}

function* cells<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): Generator<unknown[]> {
  for (const row of rows)
    yield columns.map(({ value }) => value(row))
}
