import type { SettingsColumn, SettingsRow } from '../comparison/settings-differences'
import type { Value } from '../experiment/parameter'
import type { TableCell, TableContent } from './content'
import { nameOf } from '../comparison/settings-differences'

/**
 * Settings of runs, a column a group of them.
 * @param caption what is shown, of what, and against which baseline
 */
export function settingsTable(columns: readonly SettingsColumn[], rows: readonly SettingsRow[], caption: string): TableContent {
  return {
    id: 'settings',
    caption,
    columns: [
      { name: 'setting', unit: '', help: 'What the form calls it', align: 'left' },
      { name: 'path', unit: '', help: 'Its path in experiment files and filters', align: 'left' },
      ...columns.map(column => ({ name: nameOf(column), unit: '', help: 'Values of its runs, each once', align: 'left' as const })),
    ],
    rows: rows.map(({ path, title, cells }) => [title, path, ...cells.map(cellOf)]),
  }
}

function cellOf(values: readonly (Value | null)[]): TableCell {
  const [only] = values
  if (values.length === 0 || (values.length === 1 && only === null))
    return null
  const text = values.map(value => value ?? '–').join(' | ')
  return { value: values.length === 1 && typeof only === 'number' ? only : text, text }
}
