import type { RunMeasure } from '.'
import { accuracy } from '../runs/observation'

export default {
  id: 'test.accuracy.subset',
  per: 'run',
  label: 'Test accuracy (fixed part)',
  unit: 'share',
  direction: 'higher',
  definition: 'Share of a fixed part of the test set (1,000 examples, classes balanced) whose largest logit is that of its label.',
  of: ({ evaluations }) => accuracy(evaluations.testSubset),
} satisfies RunMeasure
