import type { z } from 'zod'
import type { Parameter, Settings, Value } from './parameter'
import data from './groups/data'
import masks from './groups/masks'
import network from './groups/network'
import recording from './groups/recording'
import training from './groups/training'

/** Parameters that belong together, in the order in which one thinks of them. */
export interface Group {
  readonly title: string
  readonly parameters: Readonly<Record<string, Parameter>>
}

/** What `base` holds and factors may vary. */
export const groups = { data, network, training, masks } as const

type Union<T> = T[keyof T]
type UnionToIntersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never
type Flat<G> = UnionToIntersection<Union<{
  [group in keyof G & string]: G[group] extends { parameters: infer P }
    ? { [name in keyof P & string as `${group}.${name}`]: P[name] extends { type: z.ZodType<infer T> } ? T : never }
    : never
}>>

/** Every parameter resolved to a value, by path; members' own parameters too. */
export type Configuration = Settings & Readonly<Flat<typeof groups>>
export type Recording = Readonly<Flat<{ recording: typeof recording }>>

export interface PlacedParameter extends Parameter {
  /** e.g. `training.adam.beta1` */
  readonly path: string
  readonly group: string
}

/** The parameters of `base`, by path. A member's own follow the parameter that chooses it. */
export const parameters = place(groups)
export const recordingParameters = place({ recording })

function place(groups: Readonly<Record<string, Group>>): ReadonlyMap<string, PlacedParameter> {
  const placed = Object.entries(groups).flatMap(([group, { title, parameters }]) =>
    Object.entries<Parameter>(parameters).flatMap(([name, parameter]) => {
      const path = `${group}.${name}`
      return [
        { ...parameter, path, group: title },
        ...ofMembers(path, parameter).map(([member, own]) => ({ ...own, path: `${group}.${member}`, group: title })),
      ]
    }))
  return new Map(placed.map(parameter => [parameter.path, parameter]))
}

/** The own parameters of the members that `chooser` may name: [`member.name`, parameter]. */
function ofMembers(path: string, chooser: Parameter): [string, Parameter][] {
  return (chooser.family?.members ?? []).flatMap(member =>
    Object.entries(member.parameters ?? {}).map(([name, own]): [string, Parameter] =>
      [`${member.id}.${name}`, { ...own, appliesWhen: { ...chooser.appliesWhen, [path]: member.id, ...own.appliesWhen } }]))
}

/** Values for all parameters: each the last that is given, else its frozen default. */
export function configure(...given: readonly Settings[]): Configuration {
  return resolve(parameters, given) as Configuration
}

export function configureRecording(given: Settings): Recording {
  return resolve(recordingParameters, [given]) as unknown as Recording
}

function resolve(all: ReadonlyMap<string, PlacedParameter>, given: readonly Settings[]): Settings {
  const defaults = Object.fromEntries([...all].map(([path, parameter]) => [path, parameter.default]))
  return Object.assign(defaults, ...given)
}

/** Whether a parameter has any meaning beside the others. */
export function applies(parameter: Parameter, settings: Settings): boolean {
  return Object.entries(parameter.appliesWhen ?? {}).every(([path, values]) => [values].flat().includes(settings[path]!))
}

/** The nested form of settings, as in an experiment file: { training: { adam: { beta1: 0.9 } } }. */
export interface Nested { readonly [name: string]: Value | Nested }

export function nest(settings: Readonly<Record<string, Value | Nested>>): Nested {
  const root: Record<string, Value | Nested> = {}
  for (const [path, value] of Object.entries(settings)) {
    const names = path.split('.')
    const last = names.pop()!
    let at = root
    for (const name of names)
      at = (at[name] ??= {}) as Record<string, Value | Nested>
    at[last] = value
  }
  return root
}

export function flatten(nested: Nested, prefix = ''): Record<string, Value> {
  return Object.fromEntries(Object.entries(nested).flatMap(([name, value]) =>
    typeof value === 'object'
      ? Object.entries(flatten(value, `${prefix}${name}.`))
      : [[`${prefix}${name}`, value]]))
}
