import type { Member } from '../members'
import { Family } from '../members'

/** An update rule as PyTorch defines it; θ is a parameter, g its gradient, η the learning rate, t the step from 1. */
export interface Optimizer extends Member {
  /** Tensors of a parameter's shape that it keeps between steps, by PyTorch's names; all start at 0. */
  readonly slots: readonly string[]
}

export const optimizers = new Family<Optimizer>(
  'optimizer',
  import.meta.glob<Optimizer>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
)
