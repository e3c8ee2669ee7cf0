import type { Activation } from '.'

export default {
  id: 'relu',
  version: 1,
  title: 'ReLU',
  help: 'max(0, x); its derivative at 0 is 0.',
  source: 'torch.nn.ReLU',
} satisfies Activation
