import type { MeanSd } from '@shared/statistics/mean'
import { styleText } from 'node:util'
import Table from 'cli-table3'

/** A table of text: aligned columns, a line under the head, nothing else. */
export function textTable(head: readonly (string | { readonly text: string, readonly align: 'right' })[], rows: readonly (readonly string[])[]): string {
  const none = {
    'top': '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    'bottom': '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    'left': '',
    'left-mid': '',
    'mid': '',
    'mid-mid': '',
    'right': '',
    'right-mid': '',
    'middle': '  ',
  }
  const table = new Table({
    chars: none,
    style: { 'padding-left': 0, 'padding-right': 0, 'head': [], 'border': [] },
    head: head.map(column => styleText('bold', typeof column === 'string' ? column : column.text)),
    colAligns: head.map(column => typeof column === 'string' ? 'left' : 'right'),
  })
  table.push(...rows.map(row => [...row]))
  return table.toString().split('\n').map(line => line.trimEnd()).join('\n')
}

export function right(text: string): { text: string, align: 'right' } {
  return { text, align: 'right' }
}

export function percent(share: number): string {
  return Number.isNaN(share) ? '–' : (100 * share).toFixed(1)
}

/** Percentage points with their sign. */
export function points(difference: number): string {
  return Number.isNaN(difference) ? '–' : signed((100 * difference).toFixed(1))
}

/** "-0.0" is no difference. */
function signed(text: string): string {
  return /^-?0(?:\.0+)?$/.test(text)
    ? text.replace('-', '')
    : text.startsWith('-') ? text : `+${text}`
}

/** Three significant digits. */
export function significant(value: number): string {
  return Number.isNaN(value) ? '–' : Number(value.toPrecision(3)).toString()
}

/** A format that gives every value of a column as many decimals as the largest needs for three significant digits. */
export function decimalsFor(values: readonly number[]): (value: number) => string {
  const largest = Math.max(...values.filter(Number.isFinite).map(Math.abs), Number.MIN_VALUE)
  const decimals = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(largest))))
  return value => Number.isNaN(value) ? '–' : value.toFixed(decimals)
}

export function withSd({ mean, sd, n }: MeanSd, format: (value: number) => string): string {
  if (n === 0)
    return '–'
  return Number.isNaN(sd) ? format(mean) : `${format(mean)} ± ${format(sd).replace('+', '')}`
}

/** Seconds as m:ss or h:mm:ss. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const two = (n: number): string => String(n).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
