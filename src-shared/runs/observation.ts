/** What is seen of a run after an epoch (0: before the first step); measures are pure functions of it. */
export interface Observation {
  /** Absent before the first step. */
  readonly training?: {
    /** Mean of the epoch's step losses, in nats, without the weight penalty. */
    readonly loss: number
    readonly seconds: number
  }
  readonly evaluations: Readonly<Partial<Record<EvaluatedSplit, Evaluation>>>
  /** θ_1 .. θ_L, input side first; absent where gradient flow is not measured. */
  readonly layers?: readonly LayerNorms[]
  readonly measuringSeconds: number
}

export type EvaluatedSplit = 'test' | 'testSubset' | 'validation'

export interface Evaluation {
  /** Examples whose largest logit is that of their label. */
  readonly correct: number
  readonly count: number
  /** Sum of the examples' cross-entropies, in nats. */
  readonly lossSum: number
}

/** A share of a whole, kept as counts so that statistics compare it exactly. */
export interface Share {
  readonly correct: number
  readonly total: number
}

/** Top-1 accuracy of an evaluation. */
export function accuracy(evaluation: Evaluation | undefined): Share | undefined {
  return evaluation && { correct: evaluation.correct, total: evaluation.count }
}

/** Mean cross-entropy of an evaluation, in nats. */
export function meanLoss(evaluation: Evaluation | undefined): number | undefined {
  return evaluation && evaluation.lossSum / evaluation.count
}

/** Norms of one masked weight tensor θ_l and of g_l = ∂C/∂(θ_l ⊙ m_l) over the probe (design §2). */
export interface LayerNorms {
  /** ‖g_l‖_p, masked entries included. */
  readonly gradient: Norms
  /** ‖g_l ⊙ m_l‖_p */
  readonly activeGradient: Norms
  /** ‖g_l + λ θ_l‖_p; absent without a penalty. */
  readonly penalisedGradient?: Norms
  /** ‖(g_l + λ θ_l) ⊙ m_l‖_p; absent without a penalty. */
  readonly penalisedActiveGradient?: Norms
  /** ‖θ_l‖_2 */
  readonly weights: number
  readonly activeWeights: number
}

/** p = 1 and p = 2. */
export interface Norms {
  readonly l1: number
  readonly l2: number
}

/**
 * The norms of one layer, accumulated in float64.
 * @param gradient g_l, unmasked
 * @param weights θ_l, zero where masked
 * @param mask ones and zeros; absent for a dense layer
 * @param lambda strength of the L2 penalty; 0 for none
 */
export function layerNorms(gradient: ArrayLike<number>, weights: ArrayLike<number>, mask: ArrayLike<number> | undefined, lambda: number): LayerNorms {
  const all = { l1: 0, squares: 0 }
  const active = { l1: 0, squares: 0 }
  const penalisedAll = { l1: 0, squares: 0 }
  const penalisedActive = { l1: 0, squares: 0 }
  let weightSquares = 0
  let activeWeights = 0
  const add = (sum: { l1: number, squares: number }, value: number): void => {
    sum.l1 += Math.abs(value)
    sum.squares += value * value
  }
  for (let i = 0; i < gradient.length; i++) {
    const g = gradient[i]!
    const w = weights[i]!
    add(all, g)
    if (lambda)
      add(penalisedAll, g + lambda * w)
    if (!mask || mask[i]) {
      activeWeights++
      weightSquares += w * w
      add(active, g)
      if (lambda)
        add(penalisedActive, g + lambda * w)
    }
  }
  const norms = ({ l1, squares }: { l1: number, squares: number }): Norms => ({ l1, l2: Math.sqrt(squares) })
  return {
    gradient: norms(all),
    activeGradient: norms(active),
    ...lambda && { penalisedGradient: norms(penalisedAll), penalisedActiveGradient: norms(penalisedActive) },
    weights: Math.sqrt(weightSquares),
    activeWeights,
  }
}
