import type { Result, StoredRow } from './record'
import type { Column } from './variants'
import { facts, grouped, table } from './report-table'
import { columns, ours, rivals } from './variants'

/** Tables of steps: those of one thread first, a network, an optimizer and a day each. */
export function rowTables(rows: readonly StoredRow[]): string[] {
  return grouped(rows.toSorted((a, b) => a.threads - b.threads), ({ threads }) => threads).flatMap(([threads, of]) => [
    `### ${threads === 1 ? 'One thread' : `${threads} threads`}`,
    ...grouped(of, ({ subject: { kind, network }, optimizer, environment }) => ({ kind, network, optimizer, environment }))
      .flatMap(([{ kind, network, optimizer, environment }, same]) => [
        `#### ${kind === 'twin' ? `Twins of equal capacity, sparse side ${network}` : network}, ${optimizer}`,
        facts(environment),
        stepTable(same.toSorted(byPlace)),
      ]),
  ])
}

function byPlace({ subject: a }: StoredRow, { subject: b }: StoredRow): number {
  if (a.kind === 'network' && b.kind === 'network')
    return a.sparsity - b.sparsity
  if (a.kind === 'twin' && b.kind === 'twin')
    return a.width - b.width || (a.side < b.side ? -1 : 1)
  return 0
}

function stepTable(rows: readonly StoredRow[]): string {
  const shownColumns = columns.filter(({ id }) => id !== 'ours' && rows.some(row => triedFor(row, id).length))
  const hasTwins = rows.some(({ subject }) => subject.kind === 'twin')
  const notes: string[] = []
  const lines = rows.map(row => [
    name(row),
    ...oursOf(row),
    ...shownColumns.map(({ id }) => cell(row, id, notes)),
    ...hasTwins ? [toDense(row, rows)] : [],
  ])
  const head = [hasTwins ? 'W, side' : 'sparse', 'native, ms', 'GFLOP/s', ...shownColumns.map(({ title }) => title), ...hasTwins ? ['sparse / dense, native'] : []]
  return [table(head, lines), ...notes.length ? [notes.map((note, i) => `[${i + 1}] ${note}`).join('  \n')] : []].join('\n\n')
}

function name({ subject }: StoredRow): string {
  return subject.kind === 'network' ? `${subject.sparsity} %` : `${subject.width} ${subject.side}`
}

type Measured = Extract<Result, { kind: 'measured' }>

function measuredOf({ results }: StoredRow, id: string): Measured | undefined {
  const result = results[id]
  return result?.kind === 'measured' ? result : undefined
}

function oursOf(row: StoredRow): string[] {
  const native = measuredOf(row, ours.id)
  return native ? [`${milliseconds(native.minimum)} (${milliseconds(native.median)})`, (row.operations / native.minimum / 1e6).toFixed(0)] : ['–', '–']
}

/** What was measured or tried for a column, the fastest first: it stands for the others. */
function triedFor(row: StoredRow, column: Column): { readonly title: string, readonly result: Result }[] {
  const time = ({ result }: { result: Result }): number => result.kind === 'measured' ? result.minimum : Infinity
  return rivals.filter(variant => variant.column === column && variant.id in row.results)
    .map(({ id, title }) => ({ title, result: row.results[id]! }))
    .sort((a, b) => time(a) - time(b))
}

function cell(row: StoredRow, column: Column, notes: string[]): string {
  const tried = triedFor(row, column)
  const marks = tried.flatMap(({ title, result }) => result.kind === 'measured' ? [] : [mark(`${title}: ${result.reason}`, notes)])
  const [first] = tried
  if (!first)
    return '–'
  return [shown(first.title, first.result, column), ...marks].join(' ')
}

function shown(title: string, result: Result, column: Column): string {
  if (result.kind !== 'measured')
    return 'none'
  const several = rivals.filter(variant => variant.column === column).length > 1
  const { minima, paired } = result.ratio
  return `${milliseconds(result.minimum)}, ${times(minima)} / ${times(paired)}${several ? ` (${title})` : ''}`
}

/** The number of a note, which is added if it is new. */
function mark(note: string, notes: string[]): string {
  const known = notes.indexOf(note)
  return `[${known < 0 ? notes.push(note) : known + 1}]`
}

/** How much longer the sparse twin's step takes than the dense one's: 1 is ideal. */
function toDense(row: StoredRow, rows: readonly StoredRow[]): string {
  const { subject } = row
  if (subject.kind !== 'twin' || subject.side === 'dense')
    return ''
  const dense = rows.find(({ subject: other }) => other.kind === 'twin' && other.side === 'dense' && other.width === subject.width)
  const [sparseTime, denseTime] = [measuredOf(row, ours.id), dense && measuredOf(dense, ours.id)]
  return sparseTime && denseTime ? (sparseTime.minimum / denseTime.minimum).toFixed(2) : '–'
}

/** Three digits that count. */
function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}

function times(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toPrecision(2)}x`
}
