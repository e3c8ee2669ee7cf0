import type { CurveReader, RunCurve } from '@shared/comparison/curves/reader'
import type { ComparisonPair, ComparisonRun } from '@shared/comparison/pair'
import type { Settings } from '@shared/experiment/parameter'
import type { EpochFlops } from '@shared/plan/flops'

interface Varied {
  readonly treatments?: readonly string[]
  readonly capacities?: readonly number[]
  readonly seeds?: readonly number[]
  readonly settings?: (treatment: string) => Settings
}

/** Finished pairs of every treatment, capacity and seed; dense runs have odd numbers. */
export function pairsOf({ treatments = ['NR', 'BN'], capacities = [79], seeds = [1, 2], settings = () => ({}) }: Varied = {}): ComparisonPair[] {
  const places = treatments.flatMap(treatment => capacities.flatMap(capacity => seeds.map(seed => ({ treatment, capacity, seed }))))
  return places.map(({ treatment, capacity, seed }, position) => {
    const run = (side: 'dense' | 'sparse'): ComparisonRun => {
      const number = 2 * position + (side === 'dense' ? 1 : 2)
      return { id: `r${number}`, run: number, side, state: 'done', engine: 'native', settings: { 'training.epochs': 3, ...settings(treatment) }, measured: () => undefined, isCollapsed: () => false }
    }
    return { experiment: 'study', position, treatment, levels: { method: treatment }, capacity, seed, dense: run('dense'), sparse: run('sparse') }
  })
}

/** Reads curves that a test makes up, by measure and number of the run. */
export function fakeCurves(curveOf: (measure: string, run: number) => RunCurve | undefined, flops: (run: number) => EpochFlops = () => ({ active: 10, dense: 40 })): CurveReader {
  const numbers = (runs: readonly ComparisonRun[]): [string, number][] => runs.flatMap(({ id, run }): [string, number][] => run === undefined ? [] : [[id, run]])
  return {
    curves: (measure, runs) => new Map(numbers(runs).flatMap(([id, run]): [string, RunCurve][] => {
      const curve = curveOf(measure, run)
      return curve ? [[id, curve]] : []
    })),
    flops: runs => new Map(numbers(runs).map(([id, run]) => [id, flops(run)])),
  }
}
