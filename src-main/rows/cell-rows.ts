import type { CellRow } from '@shared/contract/rows'
import type { ComparedCell, ComparedValues } from '@shared/statistics/cells'
import type { Comparison } from '../comparison/compare'
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
    planned: cell.pairs + cell.diverged + cell.failed + cell.unfinished,
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
