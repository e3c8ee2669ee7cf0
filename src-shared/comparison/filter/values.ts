import type { Field, Value } from './field'
import type { Token } from './tokens'
import { atMost, nearest } from '../../words'
import { knownValues } from './field'
import { formatValue } from './format'
import { written } from './tokens'
import { wrong } from './wrong'

/**
 * The value that a piece is for a field; quotes make no difference.
 * @param percent the sign after it, if there is one
 * @throws Wrong where the field takes no such value
 */
export function valueOf(token: Token, percent: Token | undefined, field: Field): Value {
  if (percent && field.kind !== 'number')
    throw wrong(percent, `${field.name} takes no percentage; as a part of a text it stands in quotes`)
  if (field.kind === 'number' && NUMBER.test(token.text))
    return numberOf(token, percent, field)
  const known = knownValues(field).find(value => String(value) === token.text)
    ?? knownValues(field).find(value => String(value).toLowerCase() === token.text.toLowerCase())
  if (known !== undefined && !percent)
    return known
  if (field.kind === 'text' && !field.closed)
    return token.text
  throw unknown(token, field)
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

function numberOf(token: Token, percent: Token | undefined, field: Field): number {
  if (percent && field.unit !== 'share')
    throw wrong(percent, `${field.name} is ${field.unit ? `in ${field.unit}` : 'a plain number'}, no share of something; write it without %`)
  const [digits, exponent = '0'] = token.text.toLowerCase().split('e')
  // Not divided by 100: 93.1 % is the very number 0.931. Plus 0, as -0 is another 0.
  const value = Number(percent ? `${digits}e${Number(exponent) - 2}` : token.text) + 0
  if (!Number.isFinite(value))
    throw wrong(token, `${token.text} is too large for a number`)
  if (field.closed && !knownValues(field).includes(value))
    throw unknown(token, field)
  return value
}

function unknown(token: Token, field: Field): Error {
  const known = knownValues(field).map(formatValue)
  const near = nearest(token.text, known)
  return wrong(token, `${field.name} is ${expected(field, known)}, not ${written(token.text)}${near === undefined ? '' : `; did you mean ${near}?`}`, near)
}

/** What a field's value can be, in words. */
function expected({ kind, closed, values = [] }: Field, known: readonly string[]): string {
  if (kind === 'boolean')
    return 'true or false'
  if (closed)
    return known.length === 1 ? known[0]! : `one of ${atMost(12, known)}`
  return ['a number', ...values.filter(value => typeof value === 'string').map(formatValue)].join(' or ')
}

/** A condition that a field may stand in. */
export function exampleOf(name: string, field: Field): string {
  const [value = field.kind === 'number' ? 1 : 'text'] = knownValues(field)
  return `${written(name)} = ${formatValue(value)}`
}
