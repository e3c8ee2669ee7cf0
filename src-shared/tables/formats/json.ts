import type { TableFormat } from '..'
import { flat } from '../content'

export default {
  id: 'json',
  extension: 'json',
  mediaType: 'application/json',
  title: 'JSON',
  help: 'For programs: a value by each column\'s name, with unit, help and caption.',
  write(table) {
    const { columns, rows } = flat(table)
    return `${JSON.stringify({
      id: table.id,
      caption: table.caption,
      columns,
      rows: rows.map(row => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))),
    }, null, 2)}\n`
  },
} satisfies TableFormat
