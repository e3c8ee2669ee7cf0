import type { Optimizer } from '.'
import { z } from 'zod'

export default {
  id: 'adam',
  version: 1,
  title: 'Adam',
  help: 'm ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; θ ← θ - η (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε).',
  source: 'Kingma, Ba 2015, arXiv 1412.6980, algorithm 1; torch.optim.Adam',
  slots: ['exp_avg', 'exp_avg_sq'],
  parameters: {
    beta1: {
      type: z.number().min(0).lt(1),
      default: 0.9,
      title: 'β₁',
      help: 'Decay of the mean of gradients.',
      sides: 'free',
      advanced: true,
    },
    beta2: {
      type: z.number().min(0).lt(1),
      default: 0.999,
      title: 'β₂',
      help: 'Decay of the mean of squared gradients.',
      sides: 'free',
      advanced: true,
    },
    epsilon: {
      type: z.number().gt(0),
      default: 1e-8,
      title: 'ε',
      help: 'Added to the denominator, outside the root.',
      sides: 'free',
      advanced: true,
    },
  },
} satisfies Optimizer
