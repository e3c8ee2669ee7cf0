import type { Evaluation } from '@shared/runs/observation'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs'
import { withGradient } from './custom-gradient'

/**
 * Mean cross-entropy of logits [classes, examples], in nats; its gradient is (softmax - one-hot) / examples.
 * @param oneHot [classes, examples]
 */
export function meanCrossEntropy(logits: Tensor2D, oneHot: Tensor2D): Tensor {
  const examples = logits.shape[1]
  return withGradient([logits], (logits) => {
    const shifted = tf.sub(logits, tf.max(logits, 0, true))
    const logs = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 0, true)))
    return {
      value: tf.div(tf.neg(tf.sum(tf.mul(logs, oneHot))), examples),
      saved: [logs],
      gradient: (dLoss, logs) => [tf.mul(tf.sub(tf.exp(logs), oneHot), tf.div(dLoss, examples))],
    }
  })
}

/**
 * Sum of cross-entropies and number of correct answers, in float64 from logits that were read back; the first of
 * equal logits is the answer.
 * @param logits [classes, labels.length], row by row
 */
export function evaluateLogits(logits: Float32Array, labels: Int32Array, classes: number): Evaluation {
  const count = labels.length
  let correct = 0
  let lossSum = 0
  for (let e = 0; e < count; e++) {
    let best = 0
    for (let c = 1; c < classes; c++) {
      if (logits[c * count + e]! > logits[best * count + e]!)
        best = c
    }
    const top = logits[best * count + e]!
    let sum = 0
    for (let c = 0; c < classes; c++)
      sum += Math.exp(logits[c * count + e]! - top)
    lossSum += top + Math.log(sum) - logits[labels[e]! * count + e]!
    correct += best === labels[e] ? 1 : 0
  }
  return { correct, count, lossSum }
}
