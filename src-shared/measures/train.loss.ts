import type { RunMeasure } from '.'

export default {
  id: 'train.loss',
  per: 'run',
  label: 'Training loss',
  unit: 'nats',
  direction: 'lower',
  definition: 'Mean of the epoch\'s step losses, without the weight penalty.',
  of: ({ training }) => training?.loss,
} satisfies RunMeasure
