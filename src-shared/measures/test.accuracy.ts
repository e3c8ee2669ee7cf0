import type { RunMeasure } from '.'
import { accuracy } from '../runs/observation'

export default {
  id: 'test.accuracy',
  per: 'run',
  label: 'Test accuracy',
  unit: 'share',
  direction: 'higher',
  definition: 'Share of the whole test set whose largest logit is that of its label.',
  of: ({ evaluations }) => accuracy(evaluations.test),
} satisfies RunMeasure
