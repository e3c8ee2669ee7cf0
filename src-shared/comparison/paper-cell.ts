import type { CellTest } from './cell-test'
import type { ComparisonPair } from './pair'
import { paperPValues } from '../paper/tables'
import { fieldOf, valuesOf } from './fields'

/** The paper's p of the same cell, and whether ours agrees. */
export interface PaperCell {
  /** One-sided, sparse being better in accuracy; three decimals. */
  readonly p: number
  /** 'open': our interval holds zero where the paper's p is significant. */
  readonly verdict: 'agrees' | 'differs' | 'open'
}

/** Our optimizers by the paper's names. */
const OPTIMIZERS: Readonly<Record<string, string>> = { sgd: 'sgd', momentum: 'sgd-momentum-0.9', adam: 'adam', adagrad: 'adagrad', rmsprop: 'rmsprop' }
/** The paper's level of significance. */
const ALPHA = 0.05

/**
 * The paper's cell for pairs of one optimizer whose level has the name of one of its columns; undefined where it has none.
 * Judged by our interval, not by a sign: a p that is significant there says that the difference is above zero.
 */
export function paperCell(pairs: readonly ComparisonPair[], { interval: { low, high } }: CellTest): PaperCell | undefined {
  const optimizers = valuesOf(pairs, fieldOf('training.optimizer').of)
  const activations = valuesOf(pairs, fieldOf('network.activation').of)
  if (optimizers.length !== 1 || activations.length !== 1)
    return undefined
  const optimizer = OPTIMIZERS[String(optimizers[0])]
  const isAt = (level: string): boolean => pairs.every(({ levels }) => Object.values(levels).includes(level))
  const found = [...paperPValues('regularisation'), ...paperPValues('activation')].find(cell => cell.optimizer === optimizer && isAt(cell.level))
  if (!found)
    return undefined
  const isAbove = low !== null && low > 0
  const isBelow = high !== null && high < 0
  const verdict = found.p <= ALPHA ? isAbove ? 'agrees' : isBelow ? 'differs' : 'open' : isAbove ? 'differs' : 'agrees'
  return { p: found.p, verdict }
}
