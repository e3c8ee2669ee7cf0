import type { Tensor } from '@tensorflow/tfjs'
import type { Statistics, Tensors } from './forward'
import * as tf from '@tensorflow/tfjs'
import { withGradient } from './custom-gradient'

const EPSILON = 1e-5
const MOMENTUM = 0.1

/**
 * BatchNorm of Z [units, examples] over examples, with scale and shift where the network has them.
 * @param norm name of the PyTorch module, e.g. `norms.0`
 */
export function normalise(Z: Tensor, norm: string, parameters: Tensors, statistics: Statistics): Tensor {
  const hat = statistics.kind === 'batch'
    ? byBatch(Z, (mean, variance) => statistics.seen(norm, mean, variance))
    : tf.mul(
        tf.sub(Z, tf.expandDims(statistics.buffers[`${norm}.running_mean`]!, 1)),
        tf.rsqrt(tf.add(tf.expandDims(statistics.buffers[`${norm}.running_var`]!, 1), EPSILON)),
      )
  const scale = parameters[`${norm}.weight`]
  const shift = parameters[`${norm}.bias`]
  return scale && shift ? tf.add(tf.mul(hat, tf.expandDims(scale, 1)), tf.expandDims(shift, 1)) : hat
}

/** (Z - mean) / sqrt(variance + ε); backward as in Ioffe, Szegedy 2015: dZ = (dẐ - mean(dẐ) - Ẑ mean(dẐ Ẑ)) / sqrt(variance + ε). */
function byBatch(Z: Tensor, seen: (mean: Tensor, variance: Tensor) => void): Tensor {
  return withGradient([Z], (Z) => {
    const mean = tf.mean(Z, 1, true)
    const centred = tf.sub(Z, mean)
    const variance = tf.mean(tf.square(centred), 1, true)
    seen(tf.squeeze(mean, [1]), tf.squeeze(variance, [1]))
    const inverse = tf.rsqrt(tf.add(variance, EPSILON))
    const hat = tf.mul(centred, inverse)
    return {
      value: hat,
      saved: [hat, inverse],
      gradient: (dHat, hat, inverse) => [
        tf.mul(inverse, tf.sub(tf.sub(dHat, tf.mean(dHat, 1, true)), tf.mul(hat, tf.mean(tf.mul(dHat, hat), 1, true)))),
      ],
    }
  })
}

/** Running statistics after a batch of `examples`; the variance is made unbiased, as PyTorch does. */
export function blend(running: Tensor, seen: Tensor, kind: 'mean' | 'var', examples: number): Tensor {
  const factor = kind === 'var' ? examples / (examples - 1) : 1
  return tf.add(tf.mul(running, 1 - MOMENTUM), tf.mul(seen, MOMENTUM * factor))
}
