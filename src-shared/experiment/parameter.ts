import type { Family, Member } from '../members'
import { z } from 'zod'

export type Value = string | number | boolean

/** Values by dotted path, e.g. `training.learningRate`. */
export type Settings = Readonly<Record<string, Value>>

/**
 * One parameter of an experiment, described once: the file format, its check, the CLI's help,
 * the form and the identity all come from here.
 */
export interface Parameter<T extends Value = Value> {
  /** Type and range. */
  readonly type: z.ZodType<T>
  /** What an omitted value means. Frozen when the parameter was added (design §2): a better value goes into presets. */
  readonly default: T
  readonly title: string
  readonly help: string
  readonly unit?: string
  /** Folded away in the form. */
  readonly advanced?: boolean
  /** Whether the sides of a pair must agree on it, may differ, or only the sparse one has it. */
  readonly sides: 'same' | 'free' | 'sparse'
  /** 'derived': the identity holds what is computed from it instead (widths, active weights). */
  readonly identity?: 'value' | 'derived'
  /** Present where the value names a member of a family. */
  readonly family?: Family<Member>
  /**
   * For a parameter with a family that came after runs were stored: its default member at version 1 stands for what
   * was done before, so identities leave it out.
   */
  readonly addedLater?: true
  /** When it has any meaning: all of these parameters have (one of) these values. Everywhere if absent. */
  readonly appliesWhen?: Readonly<Record<string, Value | readonly Value[]>>
}

/** A parameter whose value is a member of `family`. */
export function memberOf<M extends Member>(family: Family<M>, description: Omit<Parameter<string>, 'type' | 'family'>): Parameter<string> {
  return { ...description, type: z.enum(family.ids), family: family as unknown as Family<Member> }
}

/** The values that a type takes, in words: "a whole number of at least 1". */
export function expectation(type: z.ZodType): string {
  return inWords(z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }))
}

type JsonSchema = z.core.JSONSchema.BaseSchema

/** What a JSON schema allows, in words. */
export function inWords(schema: JsonSchema): string {
  if (schema.anyOf)
    return schema.anyOf.map(one => inWords(one as JsonSchema)).join(' or ')
  if (schema.const !== undefined)
    return `'${String(schema.const)}'`
  if (schema.enum) {
    return schema.enum.length === 1 ? `'${String(schema.enum[0])}'` : `one of ${schema.enum.join(', ')}`
  }
  switch (schema.type) {
    case 'boolean': return 'true or false'
    case 'string': return [
      schema.minLength ? 'a text that is not empty' : 'a text',
      ...schema.maxLength ? [`(at most ${schema.maxLength} characters)`] : [],
    ].join(' ')
    case 'array': return `${schema.minItems ? 'a list that is not empty' : 'a list'}, each ${inWords((schema.items ?? {}) as JsonSchema)}`
    case 'object': return 'an object'
    case 'integer': return `a whole number${bounds(schema)}`
    case 'number': return `a number${bounds(schema)}`
    default: return 'another value'
  }
}

/** When a parameter has any meaning, in words: "only with network.batchNorm = true". */
export function conditionInWords({ appliesWhen }: Parameter): string | undefined {
  return appliesWhen && `only with ${Object.entries(appliesWhen).map(([path, values]) => `${path} = ${[values].flat().join(' or ')}`).join(' and ')}`
}

/** JSON schemas carry the limits of safe integers where none were given. */
function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const lower = exclusiveMinimum !== undefined
    ? `greater than ${exclusiveMinimum}`
    : minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? `of at least ${minimum}` : ''
  const upper = exclusiveMaximum !== undefined
    ? `less than ${exclusiveMaximum}`
    : maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? `at most ${maximum}` : ''
  return [lower, upper].filter(Boolean).join(' and ').replace(/^(?=.)/, ' ')
}
