import type { LayerShape } from '@shared/architectures'
import type { LayerConnectivity } from '@shared/masks/connectivity'
import type { Store } from './open'
import { eq } from 'drizzle-orm'
import { layers } from './schema'

export type StoredLayer = LayerShape & LayerConnectivity & { readonly layer: number }

export function recordLayers({ db }: Store, run: number, shapes: readonly LayerShape[], found: readonly LayerConnectivity[]): void {
  for (const [l, { name, inputs, outputs }] of shapes.entries()) {
    db.insert(layers).values({
      run,
      layer: l + 1,
      name,
      inputs,
      outputs,
      ...found[l]!,
    }).onConflictDoNothing().run()
  }
}

export function layersOfRun({ db }: Store, run: number): StoredLayer[] {
  return db.select({
    layer: layers.layer,
    name: layers.name,
    inputs: layers.inputs,
    outputs: layers.outputs,
    activeWeights: layers.activeWeights,
    effectiveActiveWeights: layers.effectiveActiveWeights,
    unconnectedUnits: layers.unconnectedUnits,
  }).from(layers).where(eq(layers.run, run)).orderBy(layers.layer).all()
}
