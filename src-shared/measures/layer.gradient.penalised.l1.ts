import type { LayerMeasure } from '.'

export default {
  id: 'layer.gradient.penalised.l1',
  per: 'layer',
  label: 'Layer gradient with penalty ‖g + λθ‖₁',
  unit: '',
  scale: 'log',
  direction: 'neither',
  definition: '‖g_l + λ θ_l‖₁ over the probe, masked entries included; only with an L2 penalty.',
  of: ({ penalisedGradient }) => penalisedGradient?.l1,
} satisfies LayerMeasure
