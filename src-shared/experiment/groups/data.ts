import type { Group } from '../parameters'
import { z } from 'zod'
import { datasets } from '../../datasets'
import { memberOf } from '../parameter'

export default {
  title: 'Data',
  parameters: {
    dataset: memberOf(datasets, {
      default: 'fashion-mnist',
      title: 'Data set',
      help: 'What the networks learn. Pixels are standardised by mean and standard deviation of the training examples.',
      sides: 'same',
    }),
    subset: {
      type: z.union([z.literal('all'), z.int().min(1)]),
      default: 'all',
      title: 'Training subset',
      help: 'Number of training examples, a fixed random part of the data set.',
      unit: 'examples',
      sides: 'same',
      identity: 'derived',
    },
    validation: {
      type: z.int().min(0),
      default: 0,
      title: 'Validation split',
      help: 'Training examples held out to choose by ("best", tuning); they never overlap the probe.',
      unit: 'examples',
      sides: 'same',
    },
  },
} satisfies Group
