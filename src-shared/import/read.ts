import type { Side } from '../random/stream'
import type { FactorColumn, Head } from './head'
import type { CsvRecord, LineProblem } from './problem'
import type { ImportedPair, ImportedResults, ImportedRun, ImportedValue } from './results'
import type { Row } from './row'
import { measures } from '../measures'
import { didYouMean } from '../words'
import { readHead } from './head'
import { quoted } from './problem'
import { levelsOf } from './results'
import { readRow } from './row'
import { countsOf } from './share'

export type ReadResults
  = | { readonly kind: 'read', readonly results: ImportedResults }
    /** Every problem, in the order of the lines. */
    | { readonly kind: 'refused', readonly problems: readonly LineProblem[] }

/** The results that the records of a file hold, its head first (docs/import.md). */
export function readResults(records: readonly CsvRecord[]): ReadResults {
  const [first, ...rest] = records
  if (!first)
    return refused([{ message: 'the file is empty; its first line names the columns' }])
  const readFirst = readHead(first.fields.map(name => name.trim()))
  if (readFirst.kind === 'refused')
    return refused(readFirst.messages.map(message => ({ line: first.line, message })))
  const { head } = readFirst
  if (rest.length === 0)
    return refused([{ line: first.line, message: 'the file names its columns and has no rows; a row is one run' }])
  const read = rest.map(record => readRow(head, record))
  const rows = read.flatMap(found => found.kind === 'row' ? [found.row] : [])
  // Of a pair with a row that could not be read nothing more is said.
  const unread = new Set(read.flatMap(found => found.kind === 'refused' ? [found.pair] : []))
  const whole = [...Map.groupBy(rows, ({ pair }) => pair).values()]
    .map(rows => rows as [Row, ...Row[]])
    .filter(([{ pair }]) => !unread.has(pair))
  const problems = [
    ...read.flatMap(found => found.kind === 'refused' ? found.problems : []),
    ...otherExperiments(rows),
    ...whole.flatMap(rows => pairProblems(head, rows)),
    ...repeatedPairs(head, whole),
  ]
  return problems.length ? refused(problems) : { kind: 'read', results: resultsOf(head, rows) }
}

function refused(problems: readonly LineProblem[]): ReadResults {
  return { kind: 'refused', problems: problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) }
}

function otherExperiments(rows: readonly Row[]): LineProblem[] {
  const first = rows[0]
  const other = rows.find(({ experiment }) => experiment !== first!.experiment)
  return first && other ? [{ line: other.line, message: `the experiment is ${quoted(other.experiment)}, and ${quoted(first.experiment)} in line ${first.line}; a file holds one experiment, so make it two files` }] : []
}

function pairProblems({ factors }: Head, rows: readonly [Row, ...Row[]]): LineProblem[] {
  const [first, second] = rows
  const again = rows.flatMap((row, i): LineProblem[] => {
    const before = rows.slice(0, i).find(({ side }) => side === row.side)
    return before ? [{ line: row.line, message: `the ${row.side} side of pair ${quoted(row.pair)} stands in line ${before.line} already; a pair has two rows, one a side` }] : []
  })
  if (again.length)
    return again
  if (!second)
    return [{ line: first.line, message: `pair ${quoted(first.pair)} has no ${first.side === 'dense' ? 'sparse' : 'dense'} side; it needs a row of it` }]
  const differs = (name: string, here: string | number, there: string | number, why: string): LineProblem => ({
    line: second.line,
    message: `${name} is ${showValue(here)}, and ${showValue(there)} on the ${first.side} side in line ${first.line}; ${why}`,
  })
  return [
    ...(['capacity', 'seed'] as const).filter(key => second[key] !== first[key]).map(key => differs(key, second[key], first[key], 'a pair has one')),
    ...factors.filter(({ name, sides }) => sides === 'same' && second.levels[name] !== first.levels[name])
      .map(({ name }) => differs(name, second.levels[name]!, first.levels[name]!, `a treatment is the same on both sides of a pair${didYouMean(name, measures.ids)}`)),
    ...[...second.given].flatMap(([measure, here]) => {
      const there = first.given.get(measure)
      return here.kind === 'counts' && there?.kind === 'counts' && here.total !== there.total
        ? [differs(`${measure}.total`, here.total, there.total, 'both sides are tested on the same examples')]
        : []
    }),
  ]
}

function showValue(value: string | number): string {
  return typeof value === 'number' ? String(value) : quoted(value)
}

function repeatedPairs({ factors }: Head, whole: readonly (readonly [Row, ...Row[]])[]): LineProblem[] {
  const seen = new Map<string, Row>()
  return whole.flatMap((rows): LineProblem[] => {
    const [row] = rows
    const key = JSON.stringify([levelsOfPair(factors, rows), row.capacity, row.seed])
    const before = seen.get(key)
    seen.set(key, before ?? row)
    return before ? [{ line: row.line, message: `pair ${quoted(row.pair)} has the treatment, capacity and seed of pair ${quoted(before.pair)} in line ${before.line}; one of them must differ, or a column is missing that tells them apart` }] : []
  })
}

/** What both sides say; both where they differ as they may: "0.1 | 0.03". */
function levelsOfPair(factors: readonly FactorColumn[], rows: readonly Row[]): Record<string, string> {
  const [dense, sparse] = sidesOf(rows)
  return Object.fromEntries(factors.map(({ name, sides }) => {
    const [ofDense, ofSparse] = [dense?.levels[name], sparse?.levels[name]]
    return [name, ofDense === undefined || ofSparse === undefined || ofDense === ofSparse || sides === 'sparse' ? ofSparse ?? ofDense! : `${ofDense} | ${ofSparse}`]
  }))
}

function sidesOf(rows: readonly Row[]): [dense: Row | undefined, sparse: Row | undefined] {
  const of = (side: Side): Row | undefined => rows.find(row => row.side === side)
  return [of('dense'), of('sparse')]
}

function resultsOf({ measures, factors }: Head, rows: readonly Row[]): ImportedResults {
  const values = valuesOf(rows, measures.map(({ measure }) => measure))
  const runOf = (row: Row): ImportedRun => ({ state: row.state, settings: row.settings, measures: values.get(row)! })
  const pairs = [...Map.groupBy(rows, ({ pair }) => pair).values()].map((rows): Omit<ImportedPair, 'treatment'> => {
    const [dense, sparse] = sidesOf(rows) as [Row, Row]
    return { name: dense.pair, levels: levelsOfPair(factors, rows), capacity: dense.capacity, seed: dense.seed, dense: runOf(dense), sparse: runOf(sparse) }
  })
  const varied = factors.map(({ name }) => name).filter(name => levelsOf(pairs, name).length > 1)
  return {
    ...rows[0]!.experiment && { experiment: rows[0]!.experiment },
    factors: factors.map(({ name }) => name),
    measures: measures.map(({ measure }) => measure),
    pairs: pairs.map(pair => ({ ...pair, treatment: varied.map(name => pair.levels[name]).join(' · ') || 'base' })),
  }
}

/** The values of each row, decimals of one column as counts of one total. */
function valuesOf(rows: readonly Row[], ids: readonly string[]): Map<Row, Record<string, ImportedValue>> {
  const values = new Map(rows.map((row): [Row, Record<string, ImportedValue>] => [row, {}]))
  for (const id of ids) {
    const given = rows.flatMap(row => row.given.has(id) ? [{ row, given: row.given.get(id)! }] : [])
    const decimals = given.flatMap(({ given }) => given.kind === 'decimal' ? [given.decimal] : [])
    const counts = countsOf(decimals)[Symbol.iterator]()
    for (const { row, given: found } of given) {
      const share = found.kind === 'decimal' ? counts.next().value! : found
      values.get(row)![id] = 'value' in share ? { value: share.value } : { value: share.correct / share.total, correct: share.correct, total: share.total }
    }
  }
  return values
}
