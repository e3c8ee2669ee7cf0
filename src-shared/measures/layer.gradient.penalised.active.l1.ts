import type { LayerMeasure } from '.'

export default {
  id: 'layer.gradient.penalised.active.l1',
  per: 'layer',
  label: 'Layer active gradient with penalty ‖(g + λθ) ⊙ m‖₁',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '‖(g_l + λ θ_l) ⊙ m_l‖₁ over the probe: active weights only; only with an L2 penalty.',
  of: ({ penalisedActiveGradient }) => penalisedActiveGradient?.l1,
} satisfies LayerMeasure
