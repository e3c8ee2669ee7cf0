import type { TableContent } from './content'
import { flat, headOf } from './content'

/**
 * Values with a separator between them, a line a row (RFC 4180), numbers in full. Texts that a spreadsheet would take
 * for formulas begin with an apostrophe, as OWASP advises ("CSV Injection").
 */
export function separatedBy(separator: ',' | '\t', table: TableContent): string {
  const { columns, rows } = flat(table)
  const lines = [columns.map(headOf), ...rows]
  return lines.map(cells => `${cells.map(cell => written(cell, separator)).join(separator)}\n`).join('')
}

function written(cell: number | string | null, separator: string): string {
  if (typeof cell !== 'string')
    return cell === null ? '' : String(cell)
  const harmless = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell
  return harmless.includes(separator) || /["\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
