import type { Update } from '../update'
import * as tf from '@tensorflow/tfjs'

export default (({ parameter, gradient, slots: [m, v], rate, step, settings }) => {
  const beta1 = settings['training.adam.beta1'] as number
  const beta2 = settings['training.adam.beta2'] as number
  const epsilon = settings['training.adam.epsilon'] as number
  const mean = tf.add(tf.mul(m!, beta1), tf.mul(gradient, 1 - beta1))
  const square = tf.add(tf.mul(v!, beta2), tf.mul(tf.square(gradient), 1 - beta2))
  const denominator = tf.add(tf.mul(tf.sqrt(square), 1 / Math.sqrt(1 - beta2 ** step)), epsilon)
  return {
    parameter: tf.sub(parameter, tf.mul(tf.div(mean, denominator), rate / (1 - beta1 ** step))),
    slots: [mean, square],
  }
}) satisfies Update
