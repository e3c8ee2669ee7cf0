import type { ComparedCell } from '@shared/statistics/cells'
import type { StoredImport, StoredImportedPair } from '../store/imports'
import type { Store } from '../store/open'
import { comparedPair } from '@shared/import/compared'
import { importedStates, levelsOf } from '@shared/import/results'
import { compareCells } from '@shared/statistics/cells'
import { atMost, plural } from '@shared/words'
import { reach } from '../comparison/notes'
import { pairsOfImport } from '../store/imports'
import { moment, right, textTable, wrapped } from './format'
import { cellsTable, resultsJson } from './results'

/** An import as `lab list --json` has it. */
export interface ImportSummary {
  readonly import: string
  readonly name: string
  readonly file: string
  readonly varies: readonly { readonly factor: string, readonly levels: readonly string[] }[]
  readonly capacities: readonly number[]
  readonly seeds: readonly number[]
  readonly measures: readonly string[]
  readonly createdAt: Date
  /** Counts by state. */
  readonly runs: Readonly<Record<string, number>>
}

export function importSummary(store: Store, stored: StoredImport): ImportSummary {
  return summaryOf(stored, pairsOfImport(store, stored.id))
}

function summaryOf({ slug, name, file, columns: { factors, measures }, createdAt }: StoredImport, pairs: readonly StoredImportedPair[]): ImportSummary {
  const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b)
  const states = pairs.flatMap(({ dense, sparse }) => [dense.state, sparse.state])
  return {
    import: slug,
    name,
    file,
    varies: factors.map(factor => ({ factor, levels: levelsOf(pairs, factor) })).filter(({ levels }) => levels.length > 1),
    capacities: ascending(pairs.map(({ capacity }) => capacity)),
    seeds: ascending(pairs.map(({ seed }) => seed)),
    measures,
    createdAt,
    runs: Object.fromEntries(importedStates.map(state => [state, states.filter(one => one === state).length] as const).filter(([, count]) => count > 0)),
  }
}

/** Imports below each other, for `lab list`. */
export function importsTable(imports: readonly ImportSummary[]): string {
  return textTable(
    ['import', 'varies', 'W', right('seeds'), right('runs'), 'state', 'file', 'imported'],
    imports.map(({ import: slug, varies, capacities, seeds, runs, file, createdAt }) => [
      slug,
      varies.map(({ factor, levels }) => `${factor} ${levels.length}`).join(', '),
      capacities.join(', '),
      String(seeds.length),
      String(Object.values(runs).reduce((sum, count) => sum + count, 0)),
      Object.entries(runs).map(([state, count]) => `${count} ${state}`).join(', '),
      file,
      moment(createdAt),
    ]),
  )
}

/** What an import holds and its table of cells, for `lab import` and `lab show`. */
export function showImport(store: Store, stored: StoredImport, json: boolean): string {
  const pairs = pairsOfImport(store, stored.id)
  return json ? JSON.stringify(importJson(stored, pairs), null, 2) : importText(stored, pairs)
}

export function importJson(stored: StoredImport, pairs: readonly StoredImportedPair[]): object {
  return {
    ...summaryOf(stored, pairs),
    sha256: stored.sha256,
    ...resultsJson({ cells: cellsOf(stored, pairs), tuned: [] }),
    pairs: pairs.map(({ name, ...pair }) => ({ pair: name, ...pair })),
  }
}

/** No cells without accuracies. */
function cellsOf({ columns: { measures } }: StoredImport, pairs: readonly StoredImportedPair[]): ComparedCell[] {
  return measures.includes('test.accuracy') ? compareCells(pairs.map(comparedPair)) : []
}

function importText(stored: StoredImport, pairs: readonly StoredImportedPair[]): string {
  const cells = cellsOf(stored, pairs)
  return [
    stored.name,
    '',
    ...cells.length ? [cellsTable(cells, { p: true, flow: stored.columns.measures.includes('egf2') }), ''] : [],
    ...[...contents(stored, pairs), ...meaning(cells)].map(wrapped),
  ].join('\n')
}

/** What was read. */
function contents({ file, columns: { factors, measures } }: StoredImport, pairs: readonly StoredImportedPair[]): string[] {
  const levels = factors.map(factor => ({ factor, levels: levelsOf(pairs, factor) }))
  const varied = levels.filter(({ levels }) => levels.length > 1)
  const common = levels.filter(({ levels }) => levels.length === 1)
  const treatments = new Set(pairs.map(({ treatment }) => treatment)).size
  const capacities = [...new Set(pairs.map(({ capacity }) => capacity))].sort((a, b) => a - b)
  const seeds = [...new Set(pairs.map(({ seed }) => seed))].sort((a, b) => a - b)
  const missing = pairs.flatMap(({ name, dense, sparse }) => {
    const what = Object.entries({ dense, sparse }).filter(([, { state }]) => state !== 'done').map(([side, { state }]) => `${side} ${state}`)
    return what.length ? [`${name} (${what.join(', ')})`] : []
  })
  return [
    `${plural(pairs.length, 'pair')} of ${file}: ${plural(treatments, 'treatment')}, ${capacities.length === 1 ? 'capacity' : 'capacities'} ${capacities.join(', ')}, ${seeds.length === 1 ? 'seed' : 'seeds'} ${atMost(20, seeds.map(String))}; ${measures.length === 1 ? 'measure' : 'measures'} ${measures.join(', ')}.`,
    ...varied.map(({ factor, levels }) => `Varied: ${factor} (${atMost(20, levels)}).`),
    ...common.length ? [`The same everywhere: ${common.map(({ factor, levels }) => `${factor} ${levels[0]!}`).join(', ')}.`] : [],
    ...missing.length ? [`Not complete: ${atMost(10, missing)}.`] : [],
  ]
}

/** What the numbers of the table are, and what they can show. */
function meaning(cells: readonly ComparedCell[]): string[] {
  return cells.length
    ? ['Accuracy and EGF₂ are those of the file, mean ± sd over pairs; p is that of a one-sided exact signed-rank test of accuracy.', ...reach(cells)]
    : ['There is no table of cells: it compares test.accuracy, which the file does not have.']
}
