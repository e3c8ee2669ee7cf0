import type { LayerMeasure } from '.'

export default {
  id: 'layer.gradient.penalised.l2',
  per: 'layer',
  label: 'Layer gradient with penalty ‖g + λθ‖₂',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '‖g_l + λ θ_l‖₂ over the probe, masked entries included; only with an L2 penalty.',
  of: ({ penalisedGradient }) => penalisedGradient?.l2,
} satisfies LayerMeasure
