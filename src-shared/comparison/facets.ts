import type { Value } from '../experiment/parameter'
import type { ComparisonPair } from './pair'
import { fieldOf, follows, neverPooled, valuesOf, variedFields } from './fields'

/** Pairs that agree in some fields. */
export interface Facet {
  /** Value by field; null where a pair has none. */
  readonly at: Readonly<Record<string, Value | null>>
  readonly pairs: readonly ComparisonPair[]
}

/** How pairs are told apart, and over what they may be pooled. */
export interface Splitting {
  /** Asked for. */
  readonly facets: readonly string[]
  /** Fields over which pairs are pooled although the sign of a comparison may turn with them. */
  readonly pooled: readonly string[]
}

/**
 * The fields by which pairs are set apart: what was asked for, and what is never pooled by itself, unless it says
 * nothing here, is told apart otherwise (`apart`), or pooling was chosen.
 * @param never more fields than `neverPooled`
 */
export function facetFields(pairs: readonly ComparisonPair[], { facets, pooled }: Splitting, apart: readonly string[] = [], never: readonly string[] = []): string[] {
  const byThemselves = [...neverPooled, ...never].filter(name =>
    !pooled.includes(name) && !isTold(pairs, name, [...apart, ...facets]))
  return [...new Set([...facets.filter(name => !apart.includes(name)), ...byThemselves])]
}

/** Titles of what varies within what is told apart, but for capacity and seed, which pairs are: a caption says so. */
export function pooledOver(pairs: readonly ComparisonPair[], apart: readonly string[]): string[] {
  const varied = variedFields(pairs).filter(({ name }) => !['treatment', 'capacity', 'seed'].includes(name) && !isTold(pairs, name, apart))
  // A factor and the parameter that it sets are one thing, which the factor names.
  return varied.filter(({ name }, i) => !varied.slice(0, i).some(earlier => follows(pairs, name, earlier.name))).map(({ title }) => title)
}

/** Whether pairs that agree in some fields agree in this one too. */
function isTold(pairs: readonly ComparisonPair[], name: string, apart: readonly string[]): boolean {
  const { of } = fieldOf(name)
  return splitBy(pairs, apart).every(({ pairs }) => valuesOf(pairs, of).length < 2)
}

/** Pairs by what they are in some fields, in the order of those fields' values. */
export function splitBy(pairs: readonly ComparisonPair[], names: readonly string[]): Facet[] {
  const fields = names.map(fieldOf)
  const order = fields.map(({ of }) => valuesOf(pairs, of))
  const groups = [...Map.groupBy(pairs, pair => JSON.stringify(fields.map(({ of }) => of(pair) ?? null)))]
    .map(([key, of]) => ({ values: JSON.parse(key) as (Value | null)[], of }))
  const place = (value: Value | null, i: number): number => value === null ? order[i]!.length : order[i]!.indexOf(value)
  return groups
    .sort((a, b) => a.values.map((value, i) => place(value, i) - place(b.values[i]!, i)).find(by => by !== 0) ?? 0)
    .map(({ values, of }) => ({ at: Object.fromEntries(names.map((name, i) => [name, values[i]!])), pairs: of }))
}

/** "Learning rate η 0.1, Optimizer adam"; nothing where nothing is set apart. */
export function facetInWords({ at }: Pick<Facet, 'at'>): string {
  return Object.entries(at).map(([name, value]) => `${fieldOf(name).title} ${value ?? 'not set'}`).join(', ')
}
