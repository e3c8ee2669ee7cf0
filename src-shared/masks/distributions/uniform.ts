import type { MaskDistribution } from '.'

export default {
  id: 'uniform',
  version: 1,
  title: 'Uniform',
  help: 'The dense network\'s own sparse version: each layer keeps the same density of weights, at random positions.',
  comparison: 'same architecture',
  activeWeights: (sparse, _, settings) => sparse.map(({ inputs, outputs }) =>
    Math.max(1, Math.round(inputs * outputs * (settings['masks.density'] as number)))),
} satisfies MaskDistribution
