import type { RunMeasure } from '.'

export default {
  id: 'gf1',
  per: 'run',
  label: 'Gradient flow gf₁',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: 'Σ over layers of ‖g_l‖₁: the L1 norm of the whole gradient of the masked weight tensors over the probe, masked entries included.',
  of: ({ layers }) => layers?.reduce((sum, { gradient }) => sum + gradient.l1, 0),
} satisfies RunMeasure
