import type { Member } from '../members'
import { Family } from '../members'

/** The non-linearity after each hidden layer; each engine family has its arithmetic under the same id. */
export interface Activation extends Member {}

export const activations = new Family<Activation>(
  'activation',
  import.meta.glob<Activation>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
)
