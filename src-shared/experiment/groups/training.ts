import type { Group } from '../parameters'
import { z } from 'zod'
import { optimizers } from '../../optimizers'
import { schedules } from '../../schedules'
import { memberOf } from '../parameter'

export default {
  title: 'Training',
  parameters: {
    optimizer: memberOf(optimizers, { default: 'sgd', title: 'Optimizer', help: 'The update rule.', sides: 'free' }),
    learningRate: {
      type: z.number().gt(0),
      default: 0.1,
      title: 'Learning rate η',
      help: 'The step size before the schedule.',
      sides: 'free',
    },
    schedule: memberOf(schedules, {
      default: 'constant',
      title: 'Learning-rate schedule',
      help: 'How the learning rate moves over training.',
      sides: 'free',
    }),
    batchSize: {
      type: z.int().min(1),
      default: 128,
      title: 'Batch size',
      help: 'Examples a step; the last, short batch of an epoch is kept. The paper does not state its own.',
      unit: 'examples',
      sides: 'same',
    },
    epochs: {
      type: z.int().min(1).max(1_000_000),
      default: 100,
      title: 'Epochs',
      help: 'Passes over the training examples.',
      unit: 'epochs',
      sides: 'same',
    },
    l2: {
      type: z.boolean(),
      default: false,
      title: 'L2 penalty',
      help: 'Adds λ/2 ‖θ‖² of the masked weights to the objective (gradient λθ); reported losses leave it out.',
      sides: 'free',
    },
    lambda: {
      type: z.number().gt(0),
      default: 5e-4,
      title: 'L2 strength λ',
      help: 'The paper does not state its own.',
      sides: 'free',
      appliesWhen: { 'training.l2': true },
    },
  },
} satisfies Group
