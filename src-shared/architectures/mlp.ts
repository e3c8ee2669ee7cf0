import type { Architecture, TensorDescription } from '.'
import { z } from 'zod'

/** Layer names follow `torch.nn.ModuleList` members called `layers` and `norms`. */
export default {
  id: 'mlp',
  version: 1,
  title: 'Multilayer perceptron',
  help: 'Fully connected layers; each hidden layer is linear, then BatchNorm if on, then the activation. The capacity is the width of its hidden layers.',
  source: 'arXiv 2102.01670',
  parameters: {
    hiddenLayers: {
      type: z.int().min(1).max(100),
      default: 2,
      title: 'Hidden layers',
      help: 'Depth: the number of hidden layers; the network has one weight layer more.',
      unit: 'layers',
      sides: 'same',
      identity: 'derived',
    },
  },
  widths(capacity, settings) {
    if (!Number.isInteger(capacity))
      return `the hidden width of an MLP is a whole number, and ${capacity} is not`
    return Array.from<number>({ length: settings['network.mlp.hiddenLayers'] as number }).fill(capacity)
  },
  layers({ inputs, classes }, widths) {
    return [...widths, classes].map((outputs, i) => ({ name: `layers.${i}`, inputs: i === 0 ? inputs : widths[i - 1]!, outputs }))
  },
  tensors(layers, settings) {
    return layers.flatMap(({ name, inputs, outputs }, layer): TensorDescription[] => {
      const weight: TensorDescription = { role: 'weight', name: `${name}.weight`, shape: [outputs, inputs], layer }
      // A layer that BatchNorm directly follows has no bias: its gradient would be rounding noise.
      if (!settings['network.batchNorm'] || layer === layers.length - 1) {
        return settings['network.bias']
          ? [weight, { role: 'unmasked', name: `${name}.bias`, shape: [outputs], initial: 0 }]
          : [weight]
      }
      const norm = `norms.${layer}`
      return [
        weight,
        ...settings['network.affine']
          ? [
              { role: 'unmasked', name: `${norm}.weight`, shape: [outputs], initial: 1 },
              { role: 'unmasked', name: `${norm}.bias`, shape: [outputs], initial: 0 },
            ] as const
          : [],
        { role: 'buffer', name: `${norm}.running_mean`, shape: [outputs], initial: 0 },
        { role: 'buffer', name: `${norm}.running_var`, shape: [outputs], initial: 1 },
      ]
    })
  },
} satisfies Architecture
