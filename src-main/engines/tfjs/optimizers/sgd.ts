import type { Update } from '../update'
import * as tf from '@tensorflow/tfjs'

export default (({ parameter, gradient, rate }) => ({
  parameter: tf.sub(parameter, tf.mul(gradient, rate)),
  slots: [],
})) satisfies Update
