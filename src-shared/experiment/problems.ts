import { z } from 'zod'
import { didYouMean } from '../words'
import { inWords } from './parameter'

/** What is wrong with an experiment: a sentence that names the value, and where in the document it stands. */
export interface Problem {
  readonly path: Path
  readonly message: string
}

export type Path = readonly (string | number)[]
type JsonSchema = z.core.JSONSchema.BaseSchema

/** Zod's issues with `input` as sentences that name the offending value and what would be right. */
export function problemsOf(error: z.ZodError, input: unknown, schema: z.ZodType): Problem[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return error.issues.flatMap((issue): Problem[] => {
    const path = issue.path as Path
    const wanted = descend(root, path)
    if (issue.code === 'unrecognized_keys') {
      const known = Object.keys(wanted?.properties ?? {})
      return issue.keys.map(key => ({ path: [...path, key], message: `${pathText([...path, key])} is not known${whatIsKnown(key, known)}` }))
    }
    const value = valueAt(input, path)
    const found = value === undefined ? 'is missing' : `is ${show(value)}`
    const right = wanted ? `; it must be ${inWords(wanted)}` : `: ${issue.message}`
    const choices = wanted?.enum ?? []
    const meant = typeof value === 'string' && choices.length > 1 ? didYouMean(value, choices.map(String)) : ''
    return [{ path, message: `${pathText(path)} ${found}${right}${meant}` }]
  })
}

/** What was probably meant, and all that is known where that is not much. */
function whatIsKnown(name: string, known: readonly string[]): string {
  const dotted = known.find(path => path.startsWith(`${name}.`))
  if (dotted)
    return `; paths are written with dots here, for example ${JSON.stringify(dotted)}`
  return didYouMean(name, known) + (known.length <= 10 ? ` (known here: ${known.join(', ')})` : '')
}

/** The part of a JSON schema that describes what stands at `path`. */
function descend(schema: JsonSchema | undefined, path: Path): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((node, name) => {
    const inner = typeof name === 'number' ? node?.items : node?.properties?.[name] ?? node?.additionalProperties
    return typeof inner === 'object' && !Array.isArray(inner) ? inner as JsonSchema : undefined
  }, schema)
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, name) => (value as Record<PropertyKey, unknown> | undefined)?.[name], input)
}

/** `factors[0].levels[1].set["training.optimizer"]`; the document itself is "the experiment". */
export function pathText(path: Path): string {
  return path.map((name, i) => typeof name === 'number'
    ? `[${name}]`
    : /^[\w$]+$/.test(name) ? `${i ? '.' : ''}${name}` : `[${JSON.stringify(name)}]`).join('') || 'the experiment'
}

function show(value: unknown): string {
  // JSON has no such numbers, but 1e999 is one.
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 50)}... (${text.length} characters)` : text
}
