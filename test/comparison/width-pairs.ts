import type { ComparisonPair, ComparisonRun } from '@shared/comparison/pair'
import type { Settings } from '@shared/experiment/parameter'
import { usualSummary } from '@shared/comparison/summary'

interface Given {
  readonly treatment: string
  readonly capacity: number
  readonly seed: number
  readonly values: readonly [dense: number, sparse: number]
  readonly experiment?: string
  readonly levels?: Readonly<Record<string, string>>
  readonly settings?: Settings
  readonly states?: readonly [dense: ComparisonRun['state'], sparse: ComparisonRun['state']]
  readonly collapsed?: boolean
}

/** Pairs whose measures all have the given values, at the summary that is usual; of accuracy of 10,000. */
export function pairsOf(given: readonly Given[]): ComparisonPair[] {
  return given.map(({ treatment, capacity, seed, values, experiment = 'study', levels = {}, settings = {}, states = ['done', 'done'], collapsed = false }, position) => {
    const run = (side: 'dense' | 'sparse', i: 0 | 1): ComparisonRun => ({
      id: `${position}/${side}`,
      side,
      state: states[i],
      engine: 'native',
      settings: { 'data.dataset': 'synthetic', 'training.optimizer': 'sgd', 'training.learningRate': 0.1, ...settings },
      measured: (measure, { kind }) => kind === usualSummary(measure).kind ? { value: values[i] } : undefined,
      isCollapsed: () => collapsed && side === 'sparse',
    })
    return { experiment, position, treatment, levels, capacity, seed, dense: run('dense', 0), sparse: run('sparse', 1) }
  })
}
