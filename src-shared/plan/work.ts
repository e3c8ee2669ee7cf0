import type { Recording } from '../experiment/parameters'
import type { RunSpecification } from './specification'
import { gradientFlowEpochs, testEpochs } from '../experiment/cadence'
import { PROBE_SIZE, TEST_SUBSET_SIZE } from './splits'

/**
 * Multiply-adds of a whole training with its measurements, as an engine without sparse arithmetic does them:
 * what remains of it against what was done gives the remaining time.
 */
export function workOf({ settings, layers, trainExamples, data }: RunSpecification, recording: Recording): number {
  const weights = layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0)
  const epochs = settings['training.epochs']
  // Forward, and twice as much backward.
  const differentiated = trainExamples * epochs + Math.min(PROBE_SIZE, trainExamples) * gradientFlowEpochs(recording, epochs).size
  const evaluated = (Math.min(TEST_SUBSET_SIZE, data.test) + settings['data.validation']) * (epochs + 1) + data.test * testEpochs(recording, epochs).size
  return weights * (3 * differentiated + evaluated)
}
