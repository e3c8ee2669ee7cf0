import type { RunCurve } from '@shared/comparison/curves/reader'
import type { CurveOptions, Curves } from '@shared/comparison/panels/curves'
import panel from '@shared/comparison/panels/curves'
import { fakeCurves, pairsOf } from '../comparison/runs'

interface Made {
  readonly treatments?: readonly string[]
  readonly capacities?: readonly number[]
  readonly seeds?: readonly number[]
  readonly epochs?: number
  readonly facets?: readonly string[]
  /** The value of a run at an epoch. */
  readonly value?: (run: number, epoch: number) => number
}

/** What the panel makes of runs whose numbers are made up, each different. */
export function comparedCurves(options: Partial<CurveOptions> = {}, { epochs = 10, facets = [], value = (run, epoch) => 3 * 0.8 ** epoch + run / 100, ...varied }: Made = {}): Curves {
  const curve = (measure: string, run: number): RunCurve => {
    const all = Array.from({ length: epochs + 1 }, (_, epoch) => epoch)
    return { epochs: all, values: all.map(epoch => measure === 'time.training' ? 1 + run / 10 : value(run, epoch)) }
  }
  const pairs = pairsOf({ ...varied, settings: () => ({ 'training.epochs': epochs }) })
  return panel.of({ pairs, curves: fakeCurves(curve, run => ({ active: 3e9 * run, dense: 9e9 * run })), facets, pooled: [] }, { ...panel.options.parse({}), ...options })
}
