import type { TableFormat } from '..'
import type { TableColumn } from '../content'
import { typeset } from '../../format'
import { shownUnitOf, textOf } from '../content'

export default {
  id: 'markdown',
  extension: 'md',
  mediaType: 'text/markdown',
  title: 'Markdown',
  help: 'For notes and issues: a table as GitHub shows it, its caption below.',
  write({ caption, columns, rows }) {
    const cells = [columns.map(headWords), ...rows.map(row => columns.map((column, i) => safe(textOf(row[i] ?? null, column))))]
    const widths = columns.map((_, i) => Math.max(3, ...cells.map(row => [...row[i]!].length)))
    const line = (row: readonly string[]): string => `| ${row.map((cell, i) => padded(cell, widths[i]!, columns[i]!)).join(' | ')} |`
    const rule = columns.map(({ align }, i) => align === 'right' ? `${'-'.repeat(widths[i]! - 1)}:` : '-'.repeat(widths[i]!))
    const [head, ...body] = cells
    return `${[line(head!), `| ${rule.join(' | ')} |`, ...body.map(line)].join('\n')}\n\n${safe(caption)}\n`
  },
} satisfies TableFormat

function headWords(column: TableColumn): string {
  const unit = shownUnitOf(column)
  return safe(unit ? `${column.name}, ${unit}` : column.name)
}

function padded(text: string, width: number, { align }: TableColumn): string {
  const room = ' '.repeat(width - [...text].length)
  return align === 'right' ? room + text : text + room
}

/** Nothing in it is Markdown (CommonMark, §2.4) or HTML. */
function safe(text: string): string {
  return typeset(text).replace(/[\\`*_[\]<>|~]/g, character => `\\${character}`).replace(/\s*\n\s*/g, ' ')
}
