import type { Group } from '../parameters'
import { z } from 'zod'
import { activations } from '../../activations'
import { architectures } from '../../architectures'
import { initialisations } from '../../initialisations'
import { maskDistributions } from '../../masks/distributions'
import { memberOf } from '../parameter'

export default {
  title: 'Network',
  parameters: {
    architecture: memberOf(architectures, { default: 'mlp', title: 'Architecture', help: 'The kind of network.', sides: 'same' }),
    maximumWidth: {
      type: z.union([z.literal('auto'), z.int().min(2)]),
      default: 'auto',
      title: 'Maximum width N',
      help: 'Hidden width of the sparse networks; auto is the input size + 4. Every dense width W must be smaller.',
      unit: 'units',
      sides: 'sparse',
      identity: 'derived',
      appliesWhen: { 'masks.distribution': maskDistributions.members.filter(({ comparison }) => comparison === 'same capacity').map(({ id }) => id) },
    },
    activation: memberOf(activations, {
      default: 'relu',
      title: 'Activation',
      help: 'The non-linearity after each hidden layer.',
      sides: 'free',
    }),
    batchNorm: {
      type: z.boolean(),
      default: false,
      title: 'BatchNorm',
      help: 'Normalises each hidden layer before its activation (momentum 0.1, ε 1e-5, unbiased running variance); the layer then has no bias.',
      sides: 'free',
    },
    affine: {
      type: z.boolean(),
      default: true,
      title: 'Affine BatchNorm',
      help: 'BatchNorm learns a scale and a shift for each unit. No mask covers them, and the wide side has more.',
      advanced: true,
      sides: 'free',
      appliesWhen: { 'network.batchNorm': true },
    },
    bias: {
      type: z.boolean(),
      default: true,
      title: 'Biases',
      help: 'Layers have biases, 0 at the start. No mask covers them, and the wide side has more.',
      advanced: true,
      sides: 'free',
    },
    initialisation: memberOf(initialisations, {
      default: 'he-normal',
      title: 'Initial weights',
      help: 'The distribution from which the active weights start, on both sides that of the dense network.',
      advanced: true,
      sides: 'same',
    }),
  },
} satisfies Group
