import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs'
import { withGradient } from './custom-gradient'

/**
 * W A + b for activations A [in, examples], with a gradient of explicit transposes: the wasm backend's matMul with
 * transpose flags is ten times slower than without. With A feature-major each product has a small right operand,
 * which is the one that the backend packs anew each time.
 * @param W [out, in]
 * @param b [out], or undefined
 * @param needsInputGradient false for the first layer, whose dA nobody asks for
 */
export function linear(W: Tensor, A: Tensor, b: Tensor | undefined, needsInputGradient: boolean): Tensor2D {
  const weightGradient = (dZ: Tensor, A: Tensor): Tensor => tf.matMul(dZ, tf.transpose(A))
  const product = needsInputGradient
    ? withGradient([W, A], (W, A) => ({
        value: tf.matMul(W, A),
        saved: [W, A],
        gradient: (dZ, W, A) => [weightGradient(dZ, A), tf.matMul(tf.transpose(W), dZ)],
      }))
    : withGradient([W], W => ({ value: tf.matMul(W, A), saved: [A], gradient: (dZ, A) => [weightGradient(dZ, A)] }))
  return (b ? tf.add(product, tf.expandDims(b, 1)) : product) as Tensor2D
}
