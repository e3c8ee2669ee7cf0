import type { LayerMeasure } from '.'

export default {
  id: 'layer.gradient.l2',
  per: 'layer',
  label: 'Layer gradient ‖g‖₂',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '‖g_l‖₂ over the probe, masked entries included.',
  of: ({ gradient }) => gradient.l2,
} satisfies LayerMeasure
