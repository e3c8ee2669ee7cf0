import type { RunMeasure } from '.'

export default {
  id: 'time.training',
  per: 'run',
  label: 'Training time',
  unit: 's',
  direction: 'lower',
  definition: 'Seconds spent in the steps of the epoch.',
  reproducible: false,
  of: ({ training }) => training?.seconds,
} satisfies RunMeasure
