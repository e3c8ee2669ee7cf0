import type { Optimizer } from '.'
import { z } from 'zod'

export default {
  id: 'momentum',
  version: 1,
  title: 'SGD with momentum',
  help: 'b ← μ b + g; θ ← θ - η b.',
  source: 'torch.optim.SGD with momentum, dampening 0',
  slots: ['momentum_buffer'],
  parameters: {
    momentum: {
      type: z.number().gt(0).lt(1),
      default: 0.9,
      title: 'Momentum μ',
      help: 'Share of the previous step that is kept.',
      sides: 'free',
      advanced: true,
    },
  },
} satisfies Optimizer
