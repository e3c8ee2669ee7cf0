import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What src-native/binding offers; every argument is checked there, and errors name it. */
export interface Addon {
  /** Of this machine, the fastest first. */
  readonly instructionSets: readonly string[]
  readonly optimizers: readonly string[]
  readonly activations: readonly string[]
  readonly Network: new (description: NetworkDescription) => NativeNetwork
  /** GFLOP/s of fused multiply-adds on one thread. */
  readonly peak: (instructionSet: string) => number
}

export interface NetworkDescription {
  readonly instructionSet: string
  readonly threads: number
  /** Floating-point operations of a kernel call from which on threads share it. */
  readonly sharedWork: number
  readonly batchSize: number
  readonly inputs: number
  readonly channels: readonly { readonly mean: number, readonly deviation: number }[]
  readonly layers: readonly LayerDescription[]
  readonly optimizer: string
  /** The optimizer's own parameters by their names. */
  readonly own: Readonly<Record<string, number>>
  readonly lambda: number
  /** Steps taken before. */
  readonly step: number
}

export interface LayerDescription {
  readonly outputs: number
  readonly storage: Storage
  readonly mask: Uint8Array | undefined
  /** Names of tensors and modules. */
  readonly weight: string
  readonly bias: string | undefined
  readonly norm: string | undefined
  readonly affine: boolean
  readonly activation: string | undefined
}

/** Dense weights; dense ones of which a mask's may move; active ones alone. */
export type Storage = 'dense' | 'masked' | 'sparse'

export interface NativeNetwork {
  readonly step: (images: Uint8Array, labels: Uint8Array, indices: Uint32Array, rate: number) => void
  /** Sum of losses and number of steps since last asked; the first step that was not finite, or 0. */
  readonly progress: () => [lossSum: number, steps: number, firstNonFiniteStep: number]
  readonly stepsTaken: () => number
  readonly evaluate: (images: Uint8Array, labels: Uint8Array, indices: Uint32Array) => [correct: number, lossSum: number]
  /** By layer Σ|v| and Σv² of: g, g ⊙ m, g + λθ, (g + λθ) ⊙ m, θ. */
  readonly norms: (images: Uint8Array, labels: Uint8Array, indices: Uint32Array, chunks: Uint32Array) => number[][]
  readonly gradient: (images: Uint8Array, labels: Uint8Array, indices: Uint32Array, chunks: Uint32Array, layer: number) => Float32Array
  /** A tensor, or with `slot` from 0 one of its optimizer's slots; slot -1 is the tensor itself. */
  readonly read: (name: string, slot: number) => Float32Array
  readonly write: (name: string, slot: number, values: Float32Array) => void
  /** Of its buffers. */
  readonly bytes: () => number
  /** Frees its memory at once. */
  readonly dispose: () => void
}

export type Loaded
  = | { readonly kind: 'loaded', readonly addon: Addon }
    | { readonly kind: 'missing', readonly reason: string }

let loaded: Loaded | undefined

/** The addon that set-up built for this program, or the one that tests name. */
export function loadAddon(): Loaded {
  return loaded ??= load()
}

function load(): Loaded {
  const file = process.env.LAB_NATIVE ?? find(import.meta.dirname)
  if (!file)
    return { kind: 'missing', reason: 'it was not built here; "npm run setup" builds it, or says what to install' }
  try {
    return { kind: 'loaded', addon: createRequire(import.meta.url)(file) as Addon }
  }
  catch (error) {
    return { kind: 'missing', reason: `${file} cannot be loaded: ${(error as Error).message}` }
  }
}

/** Beside the built program; for one that runs from its sources, in the newest build. */
function find(folder: string): string | undefined {
  const file = [join(folder, 'native.node'), join(folder, 'out', 'current', 'main', 'native.node')].find(existsSync)
  return file ?? (dirname(folder) === folder ? undefined : find(dirname(folder)))
}
