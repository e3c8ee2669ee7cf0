import type { RunSpecification } from '@shared/plan/specification'
import type { StoredLayer } from '../store/layers'
import { architectures } from '@shared/architectures'
import { pairRows } from '../rows/run-rows'
import { layersOfRun } from '../store/layers'
import { getRun, getSpecification } from '../store/runs'
import { mustFind, mustFindPair, os } from './base'

export const pairs = {
  get: os.pairs.get.handler(({ context: { store }, input: { slug, position } }) => {
    const { experiment: { name } } = mustFind(store, slug)
    const { pair, of } = mustFindPair(store, slug, position)
    const side = (run: number) => ({ specification: getSpecification(store, getRun(store, run)!.identity), drawn: layersOfRun(store, run) })
    const [dense, sparse] = [side(pair.denseRun), side(pair.sparseRun)]
    return {
      pair: pairRows(store, [pair])[0]!,
      of,
      name,
      layers: dense.specification.layers.map(({ name }, l) => ({ name, dense: layerSide(dense, l), sparse: layerSide(sparse, l) })),
      unmaskedParameters: { dense: unmasked(dense.specification), sparse: unmasked(sparse.specification) },
    }
  }),
}

function layerSide({ specification, drawn }: { specification: RunSpecification, drawn: readonly StoredLayer[] }, l: number) {
  const { inputs, outputs, activeWeights } = specification.layers[l]!
  return {
    inputs,
    outputs,
    activeWeights,
    density: activeWeights / (inputs * outputs),
    unconnectedUnits: drawn[l]?.unconnectedUnits ?? null,
    effectiveActiveWeights: drawn[l]?.effectiveActiveWeights ?? null,
  }
}

/** Trained parameters that no mask covers. */
function unmasked({ settings, layers }: RunSpecification): number {
  return architectures.get(settings['network.architecture']).tensors(layers, settings)
    .reduce((sum, { role, shape }) => sum + (role === 'unmasked' ? shape[0]! : 0), 0)
}
