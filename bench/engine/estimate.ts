import type { Options } from './options'
import type { Row } from './rows'
import type { Variant } from './variants'
import { TURN } from './compare'
import { SPREAD_TURN } from './spread'
import { ours, roughStep, takesPart } from './variants'

/** Seconds, roughly: from sizes and the rates of a usual core. */
export function estimateRow(row: Row, rivals: readonly Variant[], rounds: number): number {
  const weights = row.layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0)
  const taking = [ours, ...rivals].filter(variant => takesPart(variant, row))
  return taking.reduce((sum, variant) => {
    const step = roughStep(variant, row)
    // A contestant is started or given the problem, takes five steps, and in each round one more than its turn.
    return sum + 0.6 + weights * 1e-7 + (5 * step + Math.min(rounds, variant.rounds ?? rounds) * (Math.max(TURN, step) + step)) / 1000
  }, 1 + weights * 2e-7)
}

export function estimateSpread(row: Row, { processes, rounds }: Pick<Options, 'processes' | 'rounds'>): number {
  const step = roughStep(ours, row)
  return 1 + processes * (1.3 + rounds * (Math.max(SPREAD_TURN, step) + step) / 1000)
}

/** Seconds of the epochs of all runs. */
export const EPOCHS = 240
