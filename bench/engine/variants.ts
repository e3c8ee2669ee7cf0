import type { Row } from './rows'
import { operations } from './networks'

/** Columns of the tables. The fastest variant of a column stands for it. */
export const columns = [
  { id: 'ours', title: 'native', about: 'our native engine' },
  { id: 'masked', title: 'PyTorch masked', about: '`F.linear(x, weight * mask)` in eager mode with the default optimizer: what people run (without a mask where nothing is sparse)' },
  { id: 'best', title: 'PyTorch best', about: 'the fastest PyTorch that we could configure: weights masked once and their gradients at each step, fused optimizer, glibc that keeps its memory in huge pages; eager or compiled, whichever is faster in the row' },
  { id: 'csr', title: 'PyTorch CSR', about: '`torch.sparse` CSR weights with PyTorch\'s own autograd and optimizer' },
  { id: 'csr-by-hand', title: 'CSR by hand', about: 'CSR weights with a backward of its own (MKL\'s sparse product, `sampled_addmm`), fused optimizer, the same tuned glibc' },
  { id: 'jax', title: 'JAX', about: 'one jitted step with donated buffers, masks on weights or on gradients, whichever is faster' },
  { id: 'wasm', title: 'our wasm', about: 'our engine for machines without a compiler: TensorFlow.js on WebAssembly, one thread' },
] as const
export type Column = typeof columns[number]['id']

/** One way to take a step, by a process of its own. */
export interface Variant {
  readonly id: string
  readonly column: Column
  /** What tells it from others of its column. */
  readonly title: string
  readonly program: Program
  /** glibc keeps freed buffers, and asks for huge pages. */
  readonly tunedMemory?: boolean
  /** Only for networks with masks. */
  readonly needsMasks?: boolean
  /** Turns it takes at most; all rounds if not given. */
  readonly rounds?: number
  /** Milliseconds that a step may take; slower ones are told of and not measured. */
  readonly longestStep: number
}

export type Program
  = | { readonly kind: 'engine', readonly engine: 'native' | 'wasm' }
    | { readonly kind: 'python', readonly framework: 'torch' | 'jax', readonly variant: string }

export const ours: Variant = { id: 'native', column: 'ours', title: 'native', program: { kind: 'engine', engine: 'native' }, longestStep: Infinity }

const torch = (variant: string): Program => ({ kind: 'python', framework: 'torch', variant })
const jax = (variant: string): Program => ({ kind: 'python', framework: 'jax', variant })

/** Milliseconds of a step beyond which a contestant that is slow anyway is not worth its minutes. */
const SLOW = 5_000

export const rivals: readonly Variant[] = [
  { id: 'torch-masked', column: 'masked', title: 'eager', program: torch('masked'), longestStep: Infinity },
  { id: 'torch-gradient-mask', column: 'best', title: 'eager', program: torch('gradient-mask'), tunedMemory: true, longestStep: Infinity },
  { id: 'torch-compiled', column: 'best', title: 'compiled', program: torch('compiled'), tunedMemory: true, longestStep: Infinity },
  { id: 'torch-compiled-update', column: 'best', title: 'compiled with update', program: torch('compiled-update'), tunedMemory: true, longestStep: Infinity },
  { id: 'torch-csr', column: 'csr', title: 'CSR', program: torch('csr'), needsMasks: true, longestStep: SLOW },
  { id: 'torch-csr-by-hand', column: 'csr-by-hand', title: 'CSR by hand', program: torch('csr-by-hand'), tunedMemory: true, needsMasks: true, longestStep: SLOW },
  { id: 'jax-masked', column: 'jax', title: 'masked', program: jax('masked'), longestStep: Infinity },
  { id: 'jax-gradient-mask', column: 'jax', title: 'gradient mask', program: jax('gradient-mask'), needsMasks: true, longestStep: Infinity },
  { id: 'wasm', column: 'wasm', title: 'wasm', program: { kind: 'engine', engine: 'wasm' }, rounds: 3, longestStep: SLOW },
]

/** Sparse kernels above this density are slower than dense ones by multiples, and take minutes to measure. */
const DENSEST_CSR = 0.5

/** Whether a variant is another one than those of its column in this row. */
export function takesPart({ program, needsMasks, column }: Variant, { layers, threads }: Row): boolean {
  const active = layers.reduce((sum, { activeWeights }) => sum + activeWeights, 0)
  const all = layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0)
  if (needsMasks && active === all)
    return false
  if (column.startsWith('csr'))
    return active / all <= DENSEST_CSR
  // It knows one thread, and shows nothing new on two.
  return program.kind !== 'engine' || program.engine !== 'wasm' || threads === 1
}

/** GFLOP/s a thread of dense products that a variant reaches, or of active weights for sparse ones: for estimates alone. */
const ROUGH_RATES: Readonly<Record<Column, number>> = { 'ours': 35, 'masked': 35, 'best': 60, 'csr': 2, 'csr-by-hand': 10, 'jax': 45, 'wasm': 15 }

/** Milliseconds of a step, roughly. */
export function roughStep({ column }: Variant, { layers, threads }: Row): number {
  const isSparse = column === 'ours' || column.startsWith('csr')
  const done = isSparse ? layers : layers.map(layer => ({ ...layer, activeWeights: layer.inputs * layer.outputs }))
  return 0.1 + operations({ layers: done }) / ROUGH_RATES[column] / threads / 1e6
}
