import type { LayerMeasure } from '.'

export default {
  id: 'layer.gradient.active.l2',
  per: 'layer',
  label: 'Layer active gradient ‖g ⊙ m‖₂',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '‖g_l ⊙ m_l‖₂ over the probe: active weights only.',
  of: ({ activeGradient }) => activeGradient.l2,
} satisfies LayerMeasure
