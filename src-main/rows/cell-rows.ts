import type { CellRow } from '@shared/contract/rows'
import type { ComparedCell, ComparedValues } from '@shared/statistics/cells'
import type { Comparison } from '../comparison/compare'
import { incomplete } from '@shared/statistics/cells'
import { meanSdRow } from './numbers'

type Compared = CellRow['accuracy']

/** Compared cells without what is not finite. */
export function cellRows({ cells }: Comparison): CellRow[] {
  return cells.map(cellRow)
}

function cellRow({ capacity, accuracy, egf1, egf2, p, ...cell }: ComparedCell): CellRow {
  return {
    ...cell,
    capacity: capacity ?? null,
    planned: incomplete.reduce((sum, kind) => sum + cell[kind], cell.pairs),
    accuracy: compared(accuracy),
    egf1: compared(egf1),
    egf2: compared(egf2),
    pSparseBetter: p.sparseBetter ?? null,
    pDenseBetter: p.denseBetter ?? null,
  }
}

function compared({ dense, sparse, difference }: ComparedValues): Compared {
  return { dense: meanSdRow(dense), sparse: meanSdRow(sparse), difference: meanSdRow(difference) }
}
