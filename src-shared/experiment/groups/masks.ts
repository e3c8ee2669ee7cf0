import type { Group } from '../parameters'
import { z } from 'zod'
import { maskDistributions } from '../../masks/distributions'
import { memberOf } from '../parameter'

export default {
  title: 'Masks',
  parameters: {
    distribution: memberOf(maskDistributions, {
      default: 'equal-capacity',
      title: 'Mask distribution',
      help: 'How many active weights each layer of the sparse side has, and so what a pair compares.',
      sides: 'sparse',
    }),
    density: {
      type: z.number().gt(0).lt(1),
      default: 0.1,
      title: 'Density',
      help: 'Share of active weights in each layer of the sparse side.',
      sides: 'sparse',
      identity: 'derived',
      appliesWhen: { 'masks.distribution': maskDistributions.members.filter(({ comparison }) => comparison === 'same architecture').map(({ id }) => id) },
    },
    connected: {
      type: z.boolean(),
      default: false,
      title: 'Connect every unit',
      help: 'Draws masks in which every hidden unit has at least one active weight before it and one after it.',
      advanced: true,
      sides: 'sparse',
    },
  },
} satisfies Group
