import type { RunMeasure } from '.'
import { meanLoss } from '../runs/observation'

export default {
  id: 'test.loss',
  per: 'run',
  label: 'Test loss',
  unit: 'nats',
  direction: 'lower',
  definition: 'Mean cross-entropy over the whole test set.',
  of: ({ evaluations }) => meanLoss(evaluations.test),
} satisfies RunMeasure
