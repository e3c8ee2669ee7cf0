import { stripVTControlCharacters, styleText } from 'node:util'
import Table from 'cli-table3'
import wrapAnsi from 'wrap-ansi'

type Heading = string | { readonly text: string, readonly align?: 'right', readonly isOptional?: true }

/** A table of text: aligned columns under a bold head, no lines. Optional columns are left out where the terminal is too narrow. */
export function textTable(head: readonly Heading[], rows: readonly (readonly string[])[]): string {
  const text = layOut(head, rows)
  const last = head.findLastIndex(column => typeof column !== 'string' && column.isOptional)
  return last < 0 || text.split('\n').every(line => stripVTControlCharacters(line).length <= terminalWidth())
    ? text
    : textTable(head.toSpliced(last, 1), rows.map(row => row.toSpliced(last, 1)))
}

/** Columns of the terminal; endless where the output is no terminal. */
export function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY
}

function layOut(head: readonly Heading[], rows: readonly (readonly string[])[]): string {
  const sides = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid']
  const table = new Table({
    chars: { ...Object.fromEntries(sides.map(side => [side, ''])), middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, 'head': [], 'border': [] },
    head: head.map(column => (typeof column === 'string' ? column : column.text).split('\n').map(line => styleText('bold', line)).join('\n')),
    colAligns: head.map(column => typeof column === 'string' ? 'left' : column.align ?? 'left'),
  })
  table.push(...rows.map(row => [...row]))
  return table.toString().split('\n').map(line => line.trimEnd()).join('\n')
}

/** A column that a narrow terminal does without. */
export function optional(text: string): { text: string, isOptional: true } {
  return { text, isOptional: true }
}

export function right(text: string): { text: string, align: 'right' } {
  return { text, align: 'right' }
}

/** Sentences broken between words where a terminal would break them within. */
export function wrapped(text: string): string {
  return wrapAnsi(text, terminalWidth())
}

/** "2026-10-01 14:05", where this program runs. */
export function moment(at: Date): string {
  return `${at.toLocaleDateString('sv')} ${at.toLocaleTimeString('sv', { timeStyle: 'short' })}`
}
