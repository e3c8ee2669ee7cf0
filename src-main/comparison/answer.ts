import type { Experiment } from '@shared/experiment/schema'
import type { ComparedCell } from '@shared/statistics/cells'
import type { Comparison } from './compare'
import { pairsInWords } from '@shared/statistics/cells'

/**
 * The answer to the question of an experiment that varies one thing in two levels, once all its pairs are complete: what
 * the second level changes in final accuracy on each side. Undefined for every other experiment.
 */
export function answerOf({ factors }: Experiment, { cells }: Comparison): string | undefined {
  const [factor, ...others] = factors.filter(({ role }) => role === 'varied')
  if (!factor || others.length || factor.levels.length !== 2)
    return undefined
  const [before, after] = factor.levels.map(({ name }) => whole(cells, name))
  if (!before || !after || [before, after].some(isOpen) || before.pairs !== after.pairs)
    return undefined
  const [sparse, dense] = (['sparse', 'dense'] as const).map(side => after.accuracy[side].mean - before.accuracy[side].mean) as [number, number]
  const than = verb(sparse) === 'gains' ? 'over' : 'against'
  const forDense = verb(dense) === verb(sparse) && verb(dense) !== 'changes' ? `the dense ones ${inPoints(dense)}` : change(dense, 'dense ones')
  return `${after.treatment} ${change(sparse, 'sparse networks')} ${than} ${before.treatment} and ${forDense} (${pairsInWords(before)} each).`
}

/** The cell of a treatment over all its capacities. */
function whole(cells: readonly ComparedCell[], treatment: string): ComparedCell | undefined {
  const its = cells.filter(cell => cell.treatment === treatment)
  return its.find(({ capacity }) => capacity === undefined) ?? (its.length === 1 ? its[0] : undefined)
}

function isOpen({ pairs, diverged, failed, cancelled, unfinished }: ComparedCell): boolean {
  return pairs === 0 || diverged + failed + cancelled + unfinished > 0
}

/** "gains the sparse networks 4.7 points". */
function change(difference: number, whom: string): string {
  return verb(difference) === 'changes' ? `changes nothing for the ${whom}` : `${verb(difference)} the ${whom} ${inPoints(difference)} points`
}

function verb(difference: number): 'gains' | 'costs' | 'changes' {
  if (inPoints(difference) === '0.0')
    return 'changes'
  return difference > 0 ? 'gains' : 'costs'
}

function inPoints(difference: number): string {
  return Math.abs(100 * difference).toFixed(1)
}
