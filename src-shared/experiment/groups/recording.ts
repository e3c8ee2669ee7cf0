import type { Group } from '../parameters'
import { z } from 'zod'

/** How often a run is measured and saved: no part of what is trained, so never varied and in no identity. */
export default {
  title: 'Recording',
  parameters: {
    gradientFlow: {
      type: z.union([z.literal('eleven'), z.int().min(1)]),
      default: 'eleven',
      title: 'Gradient flow',
      help: 'Measured at the start and at the 11 epochs spread evenly over training, whose mean is reported; a number k adds every k-th epoch.',
      unit: 'epochs',
      sides: 'same',
    },
    test: {
      type: z.union([z.literal('end'), z.int().min(1)]),
      default: 'end',
      title: 'Whole test set',
      help: 'Measured at the end; a number k adds every k-th epoch. A fixed part of it is measured after every epoch.',
      unit: 'epochs',
      sides: 'same',
    },
    checkpoint: {
      type: z.int().min(1),
      default: 10,
      title: 'Checkpoint',
      help: 'A checkpoint is written every so many epochs, though not within two seconds of the last or of the start unless all are kept, and at the end: an interrupted run goes on from there.',
      unit: 'epochs',
      sides: 'same',
      advanced: true,
    },
    keep: {
      type: z.enum(['last', 'all', 'none']),
      default: 'last',
      title: 'Keep checkpoints',
      help: 'Which checkpoints stay once a run has ended.',
      sides: 'same',
      advanced: true,
    },
  },
} satisfies Group
