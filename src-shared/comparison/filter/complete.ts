import type { Field, Operator } from './field'
import type { Token } from './tokens'
import { fieldFinder, knownValues, operatorsOf } from './field'
import { formatValue } from './format'
import { expectedAfter } from './parse'
import { tokensOf, written } from './tokens'

export interface Completion {
  /** What an option takes the place of, from 0; nothing where they are equal. */
  readonly from: number
  readonly to: number
  readonly options: readonly Option[]
}

export interface Option {
  /** With the spaces around it: one goes on typing after it. */
  readonly insert: string
  readonly label: string
  readonly help: string
}

/** What can stand at the cursor of a filter, what fits best first: fields, operators, known values, and what connects conditions. */
export function complete(text: string, cursor: number, fields: readonly Field[]): Completion {
  const tokens = tokensOf(text)
  const typed = tokens.find(token => isTyped(token, cursor))
  const before = tokens.findLast(({ at, length }) => at + length <= (typed?.at ?? cursor))
  const expected = expectedAfter(text.slice(0, typed?.at ?? cursor), fields)
  const given = typed ? tokensOf(text.slice(typed.at, cursor))[0]!.text : ''
  const end = typed && typed.kind !== 'unclosed' ? typed.at + typed.length : cursor
  const to = end + (text[end] === ' ' ? 1 : 0)
  const from = typed?.at ?? cursor
  if (!expected)
    return { from, to, options: [] }
  switch (expected.kind) {
    case 'condition': {
      const before = expected.deeper ? [option('not ', 'what does not meet the condition'), option('(', 'conditions that belong together')] : []
      return { from, to, options: chosen(given, [...fieldOptions(fields, given), ...before]) }
    }
    case 'operator': return { from, to, options: chosen(given, operatorsOf(expected.field).map(operator => option(operator === 'in' ? 'in (' : `${operator} `, meanings[operator]))) }
    case 'value': return { from, to, options: chosen(given, knownValues(expected.field).map(value => option(`${formatValue(value)} `, expected.field.unit ?? '', String(value)))) }
    case 'list': return { from, to, options: chosen(given, [option('(', 'values, separated by commas')]) }
    // These stand close to what is before them.
    case 'rest of list': return typed ? { from, to, options: [] } : { from: endOf(before), to, options: [option(', ', 'another value'), option(') ', 'the end of the list')] }
    case 'connection': {
      const connected = ['and', 'or'].map((word, i) => option(`${word} `, ['both conditions are met', 'one of the conditions is met, or both'][i]!))
      return typed
        ? { from, to, options: chosen(given, connected) }
        : { from: endOf(before), to, options: [...connected.map(one => ({ ...one, insert: ` ${one.insert}` })), ...expected.closing ? [option(') ', 'the end of what belongs together')] : []] }
    }
  }
}

const meanings: Readonly<Record<Operator, string>> = {
  '=': 'is',
  '!=': 'is not, or has no value',
  '<': 'less than',
  '<=': 'at most',
  '>': 'more than',
  '>=': 'at least',
  'in': 'one of several values',
  '~': 'contains a text, in any case of letters',
}

/** Whether a piece is still being written at the cursor. */
function isTyped({ kind, text, at, length }: Token, cursor: number): boolean {
  const canGoOn = kind === 'word' || kind === 'unclosed' || text === '!'
  return at < cursor && (cursor < at + length || (canGoOn && cursor === at + length))
}

function endOf(token: Token | undefined): number {
  return token ? token.at + token.length : 0
}

/** An option that is compared with what was typed. */
interface Candidate extends Option {
  readonly name: string
}

function option(insert: string, help: string, name = insert.trim()): Candidate {
  return { insert, label: insert.trim(), help, name }
}

/** One for each field, by that of its names which fits best; never by a name that means another one. */
function fieldOptions(fields: readonly Field[], typed: string): Candidate[] {
  const named = fieldFinder(fields)
  return fields.flatMap((field) => {
    const candidates = [...field.aliases, field.name].filter(name => named(name) === field)
      .map(name => option(`${written(name)} `, name === field.name ? field.help : `${field.name} · ${field.help}`, name))
    return fitting(typed, candidates).slice(0, 1)
  })
}

/** What fits, the best first; what is there already only beside others. */
function chosen(typed: string, candidates: readonly Candidate[]): Option[] {
  const all = fitting(typed, candidates)
  const isThere = all.length === 1 && fitOf(typed, all[0]!) === 0
  return isThere && typed !== '' ? [] : all.map(({ insert, label, help }) => ({ insert, label, help }))
}

function fitting(typed: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(one => fitOf(typed, one) < NONE).toSorted((a, b) => fitOf(typed, a) - fitOf(typed, b))
}

/** The less the better: the same, begun, contained, `NONE`; all fit as well as another to nothing typed. */
function fitOf(typed: string, { name }: Candidate): number {
  const [given, known] = [typed.toLowerCase(), name.toLowerCase()]
  if (given === known || given === '')
    return 0
  return known.startsWith(given) ? 1 : known.includes(given) ? 2 : NONE
}

const NONE = 3
