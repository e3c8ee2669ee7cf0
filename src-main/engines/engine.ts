import type { TensorDescription } from '@shared/architectures'
import type { Calibration, Costs } from '@shared/calibration/calibration'
import type { Settings } from '@shared/experiment/parameter'
import type { LayerSpecification, RunSpecification } from '@shared/plan/specification'
import type { NetworkState } from '@shared/runs/network-state'
import type { Evaluation, LayerNorms } from '@shared/runs/observation'
import type { Examples } from '../datasets/examples'

/** What trains networks (design §4). An engine's file is `<family>/<id>.engine.ts`; loading it costs nothing before `open`. */
export interface Engine {
  readonly id: string
  readonly title: string
  /** Raised when its arithmetic changes: runs of another version are never shared or resumed. */
  readonly numerics: number
  /** What the parts of a training cost it, in its dense multiply-adds; those of an engine without sparse arithmetic if absent. */
  readonly costs?: Costs
  /** Automatic choice takes the highest of those that are available. */
  readonly preference: number
  readonly availability: () => Promise<Availability>
  /** Why it cannot train this run, a sentence each; empty if it can. */
  readonly lacks: (run: RunSpecification) => readonly string[]
  /** Why a run that began with these settings cannot go on here; without it they must be those of `availability`. */
  readonly obstacle?: (settings: Settings) => string | undefined
  /** Settings beside its own that must give right results here too. */
  readonly variants?: () => readonly Settings[]
  /**
   * Measures, in less than a minute, up to which density of a layer storing its active weights only is faster on this
   * machine than a dense product with a mask: the threshold that new runs get as the setting `sparseDensity`, beside what
   * training costs here. Absent where an engine stores layers one way; one that has it needs `obstacle`, too.
   * @param told hears how much of it is done, 0 .. 1
   */
  readonly calibrate?: (told: (share: number) => void) => Promise<Calibration>
  /** @param settings with which a run began; its own where they are absent */
  readonly open: (settings?: Settings) => Promise<OpenEngine>
}

export type Availability
  = | {
    readonly kind: 'available'
    readonly device: string
    readonly versions: Readonly<Record<string, string>>
    /** What a new run would be trained with here; a run goes on only with those with which it began. */
    readonly settings: Settings
  }
  | { readonly kind: 'unavailable', readonly reason: string }

export interface OpenEngine {
  readonly settings: Settings
  readonly device: string
  readonly versions: Readonly<Record<string, string>>
  readonly threads: number
  /**
   * Replicas share shapes, optimizer and batch size; each has its own state and scalar hyper-parameters.
   * Every result of the trainer is an array by replica.
   */
  readonly compile: (network: Network, training: Training, replicas: readonly Replica[], examples: Examples) => Promise<Trainer>
}

export interface Network {
  readonly architecture: string
  readonly activation: string
  readonly batchNorm: boolean
  readonly layers: readonly LayerSpecification[]
  readonly tensors: readonly TensorDescription[]
}

export interface Training {
  readonly optimizer: string
  readonly batchSize: number
}

export interface Replica {
  readonly state: NetworkState
  /** Scalars of the optimizer and the penalty, by path. */
  readonly settings: Settings
  /** λ of the L2 penalty; 0 for none. */
  readonly lambda: number
}

/** Examples by index in one of the two halves of a data set. */
export interface Selection {
  readonly half: 'train' | 'test'
  readonly indices: Uint32Array
}

export interface Progress {
  /** Mean of the step losses since last asked, NaN if there was none. */
  readonly loss: number
  /** The first step (from 1, over the whole training) whose loss or gradient was not finite; the replica is frozen before it. */
  readonly firstNonFiniteStep?: number
}

export interface Trainer {
  /** Enqueues one optimizer step on training examples; rates by replica. */
  readonly step: (step: { examples: Uint32Array, rates: readonly number[] }) => void
  readonly progress: () => Promise<Progress[]>
  /** BatchNorm by running statistics. */
  readonly evaluate: (selection: Selection) => Promise<Evaluation[]>
  /** Gradient flow (design §2) over training examples in chunks; running statistics stay untouched. */
  readonly norms: (probe: { chunks: readonly Uint32Array[] }) => Promise<LayerNorms[][]>
  /** ∂C/∂θ_l of the mean loss over training examples in chunks, unmasked, [outputs, inputs]; l from 0. */
  readonly gradients: (of: { chunks: readonly Uint32Array[], layer: number }) => Promise<Float32Array[]>
  readonly state: () => Promise<NetworkState[]>
  readonly restore: (states: readonly NetworkState[]) => void
  /** New masks by weight name; weights and slots outside them become zero. */
  readonly setMasks: (masks: readonly NetworkState['masks'][]) => void
  readonly dispose: () => void
}
