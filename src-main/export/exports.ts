import type { ExportFormat, OptionValues } from '@shared/exports/format'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import { tableFormats } from '@shared/tables'
import { version } from '../../package.json'
import { exportCsv } from './csv'
import { figureFormats } from './figure-formats'
import { writeFiles } from './files'
import { tablesOf } from './tables'

const ALL_TABLES = 'Runs, epochs, layers, pairs and cells as tables, and columns.csv, which explains every column with its unit.'

/** Everything that an experiment can be taken out as; the command line, the contract and the screens take their lists from here. */
export const exportFormats: readonly ExportFormat[] = [
  ...tableFormats.members.map(({ id, title, help }): ExportFormat => ({ id, of: 'tables', title, help: id === 'csv' ? ALL_TABLES : help, options: [] })),
  ...figureFormats.members.map(({ id, title, help, options }): ExportFormat => ({ id, of: 'figures', title, help, options })),
  { id: 'html', of: 'report', title: 'HTML', help: 'One file that opens offline: question, results, figures, design, failures, versions, configuration, and the command that repeats it.', options: [] },
]

/**
 * Writes an experiment's files in a format, each whole or not at all.
 * @param options all that the format has, checked
 * @returns paths of the files
 */
export async function exportExperiment(store: Store, experiment: StoredExperiment, format: ExportFormat, options: OptionValues, folder: string): Promise<string[]> {
  switch (format.of) {
    case 'tables': {
      // What has a row a run or an epoch is for programs alone.
      if (format.id === 'csv')
        return exportCsv(store, experiment, folder)
      const { extension, write } = tableFormats.get(format.id)
      return writeFiles(folder, tablesOf({ store, experiment }).map(table => ({ name: `${table.id}.${extension}`, content: write(table) })))
    }
    case 'figures': {
      // Loaded only here: drawing takes time to load.
      const { figuresOf } = await import('./figures')
      return writeFiles(folder, await figuresOf(store, experiment, figureFormats.get(format.id), options))
    }
    case 'report': {
      const { reportName, reportOf } = await import('./report/report')
      return writeFiles(folder, [{ name: reportName(experiment), content: await reportOf(store, experiment, { now: new Date(), version }) }])
    }
  }
}
