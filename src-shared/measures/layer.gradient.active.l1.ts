import type { LayerMeasure } from '.'

export default {
  id: 'layer.gradient.active.l1',
  per: 'layer',
  label: 'Layer active gradient ‖g ⊙ m‖₁',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '‖g_l ⊙ m_l‖₁ over the probe: active weights only.',
  of: ({ activeGradient }) => activeGradient.l1,
} satisfies LayerMeasure
