import type { LayerShape } from '../architectures'

/**
 * Expected number of unconnected output units of each layer of a chain, when layer l's mask is a uniformly random set of
 * `activeWeights[l]` of its entries. A unit is unconnected if no active weight leads to it or, unless it is an output of the
 * network, none leads on from it. Exact: a given row of `inputs` entries is empty with probability C(T - inputs, k) / C(T, k).
 */
export function expectedUnconnected(layers: readonly LayerShape[], activeWeights: readonly number[]): number[] {
  return layers.map(({ inputs, outputs }, l) => {
    const nothingIn = emptyProbability(inputs, inputs * outputs, activeWeights[l]!)
    const next = layers[l + 1]
    const nothingOut = next
      ? emptyProbability(next.outputs, next.inputs * next.outputs, activeWeights[l + 1]!)
      : 0
    return outputs * (nothingIn + nothingOut - nothingIn * nothingOut)
  })
}

/** Probability that none of `size` given entries is among `chosen` entries drawn from `total` without replacement. */
function emptyProbability(size: number, total: number, chosen: number): number {
  let probability = 1
  for (let i = 0; i < size && probability > 0; i++)
    probability *= Math.max(0, total - chosen - i) / (total - i)
  return probability
}

export interface LayerConnectivity {
  readonly activeWeights: number
  /** Active weights that lie on some path of active weights from an input to an output of the network. */
  readonly effectiveActiveWeights: number
  /** Output units with no active weight to them or, before the last layer, none from them. */
  readonly unconnectedUnits: number
}

/** The exact connectivity of a chain of layers; a missing mask is a dense layer. Masks are [outputs, inputs], row by row. */
export function connectivity(layers: readonly LayerShape[], masks: readonly (Uint8Array | undefined)[]): LayerConnectivity[] {
  /** Calls `visit(output, input)` for each active weight of layer l. */
  const eachActive = (l: number, visit: (output: number, input: number) => void): void => {
    const { inputs, outputs } = layers[l]!
    const mask = masks[l]
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < inputs; i++) {
        if (!mask || mask[o * inputs + i])
          visit(o, i)
      }
    }
  }
  /** Per boundary b between layers (0: the network's inputs), the units that a path from the inputs reaches. */
  const reached = [new Uint8Array(layers[0]!.inputs).fill(1)]
  const hasIncoming: Uint8Array[] = []
  for (const [l, { outputs }] of layers.entries()) {
    const to = new Uint8Array(outputs)
    const incoming = new Uint8Array(outputs)
    eachActive(l, (o, i) => {
      incoming[o] = 1
      to[o]! |= reached[l]![i]!
    })
    reached.push(to)
    hasIncoming.push(incoming)
  }
  let leading = new Uint8Array(layers.at(-1)!.outputs).fill(1)
  let hasOutgoing = leading.slice()
  return layers.map((_, l) => l).reverse().map((l) => {
    const { inputs, outputs } = layers[l]!
    const from = new Uint8Array(inputs)
    const outgoing = new Uint8Array(inputs)
    let activeWeights = 0
    let effectiveActiveWeights = 0
    eachActive(l, (o, i) => {
      activeWeights++
      effectiveActiveWeights += reached[l]![i]! & leading[o]!
      from[i]! |= leading[o]!
      outgoing[i] = 1
    })
    let unconnectedUnits = 0
    for (let o = 0; o < outputs; o++) {
      unconnectedUnits += hasIncoming[l]![o]! & hasOutgoing[o]! ? 0 : 1
    }
    leading = from
    hasOutgoing = outgoing
    return { activeWeights, effectiveActiveWeights, unconnectedUnits }
  }).reverse()
}
