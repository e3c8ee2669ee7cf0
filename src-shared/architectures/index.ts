import type { Settings } from '../experiment/parameter'
import type { Member } from '../members'
import { Family } from '../members'

/** A weight tensor that a mask can cover: `outputs` x `inputs`, as PyTorch lays it out. */
export interface LayerShape {
  /** PyTorch's name of the module that owns it. */
  readonly name: string
  readonly inputs: number
  readonly outputs: number
}

/** What surrounds a network: its data. */
export interface Ends {
  readonly inputs: number
  readonly classes: number
}

export interface Architecture extends Member {
  /** Hidden widths of a network of this capacity, or a sentence that says why there is none. */
  readonly widths: (capacity: number, settings: Settings) => readonly number[] | string
  /** The maskable weight tensors, input side first: design §2's θ_1 .. θ_L. */
  readonly layers: (ends: Ends, widths: readonly number[]) => readonly LayerShape[]
  /** Every tensor of the network's state, in the order of a checkpoint. */
  readonly tensors: (layers: readonly LayerShape[], settings: Settings) => readonly TensorDescription[]
}

/** One tensor of a network, by PyTorch's name and layout. */
export type TensorDescription
  /** θ_l: masked, penalised, drawn at the start. */
  = | { readonly role: 'weight', readonly name: string, readonly shape: readonly [number, number], readonly layer: number }
    /** A trained parameter that no mask covers: a bias, a scale or a shift. */
    | { readonly role: 'unmasked', readonly name: string, readonly shape: readonly [number], readonly initial: number }
    /** Not trained by gradients: running statistics. */
    | { readonly role: 'buffer', readonly name: string, readonly shape: readonly [number], readonly initial: number }

export const architectures = new Family<Architecture>(
  'architecture',
  import.meta.glob<Architecture>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
)
