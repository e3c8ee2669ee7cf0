import type { Member } from '../members'
import { Family } from '../members'

/** The distribution P_l from which the active weights of layer l start, on both sides that of the dense network's shape (SC-SDC). */
export interface Initialisation extends Member {
  /** Standard deviation of the normal distribution around 0. */
  readonly deviation: (layer: { inputs: number, outputs: number }) => number
}

export const initialisations = new Family<Initialisation>(
  'initialisation',
  import.meta.glob<Initialisation>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
)
