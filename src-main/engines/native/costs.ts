import type { Costs, CurvePoint } from '@shared/calibration/calibration'
import { inMultiplyAdds } from '@shared/plan/work'

/** What a worker takes to start and to read its data, and for each number of its first state, on the machine of docs/decisions/017. */
const RUN = 0.55
const DRAW = 1.4e-7
/** What the training loop takes around a step. */
const LOOP = 15e-6

/** As measured on the machine of docs/decisions/017; elsewhere it is their ratios that count. */
export const usualCosts = inMultiplyAdds({ run: RUN, draw: DRAW, step: 2e-5, weight: 5.3e-11, active: 6.7e-11, update: 6.8e-10, unit: 1.1e-9, norm: 5.2e-10, input: 0, sparseDensity: 0.5 })

/** Seconds of steps of networks that differ in one thing each, and the measured layer's by density. */
interface Measured {
  /** inputs-width-10, and the same with another layer of that width between. */
  readonly around: number
  readonly between: number
  /** `around` with BatchNorm. */
  readonly normed: number
  /** Of images instead of few inputs. */
  readonly fromImages: number
  readonly aroundSmall: number
  readonly betweenSmall: number
  readonly empty: number
  readonly curve: readonly CurvePoint[]
  readonly width: number
  readonly inputs: number
  readonly images: number
  readonly batch: number
  readonly smallBatch: number
  readonly sparseDensity: number
}

/** The costs that explain the measured steps. */
export function costsOf({ around, between, normed, fromImages, aroundSmall, betweenSmall, empty, curve, width, inputs, images, batch, smallBatch, sparseDensity }: Measured): Costs {
  const weights = width * width
  const [large, small] = [between - around, betweenSmall - aroundSmall]
  // What does not grow with the examples is the update.
  const perExample = (large - small) / (batch - smallBatch)
  const update = Math.max(0, large - batch * perExample) / weights
  // Sparse layers are a line in density: what an active weight costs, and what a unit does beside its weights.
  const [low, high] = [curve[0]!, curve.findLast(({ density }) => density <= 0.5)!]
  const active = Math.max(0, (high.sparse - low.sparse) / (high.density - low.density) / (weights * batch) - update / batch)
  const unit = Math.max(0, low.sparse / (width * batch) - (active + update / batch) * low.density * width)
  const weight = Math.max(0, perExample / weights - unit / width)
  return {
    run: RUN,
    draw: DRAW,
    step: empty + LOOP,
    weight,
    active,
    update,
    unit,
    norm: Math.max(0, normed - around) / (width * batch),
    // The first layer has no dX.
    input: Math.max(0, (fromImages - around - update * width * (images - inputs)) / batch - 2 / 3 * weight * width * (images - inputs)) / (images - inputs),
    sparseDensity,
  }
}
