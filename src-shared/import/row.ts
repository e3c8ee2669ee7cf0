import type { Settings, Value } from '../experiment/parameter'
import type { Side } from '../random/stream'
import type { Head, Key, MeasureColumns } from './head'
import type { CsvRecord, LineProblem } from './problem'
import type { ImportedRun } from './results'
import type { Decimal } from './share'
import { keyColumns } from './head'
import { quoted } from './problem'
import { importedStates } from './results'
import { countOf, decimalNumber, decimalOf, MOST_DECIMALS } from './share'

/** What a row gives of a measure: shares that are decimals become counts once all rows are known. */
export type Given
  = | { readonly kind: 'number', readonly value: number }
    | { readonly kind: 'decimal', readonly decimal: Decimal }
    | { readonly kind: 'counts', readonly correct: number, readonly total: number }

export interface Row {
  readonly line: number
  readonly pair: string
  readonly side: Side
  readonly experiment: string
  readonly capacity: number
  readonly seed: number
  readonly state: ImportedRun['state']
  /** Text by column. */
  readonly levels: Readonly<Record<string, string>>
  readonly settings: Settings
  readonly given: ReadonlyMap<string, Given>
}

/** What could be read of a row; a row with problems still tells to which pair it belongs. */
export type ReadRow
  = | { readonly kind: 'row', readonly row: Row }
    | { readonly kind: 'refused', readonly pair: string | undefined, readonly problems: readonly LineProblem[] }

/** Reads a record by its head. */
export function readRow({ names, keys, measures, factors }: Head, { line, fields }: CsvRecord): ReadRow {
  const text = (at: number): string => fields[at]?.trim() ?? ''
  const pair = text(keys.pair) || undefined
  if (fields.length !== names.length)
    return { kind: 'refused', pair, problems: [{ line, message: `there are ${fields.length} fields, and ${names.length} columns` }] }
  const problems: LineProblem[] = []
  const refuse = (message: string): undefined => void problems.push({ line, message })
  const key = <T>(name: Key, read: (text: string) => T | undefined): T | undefined => {
    const found = text(keys[name]!)
    return read(found) ?? refuse(`${name} ${is(found)}; it must be ${keyColumns[name]}`)
  }
  key('pair', text => text || undefined)
  const side = key('side', oneOf<Side>(['dense', 'sparse']))
  const capacity = key('capacity', (text) => {
    const value = decimalNumber(text)
    return value !== undefined && value > 0 ? value : undefined
  })
  const seed = key('seed', wholeNumber)
  const state = keys.state === undefined || text(keys.state) === '' ? 'done' : key('state', oneOf(importedStates))
  const experiment = keys.experiment === undefined ? '' : key('experiment', text => text || undefined)
  const described = factors.filter(({ sides, at }) => !(sides === 'sparse' && side === 'dense' && text(at) === ''))
  for (const { name, at } of described.filter(({ at }) => text(at) === ''))
    refuse(`${name} is empty (column ${at + 1}); a level needs a name, "none" say`)
  const given = new Map(measures.flatMap((columns): [string, Given][] => {
    const found = readMeasure(columns, text, state ?? 'done')
    if (typeof found === 'string')
      refuse(found)
    return typeof found === 'object' ? [[columns.measure, found]] : []
  }))
  if (problems.length)
    return { kind: 'refused', pair, problems }
  return {
    kind: 'row',
    row: {
      line,
      pair: pair!,
      side: side!,
      experiment: experiment!,
      capacity: capacity!,
      seed: seed!,
      state: state!,
      levels: Object.fromEntries(described.map(({ name, at }) => [name, text(at)])),
      settings: Object.fromEntries(described.map(({ name, at }) => [name, settingOf(text(at))])),
      given,
    },
  }
}

function is(text: string): string {
  return text === '' ? 'is empty' : `is ${quoted(text)}`
}

function oneOf<T extends string>(all: readonly T[]): (text: string) => T | undefined {
  return text => all.find(one => one === text)
}

/** At least 0, and exact. */
function wholeNumber(text: string): number | undefined {
  const value = decimalNumber(text)
  return Number.isSafeInteger(value) && value! >= 0 ? value! + 0 : undefined
}

/** Numbers and truth values as such, so that they can be ordered and filtered. */
function settingOf(text: string): Value {
  return /^true$/i.test(text) || (!/^false$/i.test(text) && (decimalNumber(text) ?? text))
}

/** What a run without a result may have instead of a number. */
const isNothing = (text: string): boolean => text === '' || /^[+-]?(?:nan|inf|infinity)$/i.test(text)

/** What a row gives of a measure; undefined where a run that is not done has none; a sentence where it is not right. */
function readMeasure(columns: MeasureColumns, text: (at: number) => string, state: ImportedRun['state']): Given | string | undefined {
  const { measure } = columns
  const first = text(columns.kind === 'counts' ? columns.correct : columns.at)
  if (isNothing(first)) {
    return state === 'done'
      ? `${measure}${columns.kind === 'counts' ? '.correct' : ''} ${is(first)}; a run that is done has a number, another one the state "diverged" or "failed"`
      : undefined
  }
  switch (columns.kind) {
    case 'number': {
      const value = decimalNumber(first)
      return value === undefined ? `${measure} ${is(first)}; it must be a number${point(first)}` : { kind: 'number', value: value + 0 }
    }
    case 'decimal': return readDecimal(measure, first, columns.total === undefined ? undefined : text(columns.total))
    case 'counts': return readCounts(measure, first, text(columns.total))
  }
}

/** What a decimal comma probably is. */
function point(text: string): string {
  return /^[+-]?\d*,\d+$/.test(text) ? ', with a decimal point' : ''
}

function readDecimal(measure: string, text: string, total: string | undefined): Given | string {
  const value = decimalNumber(text)
  if (value === undefined || value < 0 || value > 1)
    return `${measure} ${is(text)}; it must be a share from 0 to 1${value !== undefined && value > 1 && value <= 100 ? ', not in percent' : point(text)}`
  if (total !== undefined) {
    const examples = wholeNumber(total)
    if (!examples)
      return `${measure}.total ${is(total)}; it must be the number of examples, a whole number of at least 1`
    const correct = countOf(text, examples)
    return correct === undefined ? `${measure} ${is(text)}, which is no count of ${examples} examples; write more decimals, or the count as ${measure}.correct` : { kind: 'counts', correct, total: examples }
  }
  const decimal = decimalOf(text)
  return decimal.decimals > MOST_DECIMALS
    ? `${measure} ${is(text)}, too many decimals to be kept exactly; add the column ${measure}.total with the number of examples, which makes it a count, or round it to at most ${MOST_DECIMALS} decimals`
    : { kind: 'decimal', decimal }
}

function readCounts(measure: string, correctText: string, totalText: string): Given | string {
  const [correct, total] = [wholeNumber(correctText), wholeNumber(totalText)]
  if (correct === undefined)
    return `${measure}.correct ${is(correctText)}; it must be a whole number of at least 0`
  if (!total)
    return `${measure}.total ${is(totalText)}; it must be the number of examples, a whole number of at least 1`
  return correct > total ? `${measure}.correct is ${correct}, more than the ${total} of ${measure}.total` : { kind: 'counts', correct, total }
}
