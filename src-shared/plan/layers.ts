import type { LayerShape } from '../architectures'
import { expectedUnconnected } from '../masks/connectivity'

/** One side of a layer, as planned. */
export interface PlannedLayer {
  readonly inputs: number
  readonly outputs: number
  readonly activeWeights: number
  readonly density: number
  /** Output units that a random mask is expected to leave without an active weight before or after them. */
  readonly expectedUnconnectedUnits: number
}

/** The two sides of a layer beside each other. */
export interface PairLayer {
  readonly name: string
  readonly dense: PlannedLayer
  readonly sparse: PlannedLayer
}

/** Trained parameters outside every mask, a side. */
export interface UnmaskedParameters {
  readonly dense: number
  readonly sparse: number
}

export function pairLayers(shapes: { dense: readonly LayerShape[], sparse: readonly LayerShape[] }, activeWeights: readonly number[], connected: boolean): PairLayer[] {
  const unconnected = connected ? [] : expectedUnconnected(shapes.sparse, activeWeights)
  return shapes.sparse.map((sparse, l) => {
    const { name, ...dense } = shapes.dense[l]!
    return {
      name,
      dense: { ...dense, activeWeights: dense.inputs * dense.outputs, density: 1, expectedUnconnectedUnits: 0 },
      sparse: {
        inputs: sparse.inputs,
        outputs: sparse.outputs,
        activeWeights: activeWeights[l]!,
        density: activeWeights[l]! / (sparse.inputs * sparse.outputs),
        expectedUnconnectedUnits: unconnected[l] ?? 0,
      },
    }
  })
}
