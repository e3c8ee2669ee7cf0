import type { Value } from './field'
import type { Condition, Filter } from './filter'
import { written } from './tokens'

/** The canonical text of a filter, which `parseFilter` reads back to the same. */
export function formatFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'everything': return ''
    case 'and': return filter.conditions.map(one => one.kind === 'or' ? inParentheses(one) : formatFilter(one)).join(' and ')
    case 'or': return filter.conditions.map(formatFilter).join(' or ')
    case 'not': return `not ${'conditions' in filter.condition ? inParentheses(filter.condition) : formatFilter(filter.condition)}`
    case 'equality':
    case 'order': return `${written(filter.field)} ${filter.operator} ${formatValue(filter.value)}`
    case 'membership': return `${written(filter.field)} in (${filter.values.map(formatValue).join(', ')})`
    case 'contains': return `${written(filter.field)} ~ ${written(filter.text)}`
  }
}

/** A value as a filter holds it. */
export function formatValue(value: Value): string {
  return typeof value === 'string' ? written(value) : String(value)
}

function inParentheses(condition: Condition): string {
  return `(${formatFilter(condition)})`
}
