import { parameters } from '../experiment/parameters'
import { measures } from '../measures'
import { atMost, didYouMean } from '../words'
import { quoted } from './problem'

/** The columns with a meaning of their own, and what they hold. */
export const keyColumns = {
  pair: 'what the two runs of a pair have in common, any text',
  side: '"dense" or "sparse"',
  capacity: 'the dense width of the pair, a number greater than 0',
  seed: 'a whole number of at least 0',
  state: '"done", "diverged", "failed" or "cancelled"',
  experiment: 'the name of the experiment, one in the whole file',
} as const

export type Key = keyof typeof keyColumns
const required = ['pair', 'side', 'capacity', 'seed'] as const satisfies readonly Key[]

/** What the columns of a file are; numbers are their places, from 0. */
export interface Head {
  readonly names: readonly string[]
  readonly keys: Readonly<Partial<Record<Key, number>> & Record<typeof required[number], number>>
  readonly measures: readonly MeasureColumns[]
  readonly factors: readonly FactorColumn[]
}

/** The columns of one measure. */
export type MeasureColumns = { readonly measure: string } & (
  | { readonly kind: 'number', readonly at: number }
  /** A share as a decimal; with the number of examples it is a count again, however many decimals it has. */
  | { readonly kind: 'decimal', readonly at: number, readonly total?: number }
  | { readonly kind: 'counts', readonly correct: number, readonly total: number }
)

/** A column whose texts are levels. */
export interface FactorColumn {
  readonly name: string
  readonly at: number
  /** Whether the sides of a pair must agree on it, may differ, or only the sparse one has it. */
  readonly sides: 'same' | 'free' | 'sparse'
}

export type ReadHead
  = | { readonly kind: 'head', readonly head: Head }
    /** A sentence for each column that is missing or not right. */
    | { readonly kind: 'refused', readonly messages: readonly string[] }

/** The columns that the first line names. */
export function readHead(names: readonly string[]): ReadHead {
  const messages = [...misnamed(names), ...missing(names), ...measureProblems(names)]
  return messages.length ? { kind: 'refused', messages } : { kind: 'head', head: headOf(names) }
}

function headOf(names: readonly string[]): Head {
  const key = (name: Key): number => names.indexOf(name)
  return {
    names,
    keys: {
      pair: key('pair'),
      side: key('side'),
      capacity: key('capacity'),
      seed: key('seed'),
      ...names.includes('state') && { state: key('state') },
      ...names.includes('experiment') && { experiment: key('experiment') },
    },
    measures: [...new Set(names.flatMap(name => measureOf(name) ?? []))].map(measure => columnsOf(measure, names)),
    factors: names
      .map((name, at) => ({ name, at }))
      .filter(({ name }) => !isKey(name) && !measureOf(name))
      .map(({ name, at }) => ({ name, at, sides: parameters.get(name)?.sides ?? 'same' })),
  }
}

function isKey(name: string): name is Key {
  return Object.hasOwn(keyColumns, name)
}

/** Measures of whole runs: what a file can hold. */
const known = measures.members.filter(({ per }) => per === 'run')
const isShare = (id: string): boolean => measures.get(id).unit === 'share'

/** The measure to which a column belongs. */
function measureOf(name: string): string | undefined {
  const counted = /^(.+)\.(?:correct|total)$/.exec(name)?.[1]
  return known.find(({ id }) => id === name || (id === counted && isShare(id)))?.id
}

function columnsOf(measure: string, names: readonly string[]): MeasureColumns {
  const [at, correct, total] = ['', '.correct', '.total'].map(ending => names.indexOf(measure + ending)) as [number, number, number]
  if (!isShare(measure))
    return { measure, kind: 'number', at }
  return at < 0 ? { measure, kind: 'counts', correct, total } : { measure, kind: 'decimal', at, ...total >= 0 && { total } }
}

function misnamed(names: readonly string[]): string[] {
  const meant = new Map([...Object.keys(keyColumns), ...known.flatMap(({ id }) => isShare(id) ? [id, `${id}.correct`, `${id}.total`] : [id])].map(name => [plain(name), name]))
  return names.flatMap((name, i) => {
    if (name === '')
      return [`column ${i + 1} has no name; give it one, or leave it out (pandas: to_csv(..., index=False))`]
    if (names.indexOf(name) < i)
      return [`two columns are named ${quoted(name)}; each needs a name of its own`]
    if (measures.members.some(({ id, per }) => id === name && per === 'layer'))
      return [`${name} is measured per layer, and a row is one run; leave it out`]
    const right = meant.get(plain(name))
    return right !== undefined && right !== name && !names.includes(right) ? [`the column ${quoted(name)} must be written ${right}`] : []
  })
}

/** Without what people write in different ways. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function missing(names: readonly string[]): string[] {
  return required
    .filter(key => !names.some(name => plain(name) === key))
    .map(key => `the column ${key} is missing${didYouMean(key, names.filter(name => !isKey(name)))}; it holds ${keyColumns[key]}`)
}

function measureProblems(names: readonly string[]): string[] {
  const found = new Set(names.flatMap(name => measureOf(name) ?? []))
  if (found.size === 0 && !names.some(name => known.some(({ id }) => plain(id) === plain(name))))
    return [`no column is a measure; it is named ${atMost(99, known.filter(({ reproducible }) => reproducible !== false).map(({ id }) => id))}`]
  return [...found].filter(isShare).flatMap((id) => {
    const [share, correct, total] = ['', '.correct', '.total'].map(ending => names.includes(id + ending))
    if (share && correct)
      return [`${id} and ${id}.correct say the same; leave one of them out`]
    if (correct && !total)
      return [`the column ${id}.total is missing; it holds the number of examples of which ${id}.correct are right`]
    return !share && !correct ? [`the column ${id}.correct is missing; it holds how many of the ${id}.total examples are right`] : []
  })
}
