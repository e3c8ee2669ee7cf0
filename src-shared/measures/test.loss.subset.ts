import type { RunMeasure } from '.'
import { meanLoss } from '../runs/observation'

export default {
  id: 'test.loss.subset',
  per: 'run',
  label: 'Test loss (fixed part)',
  unit: 'nats',
  direction: 'lower',
  definition: 'Mean cross-entropy over a fixed part of the test set (1,000 examples, classes balanced).',
  of: ({ evaluations }) => meanLoss(evaluations.testSubset),
} satisfies RunMeasure
