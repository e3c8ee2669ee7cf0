import type { RunMeasure } from '.'

export default {
  id: 'time.measuring',
  per: 'run',
  label: 'Measuring time',
  unit: 's',
  direction: 'lower',
  definition: 'Seconds spent measuring after the epoch.',
  reproducible: false,
  of: ({ measuringSeconds }) => measuringSeconds,
} satisfies RunMeasure
