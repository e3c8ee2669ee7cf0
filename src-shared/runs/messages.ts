import type { Settings } from '../experiment/parameter'
import type { Configuration, Recording } from '../experiment/parameters'
import type { LayerConnectivity } from '../masks/connectivity'
import type { MeasuredEpoch } from '../measures'
import type { RunSpecification } from '../plan/specification'
import { z } from 'zod'

/** One training of one run by one process. */
export interface Assignment {
  readonly run: number
  readonly attempt: number
  readonly specification: RunSpecification
  readonly recording: Recording
  readonly engine: string
  /** What the engine is opened with: as the run began, or as its experiment's runs begin; the engine's own if absent. */
  readonly engineSettings?: Settings
  /** Checkpoint files to go on from, best first; the first sound one is taken. */
  readonly resumeFrom: readonly string[]
  /** The checkpoint of the run that this one starts from, where it does. */
  readonly startFrom?: string
  /** Epochs from which other runs start: their checkpoints are written, whatever the recording says. */
  readonly startingEpochs: readonly number[]
  /** Where this attempt writes its checkpoints; no other attempt writes here. */
  readonly checkpointFolder: string
}

/** What a worker can make ready before it is given a run. */
export interface Preparation {
  readonly engine: string
  /** Of a run; the data set's are what counts. */
  readonly settings: Configuration
}

/** What main tells a worker. A closed channel means that main is gone: the worker exits. */
export type ToWorker
  = | { readonly type: 'prepare', readonly preparation: Preparation }
    | { readonly type: 'train', readonly assignment: Assignment }
    /** Stop after the running step; what is not in a checkpoint is trained again. */
    | { readonly type: 'stop' }

/** Any float64: what a network computes need not be finite. */
const real = z.union([z.number(), z.nan(), z.literal([Infinity, -Infinity])])

const measurement = z.object({
  measure: z.string(),
  layer: z.int(),
  value: real,
  correct: z.int().exactOptional(),
  total: z.int().exactOptional(),
})

const connectivity = z.object({
  activeWeights: z.int(),
  effectiveActiveWeights: z.int(),
  unconnectedUnits: z.int(),
}) satisfies z.ZodType<LayerConnectivity>

const measuredEpoch = z.object({
  epoch: z.int(),
  measurements: z.array(measurement).readonly(),
}) satisfies z.ZodType<MeasuredEpoch>

/** How a training ended. */
const outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('diverged'), epoch: z.int(), step: z.int() }),
  z.object({ kind: z.literal('stopped') }),
  /** Nothing is wrong with the run, and every other would meet the same: a full disk, a damaged data set. */
  z.object({ kind: z.literal('blocked'), reason: z.string() }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
])
export type Outcome = z.infer<typeof outcome>

/** What a worker tells main, checked at the boundary. Every message also says that the worker is alive. */
export const fromWorker = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    /** 0 when it starts from nothing. */
    epoch: z.int(),
    engine: z.object({
      /** What a later attempt needs to go on with the same bits. */
      settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      device: z.string(),
      versions: z.record(z.string(), z.string()),
      threads: z.int(),
    }),
    layers: z.array(connectivity),
  }),
  z.object({ type: z.literal('progress'), epoch: z.int(), step: z.int(), loss: real }),
  /** In the order of epochs; a small network ends many between two messages. */
  z.object({ type: z.literal('measured'), epochs: z.array(measuredEpoch).min(1) }),
  z.object({ type: z.literal('checkpointed'), epoch: z.int(), file: z.string(), bytes: z.int() }),
  /** Sent by a timer: it lives, however long a measurement takes. */
  z.object({ type: z.literal('alive') }),
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({ type: z.literal('ended'), outcome }),
])
export type FromWorker = z.infer<typeof fromWorker>
