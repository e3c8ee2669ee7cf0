import { z } from 'zod'

const setting = z.union([z.string(), z.number(), z.boolean()])

/** What the parts of a training cost, in seconds of one core; only their ratios count where runs tell how fast a machine is. */
export const costs = z.object({
  /** Of a run: its process and its data. */
  run: z.number(),
  /** Of a weight or entry of a mask of the first state: drawing it, writing it into checkpoints. */
  draw: z.number(),
  /** Of a step, whatever its network is. */
  step: z.number(),
  /** Of a weight of a dense product, an example's forward and backward pass. */
  weight: z.number(),
  /** Of an active weight of a layer that stores no others, the same. */
  active: z.number(),
  /** Of a weight that is stored, a step's update by an optimizer without slots; as much again for each slot. */
  update: z.number(),
  /** Of a unit and example, forward and backward: its activation, and what a layer costs beside its weights. */
  unit: z.number(),
  /** Of a unit that BatchNorm normalises, beside that. */
  norm: z.number(),
  /** Of an input and example. */
  input: z.number(),
  /** Masked layers of at most this density store active weights only. */
  sparseDensity: z.number(),
})
export type Costs = z.infer<typeof costs>

/** One density of the curve: seconds that a layer takes of a training step (forward, dX and dW, update), stored either way. */
export const curvePoint = z.object({ density: z.number(), sparse: z.number(), masked: z.number() })
export type CurvePoint = z.infer<typeof curvePoint>

/** What an engine was measured to do on a machine, and what follows for new runs. */
export const calibration = z.object({
  engine: z.string(),
  numerics: z.int(),
  /** What was measured: the CPU's name. */
  device: z.string(),
  /** The settings under which it was; of another instruction set it says nothing. */
  measuredWith: z.record(z.string(), setting),
  /** What new runs are trained with instead of the engine's own. */
  settings: z.record(z.string(), setting),
  at: z.iso.datetime(),
  /** How long it took. */
  seconds: z.number(),
  /** Processes that wanted a core before it began, by the system's average over a minute, and cores. */
  load: z.number(),
  cores: z.int(),
  /** The layer of the curve. */
  layer: z.object({ inputs: z.int(), outputs: z.int(), batchSize: z.int() }),
  /** By density, the lowest first. */
  curve: z.array(curvePoint).min(2),
  /** The density up to which storing active weights only is faster. */
  breakEven: z.number(),
  /** GFLOP/s of one thread: fused multiply-adds that nothing waits for, and the steps of a dense network. */
  peak: z.number(),
  dense: z.number(),
  /** That dense network, as "784-1024-1024-10". */
  denseNetwork: z.string(),
  costs,
})
export type Calibration = z.infer<typeof calibration>

/** Whether its figures are likely those of a machine that had other things to do. */
export function wasBusy({ load, cores }: Pick<Calibration, 'load' | 'cores'>): boolean {
  return load > cores - 0.5
}

/** "measured while 3.2 processes wanted the 2 cores" */
export function busyInWords({ load, cores }: Pick<Calibration, 'load' | 'cores'>): string {
  return `measured while ${load.toFixed(1)} processes wanted the ${cores === 1 ? 'one core' : `${cores} cores`}`
}
