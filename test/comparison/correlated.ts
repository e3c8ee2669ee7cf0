import type { ComparisonPair, ComparisonRun } from '@shared/comparison/pair'
import type { Settings } from '@shared/experiment/parameter'
import type { Side } from '@shared/random/stream'

export interface MadeRun {
  readonly state?: ComparisonRun['state']
  readonly isCollapsed?: boolean
  /** The final or mean value by measure. */
  readonly values: Readonly<Record<string, number>>
}

export interface MadePair {
  readonly treatment?: string
  readonly capacity?: number
  readonly seed: number
  readonly settings?: Settings
  readonly dense: MadeRun
  readonly sparse: MadeRun
  /** Of the dense run: pairs of one id share it. */
  readonly id?: string
}

/** Pairs whose numbers are given: those of one `id` have the same dense run. */
export function madePairs(made: readonly MadePair[]): ComparisonPair[] {
  return made.map(({ treatment = 'base', capacity = 10, seed, settings = {}, dense, sparse, id }, position) => {
    const runOf = (side: Side, { state = 'done', isCollapsed = false, values }: MadeRun): ComparisonRun => ({
      id: side === 'dense' && id !== undefined ? id : `r${2 * position + (side === 'dense' ? 1 : 2)}`,
      run: 2 * position + (side === 'dense' ? 1 : 2),
      side,
      state,
      engine: 'native',
      settings: { 'data.dataset': 'fashion-mnist', 'training.optimizer': 'sgd', ...settings },
      measured: measure => values[measure] === undefined ? undefined : { value: values[measure] },
      isCollapsed: () => isCollapsed,
    })
    return { experiment: 'study', position, treatment, levels: {}, capacity, seed, dense: runOf('dense', dense), sparse: runOf('sparse', sparse) }
  })
}

/** Runs at two capacities whose flow spreads over decades: `of` gives each its settings. */
export function scattered(count: number, of: (i: number) => Partial<MadePair> = () => ({})): ComparisonPair[] {
  const run = (i: number, side: number): MadeRun => ({ values: { 'egf1': 10 ** ((i * 7 + side) % 11 / 4), 'egf2': 0.1 * i, 'test.accuracy': 0.8 + ((i * 3 + side) % 13) / 100, 'test.loss': 0.3 + i } })
  return madePairs(Array.from({ length: count }, (_, i) => ({ seed: Math.floor(i / 2), capacity: 10 + i % 2, dense: run(i, 0), sparse: run(i, 1), ...of(i) })))
}
