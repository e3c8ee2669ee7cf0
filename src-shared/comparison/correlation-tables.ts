import type { TableCell, TableColumn, TableContent } from '../tables/content'
import type { At } from './panel'
import type { CorrelationCell, Correlations, CorrelationTable } from './panels/correlations'
import { probability } from '../format'
import { measures } from '../measures'
import { PAPER } from '../paper/tables'
import { facetInWords } from './facets'

const decimals = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(2)}`
const number = (value: number | null, text: (value: number) => string): TableCell => ({ value, text: value === null ? '–' : text(value) })

/** The tables as a paper has them, one a part and facet, the pooled one last; then one with all that is known of each cell. */
export function correlationTables(result: Correlations, caption: string): TableContent[] {
  const tables = result.parts.flatMap(({ at, facets, pooled }) => [
    ...facets.map(table => ({ at: { ...at, ...table.at }, table })),
    { at: facets.length ? at : { ...at, ...pooled.at }, table: pooled },
  ])
  if (tables.every(({ table }) => table.cells.length === 0))
    return []
  return [
    ...tables.map(({ at, table }, i) => gridOf(result, at, table, tables.length > 1 ? `correlations-${i + 1}` : 'correlations', caption)),
    cellsOf(tables, caption),
  ]
}

/** Rows are flow measures, columns outcomes of a side; the largest of a column has a star. */
function gridOf({ flows, columns, coefficient }: Correlations, at: At, { cells }: CorrelationTable, id: string, caption: string): TableContent {
  const shown = ({ found, isBest }: CorrelationCell): TableCell => {
    if (found.kind !== 'correlated')
      return null
    const value = coefficient === 'absolute' ? Math.abs(found.value) : found.value
    return { value, text: `${decimals(value)}${isBest ? '*' : ''}` }
  }
  return {
    id,
    caption: [...facetInWords({ at }) ? [`${facetInWords({ at })}.`] : [], caption, '* The largest absolute value of its column.'].join(' '),
    columns: [
      { name: 'flow', unit: '', help: 'Measure of gradient flow', align: 'left' },
      ...columns.map(({ side, outcome }): TableColumn => ({ name: `${side} ${measures.get(outcome).label.toLowerCase()}`, unit: '', help: `Correlation with ${outcome} over the runs of this side`, align: 'right' })),
    ],
    rows: flows.map(flow => [flow, ...columns.map(({ side, outcome }) => {
      const cell = cells.find(cell => cell.flow === flow && cell.side === side && cell.outcome === outcome)
      return cell ? shown(cell) : null
    })]),
  }
}

/** A row a cell. */
function cellsOf(tables: readonly { readonly at: At, readonly table: CorrelationTable }[], caption: string): TableContent {
  const right = { unit: '', align: 'right' } as const
  const hasPaper = tables.some(({ table }) => table.cells.some(({ paper }) => paper))
  return {
    id: 'correlation-cells',
    caption,
    columns: [
      { name: 'of', unit: '', help: 'What the runs have in common; all where it is empty', align: 'left' },
      { name: 'flow', unit: '', help: 'Measure of gradient flow', align: 'left' },
      { name: 'with', unit: '', help: 'Measure that it is correlated with', align: 'left' },
      { name: 'side', unit: '', help: 'Side of the runs', align: 'left' },
      { name: 'runs', help: 'Finished, finite ones', ...right },
      { name: 'clusters', help: 'Treatments x seeds: what the interval draws', ...right },
      { name: 'value', help: 'With its sign', ...right },
      { name: 'low', help: 'Lower end of the bootstrap interval over clusters', ...right },
      { name: 'high', help: 'Upper end', ...right },
      { name: 'p', help: 'Two-sided, if the runs were independent', ...right },
      ...hasPaper ? [{ name: 'paper', help: `${PAPER}: absolute tau-b`, ...right }] : [],
    ],
    rows: tables.flatMap(({ at, table }) => table.cells.map(({ flow, outcome, side, found, paper }) => {
      const known = found.kind === 'correlated' ? found : undefined
      return [
        facetInWords({ at }),
        flow,
        outcome,
        side,
        found.n,
        known?.clusters ?? null,
        number(known?.value ?? null, decimals),
        number(known?.interval?.low ?? null, decimals),
        number(known?.interval?.high ?? null, decimals),
        number(known?.p ?? null, probability),
        ...hasPaper ? [number(paper?.absoluteTau ?? null, value => value.toFixed(3))] : [],
      ]
    })),
  }
}
