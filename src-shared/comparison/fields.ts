import type { Value } from '../experiment/parameter'
import type { ComparisonPair, ComparisonRun } from './pair'
import { parameters } from '../experiment/parameters'

/** What pairs can be told apart by: their treatment, a factor, a parameter. */
export interface PairField {
  /** As in filters: "treatment", a factor's name, a parameter's path. */
  readonly name: string
  readonly title: string
  readonly of: (pair: ComparisonPair) => Value | undefined
}

/** A field and the values that it takes, in order. */
export interface VariedField {
  readonly name: string
  readonly title: string
  readonly values: readonly Value[]
}

const own: readonly PairField[] = [
  { name: 'experiment', title: 'Experiment', of: ({ experiment }) => experiment },
  { name: 'treatment', title: 'Treatment', of: ({ treatment }) => treatment },
  { name: 'capacity', title: 'Dense width W', of: ({ capacity }) => capacity },
  { name: 'seed', title: 'Seed', of: ({ seed }) => seed },
]

/** A pair's own fields, then a factor of that name, then a parameter of that path; a value only where both sides agree. */
export function fieldOf(name: string): PairField {
  const known = own.find(field => field.name === name)
  if (known)
    return known
  const parameter = parameters.get(name)
  return parameter
    ? { name, title: parameter.title, of: ({ dense, sparse }) => bothSides(setting(dense, name), setting(sparse, name), parameter.sides === 'sparse') }
    : { name, title: name, of: ({ levels }) => levels[name] }
}

/** The value of a parameter that has any meaning beside the run's others, as far as these are known; of what is no parameter whatever it says. */
export function setting({ settings }: Pick<ComparisonRun, 'settings'>, path: string): Value | undefined {
  const conditions = Object.entries(parameters.get(path)?.appliesWhen ?? {})
  return conditions.every(([other, values]) => settings[other] === undefined || [values].flat().includes(settings[other])) ? settings[path] : undefined
}

/** Sides that differ are told by both values: "adam | sgd". */
function bothSides(dense: Value | undefined, sparse: Value | undefined, isSparseOnly: boolean): Value | undefined {
  return dense === sparse || isSparseOnly || dense === undefined ? sparse : sparse === undefined ? dense : `${dense} | ${sparse}`
}

/** The fields in which pairs differ, each with its values: numbers in their order, all else as it comes. */
export function variedFields(pairs: readonly ComparisonPair[]): VariedField[] {
  const factors = new Set(pairs.flatMap(({ levels }) => Object.keys(levels)))
  const imported = new Set(pairs.flatMap(({ dense, sparse }) => [...Object.keys(dense.settings), ...Object.keys(sparse.settings)]))
  return [...new Set([...own.map(({ name }) => name), ...factors, ...parameters.keys(), ...imported])]
    .map(fieldOf)
    .map(({ name, title, of }) => ({ name, title, values: valuesOf(pairs, of) }))
    .filter(({ values }) => values.length > 1)
}

export function valuesOf(pairs: readonly ComparisonPair[], of: PairField['of']): Value[] {
  const values = [...new Set(pairs.map(of))].filter(value => value !== undefined)
  return values.every(value => typeof value === 'number') ? values.sort((a, b) => a - b) : values
}

/** Over these the sign of a comparison may turn: they are never pooled without being asked for (design §2). */
export const neverPooled = ['data.dataset', 'training.optimizer', 'training.learningRate']

/**
 * What a table of cells is usually made of: the factors, the one that is never pooled as rows; the treatment where fewer
 * than two are varied.
 */
export function rowsAndColumns(pairs: readonly ComparisonPair[], without: readonly string[] = []): { readonly rows: string, readonly columns: string } {
  const factors = factorsOf(pairs).filter(name => !without.includes(name))
  const others = ['experiment', ...neverPooled].filter(name => valuesOf(pairs, fieldOf(name).of).length > 1 && !without.includes(name))
  const rows = factors.find(name => others.some(other => follows(pairs, other, name)))
  // A treatment is also what is left out.
  const columns = factors.find(name => name !== rows) ?? (without.length ? 'data.dataset' : 'treatment')
  return { rows: rows ?? factors.find(name => name !== columns) ?? others[0] ?? 'experiment', columns }
}

/** Factors that are varied among pairs, in their order. */
export function factorsOf(pairs: readonly ComparisonPair[]): string[] {
  return [...new Set(pairs.flatMap(({ levels }) => Object.keys(levels)))].filter(name => valuesOf(pairs, ({ levels }) => levels[name]).length > 1)
}

/** Whether pairs that agree in one field agree in the other too. */
export function follows(pairs: readonly ComparisonPair[], name: string, from: string): boolean {
  const [of, by] = [fieldOf(name).of, fieldOf(from).of]
  return [...Map.groupBy(pairs, by).values()].every(group => new Set(group.map(of)).size < 2)
}
