import type { LayerMeasure } from '.'

export default {
  id: 'layer.weights.active',
  per: 'layer',
  label: 'Layer active weights',
  unit: 'weights',
  direction: 'neither',
  definition: 'Number of active weights.',
  of: ({ activeWeights }) => activeWeights,
} satisfies LayerMeasure
