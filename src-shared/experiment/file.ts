import type { Node, ParseError } from 'jsonc-parser'
import type { Path, Problem } from './problems'
import type { Experiment } from './schema'
import { findNodeAtLocation, getNodePath, parseTree, printParseErrorCode } from 'jsonc-parser'
import { nest } from './parameters'
import { pathText, problemsOf } from './problems'
import { experimentSchema } from './schema'

export interface Position {
  /** From 1. */
  readonly line: number
  readonly column: number
}

export type Parsed<P extends Problem>
  = | { readonly kind: 'valid', readonly experiment: Experiment }
    | { readonly kind: 'invalid', readonly problems: readonly P[] }

export type PlacedProblem = Problem & { readonly position: Position }

/** Checks a document that is already an object: a preset, a form. */
export function checkExperiment(document: unknown): Parsed<Problem> {
  const parsed = experimentSchema.safeParse(document)
  return parsed.success
    ? { kind: 'valid', experiment: parsed.data }
    : { kind: 'invalid', problems: problemsOf(parsed.error, document, experimentSchema) }
}

/** Reads the text of an experiment file (JSON); its problems in the order in which they stand in the text. */
export function parseExperiment(given: string): Parsed<PlacedProblem> {
  const text = withoutByteOrderMark(given)
  if (depthOf(text) > DEEPEST)
    return { kind: 'invalid', problems: [{ path: [], message: 'this is nested too deeply for an experiment', position: position(text, 0) }] }
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const [error] = errors
  if (error || !tree)
    return { kind: 'invalid', problems: [noJson(text, error)] }
  const twice = repeatedKeys(tree, text)
  if (twice.length)
    return { kind: 'invalid', problems: inOrder(twice) }
  const checked = checkExperiment(JSON.parse(text))
  if (checked.kind === 'valid')
    return checked
  const placed = checked.problems.map(problem => ({ ...problem, position: locate(text, problem.path) }))
  return { kind: 'invalid', problems: inOrder(placed) }
}

function inOrder(problems: readonly PlacedProblem[]): PlacedProblem[] {
  return problems.toSorted((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
}

/** Where a part of a document stands in its text. What is missing has no place of its own: its parent's is shown. */
export function locate(given: string, path: Path): Position {
  const text = withoutByteOrderMark(given)
  const tree = parseTree(text)
  const node = tree && (findNodeAtLocation(tree, [...path]) ?? findNodeAtLocation(tree, path.slice(0, -1)) ?? tree)
  return position(text, node?.offset ?? 0)
}

function noJson(text: string, error: ParseError | undefined): PlacedProblem {
  if (!error)
    return { path: [], message: 'this is not JSON: the file is empty', position: position(text, 0) }
  const what = printParseErrorCode(error.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
  const found = text.slice(error.offset, error.offset + Math.max(1, Math.min(error.length, 20))).trim()
  const after = /,\s*$/.test(text.slice(0, error.offset)) && /^[}\]]/.test(found) ? '; the comma before it is one too many' : ''
  return { path: [], message: `this is not JSON: ${what}${found && `, found ${found}`}${after}`, position: position(text, error.offset) }
}

/** Keys that stand twice in one object: JSON would silently take the last. */
function repeatedKeys(node: Node, text: string): PlacedProblem[] {
  const keys = node.type === 'object' ? node.children!.map(({ children }) => children![0]!) : []
  const twice = keys.filter((key, i) => keys.slice(0, i).some(({ value }) => value === key.value))
  return [
    ...twice.map(key => ({ path: getNodePath(key), message: `${pathText(getNodePath(key))} is given twice`, position: position(text, key.offset) })),
    ...(node.children ?? []).flatMap(child => repeatedKeys(child, text)),
  ]
}

/** Brackets within brackets; no experiment has as many, and what reads them would run out of stack. */
const DEEPEST = 100

function depthOf(text: string): number {
  let [depth, deepest] = [0, 0]
  for (const bracket of text.matchAll(/[[\]{}]/g)) {
    depth += '[{'.includes(bracket[0]) ? 1 : -1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, '')
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
