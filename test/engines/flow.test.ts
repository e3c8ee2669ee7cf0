import type { Settings } from '@shared/experiment/parameter'
import type { Examples } from '../../src-main/datasets/examples'
import type { Trainer } from '../../src-main/engines/engine'
import type { FlowCase } from '../reference/flow'
import { architectures } from '@shared/architectures'
import { configure } from '@shared/experiment/parameters'
import { measurementsOf } from '@shared/measures'
import { probeChunks } from '@shared/plan/splits'
import { describe, expect, it } from 'vitest'
import { engines } from '../../src-main/engines'
import { answers } from '../reference/flow'

const available = (await Promise.all(engines.members.map(async engine => ({ engine, id: engine.id, availability: await engine.availability() }))))
  .filter(({ availability }) => availability.kind === 'available')

/** The case's examples as a data set of its own. */
function examplesOf({ sizes, pixels, y }: FlowCase): Examples {
  const train = { images: Uint8Array.from(pixels), labels: Uint8Array.from(y) }
  const all = Uint32Array.from(y, (_, i) => i)
  return { train, test: train, splits: { train: all, validation: new Uint32Array(), probe: all, testSubset: all }, inputs: sizes[0]!, classes: sizes.at(-1)!, standardisation: [answers.standardisation], channelSize: sizes[0]! }
}

/** An engine's trainer of the case's network. */
function trainerOf(engine: typeof available[number]['engine'], given: FlowCase): Promise<Trainer> {
  const { sizes, batch_norm, batch, masks, parameters } = given
  const settings: Settings = { ...configure(), 'network.batchNorm': batch_norm, 'training.batchSize': batch }
  const mlp = architectures.get('mlp')
  const layers = mlp.layers({ inputs: sizes[0]!, classes: sizes.at(-1)! }, sizes.slice(1, -1))
  const tensors = mlp.tensors(layers, settings)
  const float32 = (named: FlowCase['parameters']): Record<string, Float32Array> => Object.fromEntries(Object.entries(named).map(([name, values]) => [name, Float32Array.from(values)]))
  return engine.open().then(open => open.compile(
    {
      architecture: 'mlp',
      activation: 'relu',
      batchNorm: batch_norm,
      layers: layers.map(layer => ({ ...layer, activeWeights: masks[`${layer.name}.weight`]?.filter(Boolean).length ?? layer.inputs * layer.outputs, initialisedAs: layer })),
      tensors,
    },
    { optimizer: 'sgd', batchSize: batch },
    [{
      state: {
        parameters: float32(parameters),
        masks: Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, Uint8Array.from(mask)])),
        slots: {},
        buffers: Object.fromEntries(tensors.flatMap(tensor => tensor.role === 'buffer' ? [[tensor.name, new Float32Array(tensor.shape[0]).fill(tensor.initial)]] : [])),
        step: 0,
      },
      settings,
      lambda: 0,
    }],
    examplesOf(given),
  ))
}

describe.each(available)('gradient flow of the engine $id', ({ engine }) => {
  it.each(answers.cases)('is what egf.py says in PyTorch: $name', async (given) => {
    const trainer = await trainerOf(engine, given)
    const [layers] = await trainer.norms({ chunks: probeChunks(Uint32Array.from(given.y, (_, i) => i), given.batch) })
    trainer.dispose()
    const ours = new Map(measurementsOf({ evaluations: {}, layers: layers!, measuringSeconds: 0 }).map(({ measure, value }) => [measure, value]))
    for (const [measure, value] of Object.entries(given.flow))
      expect(Math.abs(ours.get(measure)! / value - 1), measure).toBeLessThan(1e-5)
  })
})
