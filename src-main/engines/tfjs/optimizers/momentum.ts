import type { Update } from '../update'
import * as tf from '@tensorflow/tfjs'

export default (({ parameter, gradient, slots: [buffer], rate, settings }) => {
  const next = tf.add(tf.mul(buffer!, settings['training.momentum.momentum'] as number), gradient)
  return { parameter: tf.sub(parameter, tf.mul(next, rate)), slots: [next] }
}) satisfies Update
