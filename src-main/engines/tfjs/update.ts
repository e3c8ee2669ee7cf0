import type { Settings } from '@shared/experiment/parameter'
import type { Tensor } from '@tensorflow/tfjs'

/** One optimizer's arithmetic on one parameter: `src-shared/optimizers` describes it under the same id. */
export type Update = (given: {
  readonly parameter: Tensor
  /** Masked, with the penalty's. */
  readonly gradient: Tensor
  /** In the order of the optimizer's description. */
  readonly slots: readonly Tensor[]
  readonly rate: number
  /** From 1. */
  readonly step: number
  readonly settings: Settings
}) => { readonly parameter: Tensor, readonly slots: readonly Tensor[] }
