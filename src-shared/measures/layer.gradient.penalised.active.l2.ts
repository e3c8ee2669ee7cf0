import type { LayerMeasure } from '.'

export default {
  id: 'layer.gradient.penalised.active.l2',
  per: 'layer',
  label: 'Layer active gradient with penalty ‖(g + λθ) ⊙ m‖₂',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '‖(g_l + λ θ_l) ⊙ m_l‖₂ over the probe: active weights only; only with an L2 penalty.',
  of: ({ penalisedActiveGradient }) => penalisedActiveGradient?.l2,
} satisfies LayerMeasure
