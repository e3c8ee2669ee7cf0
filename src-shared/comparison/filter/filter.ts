import type { orders, Value } from './field'

/** Which runs are taken. Fields stand by their names, never by an alias. */
export type Filter = { readonly kind: 'everything' } | Condition

export type Condition
  /** At least two conditions, none of the same kind. */
  = | { readonly kind: 'and' | 'or', readonly conditions: readonly Condition[] }
    | { readonly kind: 'not', readonly condition: Condition }
    | Comparison

export type Comparison
  = | { readonly kind: 'equality', readonly field: string, readonly operator: '=' | '!=', readonly value: Value }
    | { readonly kind: 'order', readonly field: string, readonly operator: typeof orders[number], readonly value: number }
    | { readonly kind: 'membership', readonly field: string, readonly values: readonly Value[] }
    /** Whatever the case of letters. */
    | { readonly kind: 'contains', readonly field: string, readonly text: string }
