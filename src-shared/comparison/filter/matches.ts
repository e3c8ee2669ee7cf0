import type { Value } from './field'
import type { Filter } from './filter'

/** The value of a run's field; undefined where it has none, not a number where it diverged. */
export type ValueOf = (field: string) => Value | undefined

/**
 * Whether a filter takes what has these values. What has no value equals nothing and is neither more nor less than
 * anything: of the comparisons only `!=` takes it, which is always what `not … = …` is.
 */
export function matches(filter: Filter, valueOf: ValueOf): boolean {
  return compileFilter(filter)(valueOf)
}

/** The same for many: what can be done once is done once. */
export function compileFilter(filter: Filter): (valueOf: ValueOf) => boolean {
  switch (filter.kind) {
    case 'everything':
      return () => true
    case 'and': {
      const all = filter.conditions.map(compileFilter)
      return valueOf => all.every(one => one(valueOf))
    }
    case 'or': {
      const all = filter.conditions.map(compileFilter)
      return valueOf => all.some(one => one(valueOf))
    }
    case 'not': {
      const condition = compileFilter(filter.condition)
      return valueOf => !condition(valueOf)
    }
    case 'equality': {
      const { field, operator, value } = filter
      return operator === '=' ? valueOf => valueOf(field) === value : valueOf => valueOf(field) !== value
    }
    case 'order': {
      const [{ field, value: limit }, inOrder] = [filter, orders[filter.operator]]
      return (valueOf) => {
        const value = valueOf(field)
        return typeof value === 'number' && inOrder(value, limit)
      }
    }
    case 'membership': {
      const [{ field }, values] = [filter, new Set<Value | undefined>(filter.values)]
      return valueOf => values.has(valueOf(field))
    }
    case 'contains': {
      const [{ field }, text] = [filter, filter.text.toLowerCase()]
      return (valueOf) => {
        const value = valueOf(field)
        return typeof value === 'string' && value.toLowerCase().includes(text)
      }
    }
  }
}

const orders = {
  '<': (value: number, limit: number) => value < limit,
  '<=': (value: number, limit: number) => value <= limit,
  '>': (value: number, limit: number) => value > limit,
  '>=': (value: number, limit: number) => value >= limit,
} as const
