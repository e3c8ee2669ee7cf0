import type { RunMeasure } from '.'

export default {
  id: 'gf2',
  per: 'run',
  label: 'Gradient flow gf₂',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '‖g‖₂ of the whole gradient of the masked weight tensors over the probe, masked entries included.',
  of: ({ layers }) => layers && Math.hypot(...layers.map(({ gradient }) => gradient.l2)),
} satisfies RunMeasure
