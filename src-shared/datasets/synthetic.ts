import type { Dataset } from '.'
import { z } from 'zod'

export default {
  id: 'synthetic',
  version: 1,
  title: 'Synthetic',
  help: 'Noisy copies of one random picture a class: small, learnable in seconds, the same on every machine. For tests and first steps.',
  licence: 'MIT (generated)',
  parameters: {
    train: {
      type: z.int().min(4).max(1_000_000),
      default: 512,
      title: 'Training examples',
      help: 'Number of training examples, classes in equal shares.',
      unit: 'examples',
      sides: 'same',
    },
    test: {
      type: z.int().min(2).max(1_000_000),
      default: 256,
      title: 'Test examples',
      help: 'Number of test examples, classes in equal shares.',
      unit: 'examples',
      sides: 'same',
    },
    side: {
      type: z.int().min(1).max(256),
      default: 4,
      title: 'Picture side',
      help: 'Height and width of a picture; it has one channel.',
      unit: 'pixels',
      sides: 'same',
    },
    classes: {
      type: z.int().min(2).max(256),
      default: 4,
      title: 'Classes',
      help: 'Number of classes.',
      unit: 'classes',
      sides: 'same',
    },
    noise: {
      type: z.number().min(0).max(1_000),
      default: 64,
      title: 'Noise',
      help: 'Standard deviation of the noise added to each pixel before it is cut to 0 .. 255.',
      unit: 'grey levels',
      sides: 'same',
    },
  },
  facts(settings) {
    const { train, test, side, classes, noise } = syntheticSettings(settings)
    return {
      shape: [1, side, side],
      classes: Array.from({ length: classes }, (_, i) => `class ${i}`),
      train,
      test,
      testMajority: Math.ceil(test / classes),
      content: `synthetic:1:${[train, test, side, classes, noise].join(':')}`,
    }
  },
} satisfies Dataset

export function syntheticSettings(settings: Readonly<Record<string, unknown>>): Record<'train' | 'test' | 'side' | 'classes' | 'noise', number> {
  const value = (name: string): number => settings[`data.synthetic.${name}`] as number
  return {
    train: value('train'),
    test: value('test'),
    side: value('side'),
    classes: value('classes'),
    noise: value('noise'),
  }
}
