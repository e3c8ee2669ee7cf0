import type { Value } from '@shared/experiment/parameter'
import type { PlacedParameter } from '@shared/experiment/parameters'
import { kindOf } from '@shared/experiment/kind'
import { inWords } from '@shared/experiment/parameter'
import { parameters } from '@shared/experiment/parameters'
import { z } from 'zod'

/** An experiment's document while it is edited: as in a file, and perhaps not valid yet. */
export interface Draft {
  name: string
  question?: string
  base?: Record<string, unknown>
  factors?: DraftFactor[]
  exclude?: unknown[]
  capacities: unknown[]
  seeds: unknown[]
  engine?: string
  recording?: Record<string, unknown>
}

export interface DraftFactor {
  name: string
  role?: string
  levels: { name: string, set?: Record<string, Value>, setDense?: Record<string, Value>, setSparse?: Record<string, Value> }[]
}

type Nested = Record<string, unknown>

/** The value of a parameter in the base configuration or in the recording; undefined where it has its default. */
export function given(draft: Draft, path: string): Value | undefined {
  return placeOf(path).names(draft).reduce<unknown>((at, name) => (at as Nested | undefined)?.[name], draft) as Value | undefined
}

/** Sets a parameter; undefined, or its default, leaves it out again. */
export function give(draft: Draft, parameter: PlacedParameter, value: Value | undefined): void {
  const names = placeOf(parameter.path).names(draft)
  const isLeftOut = value === undefined || value === parameter.default
  let at = draft as unknown as Nested
  for (const name of names.slice(0, -1)) {
    if (typeof at[name] !== 'object' || at[name] === null) {
      if (isLeftOut)
        return
      at[name] = {}
    }
    at = at[name] as Nested
  }
  if (isLeftOut)
    delete at[names.at(-1)!]
  else
    at[names.at(-1)!] = value
}

function placeOf(path: string): { names: (draft: Draft) => string[] } {
  return { names: () => parameters.has(path) ? ['base', ...path.split('.')] : path.split('.') }
}

/** The factor that varies this parameter alone, on both sides. */
export function factorOf(draft: Draft, path: string): DraftFactor | undefined {
  return draft.factors?.find(({ levels }) => levels.length > 0 && levels.every(({ set = {}, setDense = {}, setSparse = {} }) =>
    Object.keys(setDense).length + Object.keys(setSparse).length === 0 && Object.keys(set).length === 1 && path in set))
}

/** Factors that a field cannot show: they set several parameters, or one side's. */
export function otherFactors(draft: Draft): DraftFactor[] {
  const shown = [...parameters.keys()].map(path => factorOf(draft, path))
  return (draft.factors ?? []).filter(factor => !shown.includes(factor))
}

/** Makes a parameter a factor, or a single value again. */
export function vary(draft: Draft, parameter: PlacedParameter, isVaried: boolean): void {
  const factor = factorOf(draft, parameter.path)
  if (isVaried && !factor) {
    const value = given(draft, parameter.path) ?? parameter.default
    give(draft, parameter, undefined)
    draft.factors = [...draft.factors ?? [], { name: freeName(draft, parameter.title), levels: levelsOf(parameter.path, [value, ...anotherValue(parameter, value)]) }]
  }
  else if (!isVaried && factor) {
    draft.factors = draft.factors!.filter(one => one !== factor)
    give(draft, parameter, factor.levels[0]?.set?.[parameter.path])
  }
}

/** The values of a factor's levels; levels that stay keep their names. */
export function setLevels(draft: Draft, path: string, values: readonly Value[]): void {
  const factor = factorOf(draft, path)!
  const named = new Map(factor.levels.map(level => [level.set![path], level.name]))
  factor.levels = levelsOf(path, values).map(level => ({ ...level, name: named.get(level.set[path]!) ?? level.name }))
}

function levelsOf(path: string, values: readonly Value[]): { name: string, set: Record<string, Value> }[] {
  return values.map(value => ({ name: String(value), set: { [path]: value } }))
}

function anotherValue({ type }: PlacedParameter, value: Value): Value[] {
  const kind = kindOf(type)
  if (kind.kind === 'choice')
    return kind.options.filter(option => option !== value).slice(0, 1)
  return kind.kind === 'switch' ? [!value] : []
}

function freeName(draft: Draft, title: string): string {
  const taken = new Set(draft.factors?.map(({ name }) => name))
  let name = title
  for (let i = 2; taken.has(name); i++)
    name = `${title} ${i}`
  return name
}

/** "a number greater than 0" */
export function expected({ type }: PlacedParameter): string {
  return inWords(z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }))
}

/** Words of the format that say less than they could. */
const said: Readonly<Record<string, string>> = { eleven: '11 epochs' }

export function shownValue(value: Value): string {
  return said[String(value)] ?? String(value)
}

/** What was typed as a value: a number where it is one, else the text, which the schema will judge. */
export function typedValue(text: string): Value {
  const trimmed = text.trim()
  const meant = Object.keys(said).find(word => said[word] === trimmed)
  if (meant !== undefined)
    return meant
  if (trimmed === 'true' || trimmed === 'false')
    return trimmed === 'true'
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed
}

/** "79, 236" or "1-4" → values. */
export function typedList(text: string): Value[] {
  return text.split(/[,;\s]+/).filter(Boolean).flatMap((part): Value[] => {
    const [, from, to] = /^(\d+)-(\d+)$/.exec(part) ?? []
    return from !== undefined && Number(to) >= Number(from) && Number(to) - Number(from) < 1000
      ? Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(from) + i)
      : [typedValue(part)]
  })
}

/** "First look" → "First look, copy" → "First look, copy 2" */
export function nameOfCopy(name: string): string {
  const [, original = name, nth] = /^(.*), copy(?: (\d+))?$/.exec(name) ?? []
  const suffix = original === name ? ', copy' : `, copy ${Number(nth ?? 1) + 1}`
  return original.slice(0, LONGEST_NAME - suffix.length) + suffix
}

/** As the schema has it. */
const LONGEST_NAME = 120
