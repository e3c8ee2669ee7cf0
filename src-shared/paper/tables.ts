import type { Side } from '../random/stream'
import tables from '../../resources/paper/tables.json'

/** What a table says of whose numbers stand beside ours. */
export const PAPER = 'Tessera et al. 2021'

/** Where its numbers were read. */
export const paperSource: string = tables.source

/** An absolute Kendall correlation, over the paper's multilayer perceptrons, of gradient flow with what it should tell. */
export interface PaperCorrelation {
  /** A data set's id, ours. */
  readonly dataset: string
  readonly side: Side
  /** Ids of our measures. */
  readonly flow: string
  readonly outcome: 'test.loss' | 'test.accuracy'
  /** 0 .. 1, three decimals. */
  readonly absoluteTau: number
}

/** The p of one cell of the paper's tables, one-sided: sparse accuracy being higher than dense. */
export interface PaperPValue {
  /** As the paper has it: "sgd-momentum-0.9". */
  readonly optimizer: string
  /** As the paper has it: "DA_BN", "relu". */
  readonly level: string
  /** Three decimals: 0 is less than 0.0005. */
  readonly p: number
}

/** The paper's table of correlations; of one data set what it has of it, nothing of others. */
export function paperCorrelations(dataset?: string): readonly PaperCorrelation[] {
  return dataset === undefined ? correlations : correlations.filter(one => one.dataset === dataset)
}

/** The paper's tables of p-values, by what their columns vary. */
export function paperPValues(varied: 'regularisation' | 'activation'): readonly PaperPValue[] {
  return pValues[varied]
}

const correlations = Object.entries(tables.correlation.rows).flatMap(([dataset, flows]) => Object.entries(flows).flatMap(([flow, row]) =>
  tables.correlation.columns.map((column, i): PaperCorrelation => {
    const [side, outcome] = column.split(' ')
    return { dataset, side: side as Side, flow, outcome: outcome === 'loss' ? 'test.loss' : 'test.accuracy', absoluteTau: row[i]! }
  })))

const pValues = { regularisation: cellsOf(tables.pValuesRegularization), activation: cellsOf(tables.pValuesActivation) }

function cellsOf({ columns, rows }: { readonly columns: readonly string[], readonly rows: Readonly<Record<string, readonly number[]>> }): PaperPValue[] {
  return Object.entries(rows).flatMap(([optimizer, row]) => columns.map((level, i) => ({ optimizer, level, p: row[i]! })))
}
