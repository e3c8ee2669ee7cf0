import type { Optimizer } from '.'

export default {
  id: 'sgd',
  version: 1,
  title: 'SGD',
  help: 'Plain stochastic gradient descent: θ ← θ - η g.',
  source: 'torch.optim.SGD',
  slots: [],
} satisfies Optimizer
