import type { Costs } from '../calibration/calibration'
import type { Recording } from '../experiment/parameters'
import type { RunSpecification } from './specification'
import { countEpochs } from '../experiment/cadence'
import { optimizers } from '../optimizers'
import { stepsPerEpoch } from './specification'
import { PROBE_SIZE, TEST_SUBSET_SIZE } from './splits'

/**
 * Raised when what a training costs is counted otherwise, by `workOf` or by an engine's usual costs: stored counts of
 * another version are never compared with it.
 */
export const WORK_VERSION = 1

/** Multiply-adds of an engine without sparse arithmetic, beside which nothing counts: forward, and twice as much backward. */
export const denseCosts: Costs = { run: 0, draw: 0, step: 0, weight: 3, active: 3, update: 0, unit: 0, norm: 0, input: 0, sparseDensity: 0 }

/** Costs in units of a multiply-add of their dense products. */
export function inMultiplyAdds(costs: Costs): Costs {
  const unit = costs.weight / denseCosts.weight
  const { sparseDensity, ...others } = costs
  return { ...Object.fromEntries(Object.entries(others).map(([name, cost]) => [name, cost / unit])) as Omit<Costs, 'sparseDensity'>, sparseDensity }
}

/**
 * What a whole training with its measurements costs an engine, in the unit of its costs: what remains of it against what
 * was done gives the remaining time.
 */
export function workOf(run: RunSpecification, recording: Recording, costs: Costs = denseCosts): number {
  const { settings, trainExamples, data } = run
  const epochs = settings['training.epochs']
  const measured = countEpochs(recording, epochs)
  const { draw, update, train, forward, flow } = partsOf(run, costs)
  const evaluated = (Math.min(TEST_SUBSET_SIZE, data.test) + settings['data.validation']) * (epochs + 1) + data.test * measured.test
  return costs.run + draw
    + stepsPerEpoch(run) * epochs * (costs.step + update)
    + trainExamples * epochs * train
    + Math.min(PROBE_SIZE, trainExamples) * measured.gradientFlow * flow
    + evaluated * forward
}

/** What the first state costs, a step's update, and an example's training, evaluation and gradient flow. */
function partsOf({ settings, layers }: RunSpecification, costs: Costs): { draw: number, update: number, train: number, forward: number, flow: number } {
  const arrays = 1 + optimizers.get(settings['training.optimizer']).slots.length
  const parts = { draw: 0, update: 0, train: costs.input * layers[0]!.inputs, forward: costs.input * layers[0]!.inputs, flow: costs.input * layers[0]!.inputs }
  layers.forEach(({ inputs, outputs, activeWeights }, l) => {
    const size = inputs * outputs
    const isMasked = activeWeights < size
    const isSparse = isMasked && activeWeights <= costs.sparseDensity * size
    // Forward, dX and dW, of which the first layer has no dX.
    const pass = (isSparse ? activeWeights * costs.active : size * costs.weight) / 3
    const backward = l === 0 ? 0 : pass
    const isNormed = settings['network.batchNorm'] && l < layers.length - 1
    const units = outputs * (costs.unit + (isNormed ? costs.norm : 0))
    parts.draw += (size + (isMasked ? activeWeights : 0)) * costs.draw
    parts.update += (isSparse ? activeWeights : size) * arrays * costs.update
    parts.train += pass + backward + pass + units
    parts.forward += pass + units / 2
    // Gradients of masked weights are wanted too: a dense product.
    parts.flow += pass + backward + size * costs.weight / 3 + units
  })
  return parts
}

/** Runs of which several cost the same. */
export interface RunsAlike {
  readonly run: RunSpecification
  readonly count: number
}

/** How much of an engine's costs a run of each side does in a second; absent where nothing tells. */
export interface Speeds {
  readonly dense?: number
  readonly sparse?: number
}

/** Seconds of runs, one after the other; undefined where nothing tells how fast. Where only one side was trained, the other is taken to be as fast. */
export function secondsOf(runs: readonly RunsAlike[], recording: Recording, costs: Costs, { dense, sparse }: Speeds): number | undefined {
  const speed = { dense: dense ?? sparse, sparse: sparse ?? dense }
  return speed.dense && speed.sparse
    ? runs.reduce((sum, { run, count }) => sum + count * workOf(run, recording, costs) / speed[run.streams.side]!, 0)
    : undefined
}
