import type { CellRow, MeanSdRow } from '../contract/rows'
import type { ShownCell, TableColumn, TableContent } from './content'
import { decimalsFor, percent, points, probability, withSd } from '../format'
import { incomplete } from '../statistics/cells'
import { plural } from '../words'

const SD = 'sd'

/**
 * Dense beside sparse, a row a treatment and dense width W, as the screen and the terminal show it.
 * @param cells of all treatments of one experiment
 * @param about what its numbers are, sentences
 */
export function cellsTable(cells: readonly CellRow[], about: readonly string[]): TableContent {
  const flow = decimalsFor(cells.flatMap(({ egf2 }) => [egf2.dense, egf2.sparse]).map(({ mean }) => mean ?? Number.NaN))
  const remarks = cells.map(remarksOn)
  const hasRemarks = remarks.some(Boolean)
  return {
    id: 'cells',
    caption: [...about, ...tested(cells)].join(' '),
    columns: [...columns, ...hasRemarks ? [{ name: 'remarks', unit: '', help: 'Pairs that are not in the numbers, and collapsed networks, which are', align: 'left' } as const] : []],
    rows: cells.map((cell, i) => [
      cell.treatment,
      { value: cell.capacity, text: cell.capacity === null ? 'all' : String(cell.capacity) },
      shown(cell.accuracy.dense, percent),
      shown(cell.accuracy.sparse, percent),
      shown(cell.accuracy.difference, points),
      { value: cell.pSparseBetter, text: cell.pSparseBetter === null ? '–' : probability(cell.pSparseBetter) },
      shown(cell.egf2.dense, flow),
      shown(cell.egf2.sparse, flow),
      { value: cell.pairs, text: pairsOf(cell) },
      ...hasRemarks ? [remarks[i]!] : [],
    ]),
    grouped: true,
  }
}

const accuracy = { unit: 'share', shownUnit: '%', align: 'right', spread: SD } as const
const flow = { unit: '', align: 'right', spread: SD } as const

const columns: readonly TableColumn[] = [
  { name: 'treatment', unit: '', help: 'Combination of levels', align: 'left' },
  { name: 'W', unit: 'units', shownUnit: '', help: 'Dense width; all of them together where it is empty', align: 'right' },
  { name: 'dense accuracy', help: 'Final accuracy of the dense networks on the whole test set, mean over pairs', ...accuracy },
  { name: 'sparse accuracy', help: 'Final accuracy of the sparse networks on the whole test set, mean over pairs', ...accuracy },
  { name: 'sparse - dense', help: 'Difference of the accuracies of a pair, mean over pairs', ...accuracy, shownUnit: 'points' },
  { name: 'p', unit: '', help: 'One-sided exact Wilcoxon signed-rank test over pairs, H0: sparse <= dense in accuracy', align: 'right' },
  { name: 'dense EGF₂', help: 'Effective gradient flow, p = 2, of the dense networks: mean over 11 epochs (all if fewer), then over pairs', ...flow },
  { name: 'sparse EGF₂', help: 'Effective gradient flow, p = 2, of the sparse networks: mean over 11 epochs (all if fewer), then over pairs', ...flow },
  { name: 'pairs', unit: '', help: 'Complete pairs: capacities x seeds', align: 'right' },
]

function shown({ n, mean, sd }: MeanSdRow, format: (value: number) => string): ShownCell {
  return { value: mean, spread: sd, text: withSd({ n, mean: mean ?? Number.NaN, sd: sd ?? Number.NaN }, format) }
}

/** "8 = 2 x 4", capacities and seeds. */
function pairsOf({ pairs, capacities, seeds }: CellRow): string {
  return pairs > 0 && pairs === capacities * seeds ? `${pairs} = ${capacities} x ${seeds}` : String(pairs)
}

function remarksOn({ collapsed, ...cell }: CellRow): string {
  return [
    ...incomplete.filter(kind => cell[kind] > 0).map(kind => `${cell[kind]} ${kind}`),
    ...Object.entries(collapsed).filter(([, count]) => count > 0).map(([side, count]) => `${count} ${side} collapsed`),
  ].join(', ')
}

/** How p was computed, over how much, and corrected for what. */
function tested(cells: readonly CellRow[]): string[] {
  const several = cells.some(({ capacity }) => capacity === null)
  return [
    'p: exact one-sided Wilcoxon signed-rank test over pairs, H0: sparse ≤ dense in accuracy; pairs without a difference are left out, ties have mid-ranks.',
    `n is the number of pairs, capacities times seeds${several ? '; rows of all widths pool those above them' : ''}.`,
    `p is not corrected for the ${plural(cells.length, 'cell')} shown.`,
  ]
}
