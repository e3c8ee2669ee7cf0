import type { RunMeasure } from '.'
import { accuracy } from '../runs/observation'

export default {
  id: 'validation.accuracy',
  per: 'run',
  label: 'Validation accuracy',
  unit: 'share',
  direction: 'higher',
  definition: 'Share of the validation split whose largest logit is that of its label.',
  of: ({ evaluations }) => accuracy(evaluations.validation),
} satisfies RunMeasure
