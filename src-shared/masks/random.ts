import type { Draws } from '../random/stream'
import { permutation, sampleWithoutReplacement } from '../random/stream'

/**
 * A random mask of [outputs, inputs] with exactly `activeWeights` ones, every such mask equally likely.
 * With `connectInputs` or `connectOutputs` each input or output unit has at least one: a random cover of
 * min(inputs, outputs) to max(inputs, outputs) entries is laid first, then the rest is drawn.
 * @throws RangeError if there are too few active weights for that, or more than entries.
 */
export function randomMask(shape: { inputs: number, outputs: number }, activeWeights: number, connect: { inputs: boolean, outputs: boolean }, draws: Draws): Uint8Array {
  const { inputs, outputs } = shape
  const mask = new Uint8Array(inputs * outputs)
  const cover = coverSize(shape, connect)
  if (cover > activeWeights)
    throw new RangeError(`${activeWeights} active weights cannot connect ${cover} units`)
  if (cover > 0) {
    const rows = permutation(outputs, draws)
    const columns = permutation(inputs, draws)
    for (let i = 0; i < cover; i++)
      mask[rows[i % outputs]! * inputs + columns[i % inputs]!] = 1
  }
  sampleWithoutReplacement(mask, activeWeights - cover, draws)
  return mask
}

/** What "connect every unit" asks of layer l (from 0) of a network: the network's inputs may stay without a weight. */
export function connectedEnds(l: number): { inputs: boolean, outputs: boolean } {
  return { inputs: l > 0, outputs: true }
}

/** The fewest active weights with which a layer connects what is asked of it. */
export function coverSize({ inputs, outputs }: { inputs: number, outputs: number }, connect: { inputs: boolean, outputs: boolean }): number {
  return Math.max(connect.inputs ? inputs : 0, connect.outputs ? outputs : 0)
}
