import type { RunSpecification } from './specification'

/** What training on every example once costs: an epoch's, of the products with weights alone (design §2). */
export interface EpochFlops {
  /** Of the weights that a mask leaves. */
  readonly active: number
  /** As if no weight were masked. */
  readonly dense: number
}

/** A multiply-add. */
const MULTIPLY_ADD = 2

/** Forward, and backward twice as much less the first layer's dX, times examples. */
export function epochFlops({ layers, trainExamples }: Pick<RunSpecification, 'layers' | 'trainExamples'>): EpochFlops {
  const cost = (weights: (layer: RunSpecification['layers'][number]) => number): number => trainExamples * MULTIPLY_ADD
    * layers.reduce((sum, layer, l) => sum + (l === 0 ? 2 : 3) * weights(layer), 0)
  return { active: cost(({ activeWeights }) => activeWeights), dense: cost(({ inputs, outputs }) => inputs * outputs) }
}
