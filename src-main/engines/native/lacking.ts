import type { RunSpecification } from '@shared/plan/specification'
import type { Addon } from './addon'
import { totalmem } from 'node:os'
import { optimizers } from '@shared/optimizers'

/** The architectures that `trainer.ts` makes operations of. */
const ARCHITECTURES = ['mlp']

/** A class's number is a byte. */
const MOST_CLASSES = 256

/** A sentence for each thing that a run needs and the addon lacks. */
export function lacking(run: RunSpecification, addon: Addon): string[] {
  const { settings, data } = run
  const members = ([
    ['architecture', settings['network.architecture'], ARCHITECTURES],
    ['activation', settings['network.activation'], addon.activations],
    ['optimizer', settings['training.optimizer'], addon.optimizers],
  ] as const).filter(([, member, there]) => !there.includes(member))
    .map(([family, member, there]) => `the engine 'native' has no ${family} '${member}'; it has ${there.join(', ')}`)
  const classes = data.classes.length > MOST_CLASSES ? [`the engine 'native' has at most ${MOST_CLASSES} classes, and the data set has ${data.classes.length}`] : []
  return [...members, ...classes, ...tooLarge(run)]
}

/** Where weights, gradients and slots do not fit into this machine's memory. Sparse layers need less: this is for what is surely too large. */
function tooLarge({ settings, layers, widths }: RunSpecification): string[] {
  const arrays = 2 + optimizers.get(settings['training.optimizer']).slots.length
  const bytes = 4 * arrays * layers.reduce((sum, { activeWeights }) => sum + activeWeights, 0)
  const dense = layers.reduce((sum, { inputs, outputs }) => sum + 5 * inputs * outputs, 0)
  const needed = bytes + dense
  return needed > totalmem()
    ? [`this machine has ${gigabytes(totalmem())} GB of memory, and a network of widths ${widths.join(' x ')} needs about ${gigabytes(needed)} GB: choose smaller ones`]
    : []
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1)
}
