/** A value of a field. */
export type Value = string | number | boolean

/** What a filter can ask of a run, as those who compare derive it from what is compared. */
export interface Field {
  /** A dotted path, or any text: a factor's name, say. */
  readonly name: string
  /** Other names, the one that people would write first. A field of that very name comes before an alias. */
  readonly aliases: readonly string[]
  readonly help: string
  /** A number's field may hold words too: those among `values`. */
  readonly kind: 'number' | 'text' | 'boolean'
  /** Values of the unit 'share' are 0 .. 1, and may be written in percent. */
  readonly unit?: string
  /** Those that are known, for completion. */
  readonly values?: readonly Value[]
  /** `values` are all there are: another one is an error. */
  readonly closed?: true
}

/** Finds a field by its name, else by an alias, else by either in other case; the first of several. */
export function fieldFinder(fields: readonly Field[]): (name: string) => Field | undefined {
  const named = [...fields.map(field => [field.name, field] as const), ...fields.flatMap(field => field.aliases.map(alias => [alias, field] as const))].reverse()
  const [exact, lower] = [new Map(named), new Map(named.map(([name, field]) => [name.toLowerCase(), field]))]
  return name => exact.get(name) ?? lower.get(name.toLowerCase())
}

export const orders = ['<', '<=', '>', '>='] as const
export const operators = ['=', '!=', ...orders, 'in', '~'] as const
export type Operator = typeof operators[number]

const fitting: Readonly<Record<Field['kind'], readonly Operator[]>> = {
  number: ['=', '!=', '<', '<=', '>', '>=', 'in'],
  text: ['=', '!=', 'in', '~'],
  boolean: ['=', '!=', 'in'],
}

/** The operators that a field can be compared by. */
export function operatorsOf({ kind }: Field): readonly Operator[] {
  return fitting[kind]
}

/** What a field can be compared with. */
export function knownValues({ kind, values }: Field): readonly Value[] {
  return values ?? (kind === 'boolean' ? [true, false] : [])
}
