import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { Network } from '../engine'

export type Tensors = Readonly<Record<string, Tensor>>

/** Where BatchNorm's statistics come from. */
export type Statistics
  /** The batch itself; `seen` is told each layer's mean and biased variance. */
  = | { readonly kind: 'batch', readonly seen: (norm: string, mean: Tensor, variance: Tensor) => void }
    | { readonly kind: 'running', readonly buffers: Tensors }

export type ActivationFunction = (z: Tensor) => Tensor

/**
 * The logits of an architecture.
 * @param x standardised examples, [inputs, examples]
 * @returns [classes, examples]
 */
export type Forward = (network: Network, parameters: Tensors, x: Tensor2D, activation: ActivationFunction, statistics: Statistics) => Tensor2D
