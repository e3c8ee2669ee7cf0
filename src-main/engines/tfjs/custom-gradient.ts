import type { Tensor } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs'

/** An operation with its own derivative; `saved` lives until the backward pass. */
export interface Operation<Saved extends Tensor[]> {
  readonly value: Tensor
  readonly saved: [...Saved]
  /** Gradients by the inputs, in their order. */
  readonly gradient: (dValue: Tensor, ...saved: Saved) => Tensor[]
}

/** Runs an operation on `inputs` such that tf.grads uses its own derivative. */
export function withGradient<Inputs extends Tensor[], Saved extends Tensor[]>(inputs: [...Inputs], operation: (...inputs: Inputs) => Operation<Saved>): Tensor {
  type Save = (tensors: Tensor[]) => void
  return tf.customGrad((...given) => {
    const save = given.pop() as Save
    const { value, saved, gradient } = operation(...given as Inputs)
    save(saved)
    return { value, gradFunc: (dValue, saved) => gradient(dValue, ...saved as Saved) }
  })(...inputs)
}
