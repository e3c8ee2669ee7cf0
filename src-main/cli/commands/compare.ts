import type { ComparisonDocument, PanelDocument } from '@shared/comparison/document'
import type { Panel } from '@shared/comparison/panel'
import type { TableContent } from '@shared/tables/content'
import type { AddCommand, GlobalOptions } from '..'
import type { Store } from '../../store/open'
import { comparisonDocument } from '@shared/comparison/document'
import { panels } from '@shared/comparison/panels'
import { tableFormats } from '@shared/tables'
import { shownUnitOf, textOf } from '@shared/tables/content'
import { didYouMean } from '@shared/words'
import { InvalidArgumentError, Option } from 'commander'
import { sourcesOf } from '../../comparison/population'
import { exportFolder } from '../../data-directory'
import { writeFiles } from '../../export/files'
import { resultOf } from '../../reads/comparisons'
import { getComparison, listComparisons } from '../../store/comparisons'
import { CommandEnd } from '../exit'
import { right, textTable, wrapped } from '../format'
import { collect, folder } from '../options'
import { reading } from '../reading'

interface Given extends GlobalOptions {
  readonly filter?: string
  readonly apart?: readonly string[]
  readonly pool?: readonly string[]
  readonly panel?: readonly PanelDocument[]
  readonly saved?: string
  readonly format?: string
  readonly out?: string
}

export default ((program) => {
  program.command('compare')
    .argument('[experiments...]', 'stored experiments and imports; all of them if none is named')
    .description('hold dense against sparse over experiments: tests, intervals and corrections of every panel')
    .option('--filter <filter>', 'of the runs, e.g. "optimizer = adam and bn = true and W >= 923" (docs/filters.md)')
    .option('--apart <field>', 'set the panels apart by a field: a factor, "experiment", a parameter\'s path; may be given several times', collect)
    .option('--pool <field>', 'pool over data.dataset, training.optimizer or training.learningRate, which is not done otherwise', collect)
    .addOption(new Option('--panel <panel[=options]>', `${panels.ids.join(', ')}; with options as JSON: --panel 'p-values={"correction":"none"}'; all panels if not given`).argParser(panelOf))
    .option('--saved <name>', 'a comparison that was saved in the app')
    .addOption(new Option('--format <format>', 'write the tables to files').choices(tableFormats.ids))
    .option('--out <dir>', 'folder of the files; "exports/comparison" in the data directory if not given', folder)
    .action(async (experiments: string[], _, command) => {
      const given = command.optsWithGlobals() as Given
      const { data, json, format, out } = given
      await reading(data, async (store) => {
        const { panels, ...selection } = documentOf(store, experiments, given)
        const shown = store.sqlite.transaction(() => panels.map(panel => ({ panel, ...ended(() => resultOf(store, selection, panel)) })))()
        if (format !== undefined) {
          const { write, extension } = tableFormats.get(format)
          const files = await writeFiles(out ?? exportFolder(data, 'comparison'), shown.flatMap(({ definition, result }) => tablesOf(definition, result)).map(table => ({ name: `${table.id}.${extension}`, content: write(table) })))
          process.stdout.write(json ? `${JSON.stringify({ files }, null, 2)}\n` : `${files.join('\n')}\n`)
          return
        }
        process.stdout.write(json
          ? `${JSON.stringify({ selection, panels: shown.map(({ panel, definition, result }) => ({ panel: panel.panel, caption: definition.caption(result as never), result })) }, null, 2)}\n`
          : `${shown.map(({ definition, result }) => panelText(definition, result)).join('\n\n')}\n`)
      })
    })
}) satisfies AddCommand

function panelOf(text: string, before: readonly PanelDocument[] = []): PanelDocument[] {
  const [id = '', ...options] = text.split('=')
  if (!panels.ids.includes(id))
    throw new InvalidArgumentError(`there is no panel "${id}"${didYouMean(id, panels.ids)}; there is ${panels.ids.join(', ')}.`)
  try {
    return [...before, { panel: id, options: options.length ? JSON.parse(options.join('=')) as PanelDocument['options'] : {} }]
  }
  catch (error) {
    throw new InvalidArgumentError(`the options of ${id} are no JSON: ${(error as Error).message}.`)
  }
}

/** What is asked for, or was saved; what is said beside a saved one counts instead. */
function documentOf(store: Store, experiments: readonly string[], { saved, filter, apart, pool, panel }: Given): ComparisonDocument {
  const known = sourcesOf(store).map(({ slug }) => slug)
  const unknown = experiments.find(slug => !known.includes(slug))
  if (unknown !== undefined)
    throw new CommandEnd('invalid', `"${unknown}" is no stored experiment and no import${didYouMean(unknown, known)}; stored: ${known.join(', ') || 'none'}`)
  const document = saved === undefined ? { panels: panels.ids.map(id => ({ panel: id, options: {} })) } : savedDocument(store, saved)
  return comparisonDocument.parse({
    ...document,
    ...experiments.length && { experiments },
    ...filter !== undefined && { filter },
    ...apart && { facets: apart },
    ...pool && { pooled: pool },
    ...panel && { panels: panel },
  })
}

function savedDocument(store: Store, name: string): ComparisonDocument {
  const all = listComparisons(store)
  const found = all.find(({ slug }) => slug === name) ?? all.find(comparison => comparison.name === name)
  const checked = found && comparisonDocument.safeParse(getComparison(store, found.slug)!.document)
  if (!checked)
    throw new CommandEnd('invalid', `no comparison "${name}" is saved; there is ${all.map(({ slug }) => slug).join(', ') || 'none'}`)
  if (!checked.success)
    throw new CommandEnd('invalid', `the comparison "${name}" was saved by another version of this program, which this one cannot read`)
  return checked.data
}

/** What a filter or an option is refused for, as the command's end. */
function ended<T>(action: () => T): T {
  try {
    return action()
  }
  catch (error) {
    if (error instanceof Error && 'defined' in error)
      throw new CommandEnd('invalid', error.message)
    throw error
  }
}

function tablesOf(definition: Panel, result: unknown): readonly TableContent[] {
  return definition.tables?.(result as never) ?? []
}

function panelText(definition: Panel, result: unknown): string {
  const tables = tablesOf(definition, result).map(({ columns, rows }) => textTable(
    columns.map((column) => {
      const text = [column.name, shownUnitOf(column)].filter(Boolean).join('\n')
      return column.align === 'right' ? right(text) : text
    }),
    rows.map(row => row.map((cell, i) => textOf(cell, columns[i]!))),
  ))
  return [definition.title, ...tables, wrapped(definition.caption(result as never))].join('\n\n')
}
