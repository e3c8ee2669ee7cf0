import type { MaskDistribution } from '.'

export default {
  id: 'equal-capacity',
  version: 1,
  title: 'Equal capacity (SC-SDC)',
  help: 'Each layer of the wide sparse network has exactly as many active weights as the same layer of the dense one, at random positions.',
  source: 'Tessera, Hooker, Rosman 2021, arXiv 2102.01670',
  comparison: 'same capacity',
  activeWeights: (_, dense) => dense.map(({ inputs, outputs }) => inputs * outputs),
} satisfies MaskDistribution
