import type { CellRow } from '@shared/contract/rows'
import { cellsTable } from '@shared/tables/cells'
import { flat, textOf } from '@shared/tables/content'
import { describe, expect, it } from 'vitest'

const compared = (dense: number, sparse: number) => ({ dense: { n: 4, mean: dense, sd: 0.01 }, sparse: { n: 4, mean: sparse, sd: 0.02 }, difference: { n: 4, mean: sparse - dense, sd: 0.005 } })

function cell(changes: Partial<CellRow> = {}): CellRow {
  return {
    treatment: 'BN',
    capacity: 79,
    pairs: 4,
    capacities: 1,
    seeds: 4,
    planned: 4,
    diverged: 0,
    failed: 0,
    cancelled: 0,
    unfinished: 0,
    untied: 4,
    collapsed: { dense: 0, sparse: 0 },
    accuracy: compared(0.8, 0.85),
    egf1: compared(1, 2),
    egf2: compared(0.25, 0.125),
    pSparseBetter: 0.0625,
    pDenseBetter: 1,
    ...changes,
  }
}

function read(cells: readonly CellRow[]) {
  const { columns, rows } = cellsTable(cells, ['About.'])
  return rows.map(row => row.map((one, i) => textOf(one, columns[i]!)))
}

describe('the table of cells', () => {
  it('reads as the screen does', () => {
    expect(read([cell(), cell({ capacity: null, pairs: 8, capacities: 2, planned: 8 })])).toEqual([
      ['BN', '79', '80.0 ± 1.0', '85.0 ± 2.0', '+5.0 ± 0.5', '0.063', '0.250 ± 0.010', '0.125 ± 0.020', '4 = 1 x 4'],
      ['BN', 'all', '80.0 ± 1.0', '85.0 ± 2.0', '+5.0 ± 0.5', '0.063', '0.250 ± 0.010', '0.125 ± 0.020', '8 = 2 x 4'],
    ])
  })

  it('keeps values in full', () => {
    const { columns, rows } = flat(cellsTable([cell({ pSparseBetter: 0.1234567 })], []))
    const value = (name: string) => rows[0]![columns.findIndex(column => column.name === name)]
    expect([value('dense accuracy'), value('dense accuracy, sd'), value('p'), value('W')]).toEqual([0.8, 0.01, 0.1234567, 79])
  })

  it('says what is not in the numbers, where something is not', () => {
    const lost = cell({ pairs: 1, seeds: 1, failed: 1, diverged: 2, collapsed: { dense: 0, sparse: 1 } })
    expect(read([cell(), lost]).map(row => row.at(-1))).toEqual(['', '1 failed, 2 diverged, 1 sparse collapsed'])
    expect(read([cell()])[0]).toHaveLength(9)
  })

  it('has nothing to say of a cell without pairs', () => {
    const none = { n: 0, mean: null, sd: null }
    const nothing = { dense: none, sparse: none, difference: none }
    expect(read([cell({ pairs: 0, capacities: 0, seeds: 0, unfinished: 4, accuracy: nothing, egf2: nothing, pSparseBetter: null })])[0]).toEqual(['BN', '79', '–', '–', '–', '–', '–', '–', '0', '4 unfinished'])
  })

  it('has a caption with test, n and correction', () => {
    const { caption } = cellsTable([cell(), cell({ treatment: 'NR' })], ['About.'])
    expect(caption).toMatch(/^About\. p: exact one-sided Wilcoxon signed-rank test .* n is the number of pairs.* not corrected for the 2 cells shown\.$/)
  })
})
