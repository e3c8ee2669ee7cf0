import type { TableCell, TableColumn, TableContent } from '../tables/content'
import type { PCell, PValues } from './panels/p-values'
import { points, probability, significant } from '../format'
import { measures } from '../measures'
import { PAPER } from '../paper/tables'
import { contrastInWords } from './differences'
import { facetInWords } from './facets'
import { fieldOf } from './fields'
import { silent } from './outcome'

type Facet = PValues['facets'][number]

const REMARKS = ['p, diverged worst', 'zeros', 'not complete', 'collapsed']

/** The tables of p, as in a paper, one a facet; then one with all that is known of each cell. */
export function pValueTables(result: PValues, caption: string): TableContent[] {
  if (result.facets.length === 0)
    return []
  return [
    ...result.facets.map((facet, i) => gridOf(result, facet, result.facets.length > 1 ? `p-values-${i + 1}` : 'p-values', caption)),
    cellsOf(result, caption),
  ]
}

/** Rows and columns as on the screen, in each cell p after correction. */
function gridOf({ rows, alpha, correction }: PValues, facet: Facet, id: string, caption: string): TableContent {
  const shown = ({ test, adjusted }: PCell): TableCell => {
    const p = correction === 'none' ? test.p : adjusted
    return { value: p, text: p === null ? '–' : `${probability(p)}${p <= alpha ? '*' : ''}` }
  }
  return {
    id,
    caption: [...facetInWords(facet) ? [`${facetInWords(facet)}.`] : [], caption, `* p ≤ ${alpha}.`].join(' '),
    columns: [
      { name: fieldOf(rows).title, unit: '', help: `Value of ${fieldOf(rows).title}`, align: 'left' },
      ...facet.columns.map((column): TableColumn => ({ name: String(column ?? 'not set'), unit: '', help: `p where it is ${String(column ?? 'not set')}`, align: 'right' })),
    ],
    rows: facet.rows.map(row => [String(row ?? 'not set'), ...facet.columns.map((column) => {
      const cell = facet.cells.find(cell => cell.row === row && cell.column === column)
      return cell ? shown(cell) : null
    })]),
  }
}

/** A row a cell. */
function cellsOf(result: PValues, caption: string): TableContent {
  const { unit } = measures.get(result.measure)
  const { first, second, of } = contrastInWords(result.contrast)
  const difference = (value: number | null): TableCell => ({ value, text: value === null ? '–' : unit === 'share' ? points(value) : significant(value) })
  const p = (value: number | null): TableCell => ({ value, text: value === null ? '–' : probability(value) })
  const apart = Object.keys(result.facets[0]?.at ?? {})
  const fields = [...apart, result.rows, ...result.columns === result.rows ? [] : [result.columns]]
  const inUnit = { unit: unit === 'share' ? 'share' : unit, ...unit === 'share' && { shownUnit: 'points' }, align: 'right' } as const
  const hasPaper = result.facets.some(({ cells }) => cells.some(({ paper }) => paper))
  const number = { unit: '', align: 'right' } as const
  return withoutEmpty({
    id: 'p-value-cells',
    caption,
    columns: [
      ...fields.map((name): TableColumn => ({ name: fieldOf(name).title, unit: '', help: `Value of ${fieldOf(name).title}`, align: 'left' })),
      { name: 'n', help: `Complete ${result.contrast.kind === 'sides' ? 'pairs' : 'pairs of pairs'}`, ...number },
      { name: 'p', help: 'Of this cell alone', ...number },
      { name: 'adjusted p', help: 'After the correction that the caption states', ...number },
      { name: 'p, diverged worst', help: 'Of this cell alone, divergence ranked worst; empty where nothing diverged', ...number },
      { name: 'smallest p', help: 'That so many differences can give, alone', ...number },
      { name: 'estimate', help: `Hodges-Lehmann estimate of ${second} - ${first}${of}`, ...inUnit },
      { name: 'low', help: 'Lower end of its interval; empty where so few pairs bound nothing', ...inUnit },
      { name: 'high', help: 'Upper end of its interval', ...inUnit },
      { name: 'mean', help: `Mean of ${second} - ${first}${of}`, ...inUnit, spread: 'sd' },
      { name: 'rank-biserial', help: 'Matched rank-biserial correlation, -1 .. 1', digits: 2, ...number },
      { name: 'zeros', help: 'Differences of zero', ...number },
      ...hasPaper ? [{ name: 'paper p', help: `${PAPER}: one-sided p of the same cell`, ...number }, { name: 'paper', unit: '', help: 'Whether our interval agrees with it', align: 'left' } as const] : [],
      { name: 'not complete', unit: '', help: 'What is not in n, and why', align: 'left' },
      { name: 'collapsed', help: 'Complete ones with a side that ended finite but dead', ...number },
    ],
    rows: result.facets.flatMap(({ at, cells }) => cells.map(({ row, column, counts, test, adjusted, smallest, paper }) => [
      ...apart.map(name => String(at[name] ?? 'not set')),
      String(row ?? 'not set'),
      ...result.columns === result.rows ? [] : [String(column ?? 'not set')],
      counts.complete,
      p(test.p),
      p(adjusted),
      p(test.pDiverged),
      p(smallest),
      difference(test.estimate),
      difference(test.interval.low),
      difference(test.interval.high),
      { value: test.mean, spread: test.sd, text: test.mean === null ? '–' : (unit === 'share' ? points : significant)(test.mean) },
      test.effect,
      test.zeros,
      ...hasPaper ? [paper ? { value: paper.p, text: paper.p.toFixed(3) } : null, paper?.verdict ?? null] : [],
      (['diverged', ...silent] as const).filter(kind => counts[kind] > 0).map(kind => `${counts[kind]} ${kind}`).join(', '),
      counts.collapsed.dense + counts.collapsed.sparse,
    ])),
  })
}

/** What is empty in every row is left out: remarks that there are none of. */
function withoutEmpty({ columns, rows, ...table }: TableContent): TableContent {
  const isEmpty = (cell: TableCell): boolean => cell === null || cell === '' || cell === 0 || (typeof cell === 'object' && cell.value === null)
  const kept = columns.map(({ name }, i) => !REMARKS.includes(name) || rows.some(row => !isEmpty(row[i] ?? null)))
  return { ...table, columns: columns.filter((_, i) => kept[i]), rows: rows.map(row => row.filter((_, i) => kept[i])) }
}
