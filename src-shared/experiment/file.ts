import type { ParseError } from 'jsonc-parser'
import type { Problem } from './problems'
import type { Experiment } from './schema'
import { findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser'
import { nest } from './parameters'
import { problemsOf } from './problems'
import { experimentSchema } from './schema'

export interface Position {
  /** From 1. */
  readonly line: number
  readonly column: number
}

export type ParsedExperiment
  = | { readonly kind: 'valid', readonly experiment: Experiment }
    | { readonly kind: 'invalid', readonly problems: readonly (Problem & { readonly position?: Position })[] }

/** Checks a document that is already an object: a preset, a form. */
export function checkExperiment(document: unknown): ParsedExperiment {
  const parsed = experimentSchema.safeParse(document)
  return parsed.success
    ? { kind: 'valid', experiment: parsed.data }
    : { kind: 'invalid', problems: problemsOf(parsed.error, document, experimentSchema) }
}

/** Reads the text of an experiment file (JSON); each problem with its line and column. */
export function parseExperiment(text: string): ParsedExperiment {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const [error] = errors
  if (error || !tree) {
    const what = error
      ? printParseErrorCode(error.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
      : 'empty file'
    return {
      kind: 'invalid',
      problems: [{ path: [], message: `this is no JSON document: ${what}`, position: position(text, error?.offset ?? 0) }],
    }
  }
  const checked = checkExperiment(JSON.parse(text))
  if (checked.kind === 'valid')
    return checked
  return {
    kind: 'invalid',
    problems: checked.problems.map((problem) => {
      // A missing value has no place of its own: its parent's is shown.
      const node = findNodeAtLocation(tree, [...problem.path]) ?? findNodeAtLocation(tree, problem.path.slice(0, -1)) ?? tree
      return { ...problem, position: position(text, node.offset) }
    }),
  }
}

function position(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

/** The canonical document of an experiment: what `parseExperiment` reads back to the same experiment. */
export function experimentDocument({ name, question, base, factors, exclude, capacities, seeds, engine, recording }: Experiment) {
  return {
    name,
    ...question && { question },
    base: nest(base),
    ...factors.length && {
      factors: factors.map(({ name, levels, role }) => ({
        name,
        ...role !== 'varied' && { role },
        levels: levels.map(({ name, set, setDense, setSparse }) => ({
          name,
          ...Object.keys(set).length && { set },
          ...Object.keys(setDense).length && { setDense },
          ...Object.keys(setSparse).length && { setSparse },
        })),
      })),
    },
    ...exclude.length && { exclude },
    capacities,
    seeds,
    engine,
    ...Object.keys(recording).length && { recording: nest(recording).recording },
  }
}
