import { z } from 'zod'

/** A number that may not be finite or not be there: JSON-like transports have no NaN for a view to trip over. */
const number = z.number().nullable()

export const meanSd = z.object({ n: z.int(), mean: number, sd: number })
export type MeanSdRow = z.infer<typeof meanSd>

const compared = z.object({ dense: meanSd, sparse: meanSd, difference: meanSd })

/** The comparison of both sides in one treatment at one capacity, or over all (`capacity` null). */
export const cellRow = z.object({
  treatment: z.string(),
  capacity: number,
  pairs: z.int(),
  capacities: z.int(),
  seeds: z.int(),
  planned: z.int(),
  diverged: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  unfinished: z.int(),
  untied: z.int(),
  collapsed: z.object({ dense: z.int(), sparse: z.int() }),
  accuracy: compared,
  egf1: compared,
  egf2: compared,
  /** One-sided exact Wilcoxon signed-rank p of sparse > dense in accuracy; null without a pair that differs. */
  pSparseBetter: number,
  pDenseBetter: number,
})
export type CellRow = z.infer<typeof cellRow>

export const runState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting'), reason: z.string().exactOptional() }),
  z.object({ kind: z.literal('running'), attempt: z.int(), epoch: z.int() }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('diverged'), epoch: z.int(), step: z.int() }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
  z.object({ kind: z.literal('cancelled') }),
])

/** How many runs are in each state. */
export const stateCounts = z.object({
  waiting: z.int(),
  running: z.int(),
  done: z.int(),
  diverged: z.int(),
  failed: z.int(),
  cancelled: z.int(),
})
export type StateCounts = z.infer<typeof stateCounts>

/** A line of the table of experiments. */
export const experimentRow = z.object({
  slug: z.string(),
  name: z.string(),
  question: z.string(),
  varies: z.array(z.object({ factor: z.string(), levels: z.int(), tuned: z.boolean() })),
  capacities: z.array(z.number()),
  seeds: z.int(),
  engine: z.string(),
  paused: z.boolean(),
  createdAt: z.date(),
  /** The newest end of one of its runs, else its creation. */
  changedAt: z.date(),
  states: stateCounts,
  /** What its runs still take, one after the other; null where none is left, or nothing was trained that could tell. */
  secondsLeft: number,
  /** Varied ones; tuned factors are at the levels that validation selects. */
  treatments: z.int(),
  /** The factor over whose levels nothing is averaged in passing; null where there is none. */
  apartBy: z.string().nullable(),
  /** Final, over all complete pairs of all treatments; of none where `apartBy` is a factor. */
  accuracy: compared,
})
export type ExperimentRow = z.infer<typeof experimentRow>

/** A run as tables show it. */
export const runRow = z.object({
  run: z.int(),
  side: z.enum(['dense', 'sparse']),
  state: runState,
  epoch: z.int(),
  epochs: z.int(),
  /** Final; null before the end. */
  accuracy: number,
  egf2: number,
  seconds: number,
})
export type RunRow = z.infer<typeof runRow>

export const pairRow = z.object({
  /** From 0, in the order of the plan. */
  position: z.int(),
  treatment: z.string(),
  capacity: z.number(),
  seed: z.int(),
  dense: runRow,
  sparse: runRow,
})
export type PairRow = z.infer<typeof pairRow>

/** One layer of one side, as it was planned and drawn. */
const layerSide = z.object({
  inputs: z.int(),
  outputs: z.int(),
  activeWeights: z.int(),
  density: z.number(),
  /** Counted once the mask is drawn. */
  unconnectedUnits: number,
  effectiveActiveWeights: number,
})

export const pairLayerRow = z.object({ name: z.string(), dense: layerSide, sparse: layerSide })
export type PairLayerRow = z.infer<typeof pairLayerRow>

/** A curve: epochs and values of equal length; null where a value was not finite. */
export const curve = z.object({
  run: z.int(),
  measure: z.string(),
  layer: z.int(),
  epochs: z.array(z.int()),
  values: z.array(number),
})
export type Curve = z.infer<typeof curve>

/** The mean of a cell's curves on one side, at one capacity or over all (`capacity` null): at each epoch over the `n` runs that have it. */
export const meanCurve = z.object({
  treatment: z.string(),
  capacity: number,
  side: z.enum(['dense', 'sparse']),
  epochs: z.array(z.int()),
  mean: z.array(number),
  sd: z.array(number),
  n: z.array(z.int()),
})
export type MeanCurve = z.infer<typeof meanCurve>

/** A pair's place in an experiment. */
export const pairPlace = z.object({
  experiment: z.string(),
  /** The experiment's. */
  name: z.string(),
  position: z.int(),
  treatment: z.string(),
  capacity: z.number(),
  seed: z.int(),
  denseRun: z.int(),
  sparseRun: z.int(),
})

export const setting = z.union([z.string(), z.number(), z.boolean()])
