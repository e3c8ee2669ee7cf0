import type { Field } from '@shared/comparison/filter/field'

/** A few of every kind, as a screen would give them. */
export const fields: readonly Field[] = [
  { name: 'training.optimizer', aliases: ['optimizer'], help: 'The update rule.', kind: 'text', values: ['adam', 'momentum', 'sgd'], closed: true },
  { name: 'network.batchNorm', aliases: ['batchNorm', 'bn'], help: 'Normalises each hidden layer.', kind: 'boolean' },
  { name: 'training.learningRate', aliases: ['learningRate', 'lr'], help: 'The step size.', kind: 'number' },
  { name: 'data.subset', aliases: ['subset'], help: 'Training examples.', kind: 'number', unit: 'examples', values: ['all'] },
  { name: 'capacity', aliases: [], help: 'Dense width W.', kind: 'number', unit: 'units', values: [79, 236, 923] },
  { name: 'test.accuracy', aliases: ['accuracy'], help: 'Share of the test set.', kind: 'number', unit: 'share' },
  { name: 'experiment', aliases: [], help: 'Its name.', kind: 'text', values: ['First look', 'depth'] },
  { name: 'weight decay', aliases: [], help: 'A factor.', kind: 'text', values: ['none', 'L2 (5e-4)', 'and'], closed: true },
]
