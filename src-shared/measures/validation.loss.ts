import type { RunMeasure } from '.'
import { meanLoss } from '../runs/observation'

export default {
  id: 'validation.loss',
  per: 'run',
  label: 'Validation loss',
  unit: 'nats',
  direction: 'lower',
  definition: 'Mean cross-entropy over the validation split.',
  of: ({ evaluations }) => meanLoss(evaluations.validation),
} satisfies RunMeasure
