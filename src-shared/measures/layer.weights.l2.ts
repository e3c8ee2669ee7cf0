import type { LayerMeasure } from '.'

export default {
  id: 'layer.weights.l2',
  per: 'layer',
  label: 'Layer weights ‖θ‖₂',
  unit: '',
  direction: 'neither',
  definition: '‖θ_l‖₂ of the active weights.',
  of: ({ weights }) => weights,
} satisfies LayerMeasure
