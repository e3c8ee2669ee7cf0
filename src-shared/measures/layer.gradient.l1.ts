import type { LayerMeasure } from '.'

export default {
  id: 'layer.gradient.l1',
  per: 'layer',
  label: 'Layer gradient ‖g‖₁',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '‖g_l‖₁ over the probe, masked entries included.',
  of: ({ gradient }) => gradient.l1,
} satisfies LayerMeasure
