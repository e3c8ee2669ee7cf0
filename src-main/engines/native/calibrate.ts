import type { Calibration, CurvePoint } from '@shared/calibration/calibration'
import type { Addon } from './addon'
import type { NativeSettings } from './settings'
import { availableParallelism, loadavg } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { breakEven } from '@shared/calibration/break-even'
import { BATCH, stepOf } from './calibration-networks'
import { costsOf } from './costs'

/** Of the masks that are compared. Below, any machine is faster without the others' weights; 1 has no mask. */
const DENSITIES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
/** What stands before and after it is the same for all and small. */
const ENDS = { inputs: 16, classes: 10 }
/** An image of the usual data set. */
const MNIST = 784
const SMALL_BATCH = 32

/** Networks that are timed, and the share of the whole time that it takes to make them. */
const NETWORKS = 2 * DENSITIES.length + 8
const MAKING = 0.2

interface Effort {
  /** Units of the compared layer, on both its sides: near the widths that are usual, and beyond the first caches. */
  readonly width: number
  /** A quiet machine needs some, a busy one more until each network had a core for itself once. */
  readonly rounds: number
  /** After so many seconds there are no more rounds. */
  readonly seconds: number
}
const EFFORT: Effort = { width: 1024, rounds: 40, seconds: 25 }

/** Steps that are timed together, so that the clock's own time does not count. */
const LEAST_MILLISECONDS = 1

/**
 * Times a layer's training steps through the engine's own trainer, stored sparse and dense with a mask, all networks in
 * turn, so that what else the machine does meets all alike; each network's fastest round counts.
 * @param told hears how much of it is done, 0 .. 1
 */
export async function calibrate(addon: Addon, settings: NativeSettings, told: (share: number) => void, { width, rounds, seconds: most } = EFFORT): Promise<Omit<Calibration, 'engine' | 'numerics' | 'device'>> {
  const start = performance.now()
  const [load] = loadavg()
  const { inputs, classes } = ENDS
  const all: Timed[] = []
  /** Draws a network and takes its first steps. */
  const step = async (sizes: readonly number[], options: Partial<Parameters<typeof stepOf>[2]> = {}): Promise<Timed> => {
    const one = timed(stepOf(addon, settings, { sizes, ...options }))
    told(MAKING * all.push(one) / NETWORKS)
    await setImmediate()
    return one
  }
  const around = [inputs, width, classes]
  const between = [inputs, width, width, classes]
  const curve: { density: number, sparse: Timed, masked: Timed }[] = []
  for (const density of DENSITIES)
    curve.push({ density, sparse: await step(between, { density, sparseDensity: 1 }), masked: await step(between, { density, sparseDensity: 0 }) })
  const others = {
    around: await step(around),
    between: await step(between),
    normed: await step(around, { batchNorm: true }),
    fromImages: await step([MNIST, width, classes]),
    aroundSmall: await step(around, { batchSize: SMALL_BATCH }),
    betweenSmall: await step(between, { batchSize: SMALL_BATCH }),
    dense: await step([MNIST, width, width, classes]),
    empty: await step([inputs, inputs, classes]),
  }
  const made = performance.now()
  let peak = 0
  for (let round = 0; round < rounds; round++) {
    const spent = (performance.now() - made) / 1000
    if (spent > most)
      break
    for (const one of all) {
      one.again()
      await setImmediate()
    }
    if (round % 10 === 0)
      peak = Math.max(peak, addon.peak(settings.instructionSet))
    told(MAKING + (1 - MAKING) * Math.min(1, Math.max((round + 1) / rounds, spent / most)))
  }
  all.forEach(({ dispose }) => dispose())
  told(1)

  const seconds = Object.fromEntries(Object.entries(others).map(([name, { seconds }]) => [name, seconds()])) as Record<keyof typeof others, number>
  // What the compared layer takes of the whole step.
  const points = curve.map(({ density, sparse, masked }): CurvePoint => ({ density, sparse: sparse.seconds() - seconds.around, masked: masked.seconds() - seconds.around }))
  const found = breakEven(points)
  const sparseDensity = Math.round(100 * found) / 100
  return {
    measuredWith: { instructionSet: settings.instructionSet },
    settings: { sparseDensity },
    at: new Date().toISOString(),
    seconds: (performance.now() - start) / 1000,
    load: load!,
    cores: availableParallelism(),
    layer: { inputs: width, outputs: width, batchSize: BATCH },
    curve: points,
    breakEven: found,
    peak,
    dense: 2 * BATCH * (2 * MNIST * width + 3 * (width * width + width * classes)) / seconds.dense / 1e9,
    denseNetwork: [MNIST, width, width, classes].join('-'),
    costs: costsOf({ ...seconds, curve: points, width, inputs, images: MNIST, batch: BATCH, smallBatch: SMALL_BATCH, sparseDensity }),
  }
}

interface Timed {
  readonly again: () => void
  /** Of the fastest step. */
  readonly seconds: () => number
  readonly dispose: () => void
}

function timed({ step, dispose }: ReturnType<typeof stepOf>): Timed {
  const run = (times: number): number => {
    const start = performance.now()
    for (let i = 0; i < times; i++)
      step()
    return (performance.now() - start) / times
  }
  // The first touches its memory.
  run(1)
  const times = Math.max(1, Math.ceil(LEAST_MILLISECONDS / run(1)))
  let least = Infinity
  return { again: () => void (least = Math.min(least, run(times))), seconds: () => least / 1000, dispose }
}
