import type { Settings } from '@shared/experiment/parameter'
import type { LayerSpecification, RunSpecification } from '@shared/plan/specification'
import type { NetworkState } from '@shared/runs/network-state'
import type { SafetensorsFile, StoredTensor } from './safetensors'
import { join } from 'node:path'
import { tensorsOf } from '@shared/runs/network-state'
import { z } from 'zod'
import { DamagedFile, readSafetensors, writeSafetensors } from './safetensors'

/** A state of a run at the end of an epoch, and what it takes to go on from it with the same bits. */
export interface Checkpoint {
  readonly identity: string
  readonly epoch: number
  readonly engine: string
  readonly numerics: number
  readonly engineSettings: Settings
  readonly state: NetworkState
}

/** What a checkpoint says of itself, in the file's metadata. */
const metadata = z.object({
  identity: z.string(),
  epoch: z.coerce.number().int(),
  step: z.coerce.number().int(),
  engine: z.string().transform(text => JSON.parse(text) as unknown).pipe(z.object({
    id: z.string(),
    numerics: z.int(),
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  })),
})

export function checkpointPath(folder: string, epoch: number): string {
  return join(folder, `epoch-${String(epoch).padStart(6, '0')}.safetensors`)
}

/**
 * Parameters and buffers by PyTorch's names; masks as `mask.<weight>`, optimizer slots as `optimizer.<slot>.<parameter>`.
 * @returns size in bytes
 */
export function writeCheckpoint(path: string, run: RunSpecification, { identity, epoch, engine, numerics, engineSettings, state }: Checkpoint): number {
  const shapes = new Map(tensorsOf(run).map(({ name, shape }) => [name, shape]))
  const float = (name: string, values: Float32Array): StoredTensor => ({ dtype: 'F32', shape: shapes.get(name)!, values })
  return writeSafetensors(path, {
    metadata: {
      format: 'pt',
      identity,
      epoch: String(epoch),
      step: String(state.step),
      engine: JSON.stringify({ id: engine, numerics, settings: engineSettings }),
    },
    tensors: {
      ...map({ ...state.parameters, ...state.buffers }, (name, values) => [name, float(name, values)]),
      ...Object.assign({}, ...Object.entries(state.slots).map(([slot, tensors]) =>
        map(tensors, (name, values) => [`optimizer.${slot}.${name}`, float(name, values)]))),
      ...map(state.masks, (name, values) => [`mask.${name}`, { dtype: 'U8', shape: shapes.get(name)!, values }]),
    },
  })
}

/** @throws DamagedFile if it is not whole or not of this network. */
export function readCheckpoint(path: string, run: RunSpecification): Checkpoint {
  const file = readSafetensors(path)
  const parsed = metadata.safeParse(file.metadata)
  if (!parsed.success)
    throw new DamagedFile(`${path} is no checkpoint: ${parsed.error.issues[0]?.message}`)
  const { identity, epoch, step, engine } = parsed.data
  const parameters: Record<string, Float32Array> = {}
  const buffers: Record<string, Float32Array> = {}
  const masks: Record<string, Uint8Array> = {}
  const slots: Record<string, Record<string, Float32Array>> = {}
  for (const tensor of tensorsOf(run)) {
    const { name, shape, role } = tensor
    const size = shape.reduce((product, length) => product * length, 1);
    (role === 'buffer' ? buffers : parameters)[name] = floats(path, file, name, size)
    const stored = file.tensors[`mask.${name}`]
    const mask = stored?.dtype === 'U8' ? stored.values : undefined
    if (tensor.role === 'weight')
      checkMask(path, name, mask, run.layers[tensor.layer]!)
    if (mask)
      masks[name] = mask
    for (const stored of Object.keys(file.tensors).filter(stored => stored.startsWith('optimizer.') && stored.endsWith(`.${name}`))) {
      const slot = stored.slice('optimizer.'.length, -name.length - 1);
      (slots[slot] ??= {})[name] = floats(path, file, stored, size)
    }
  }
  return {
    identity,
    epoch,
    engine: engine.id,
    numerics: engine.numerics,
    engineSettings: engine.settings,
    state: { parameters, masks, slots, buffers, step },
  }
}

/** A layer without a mask is dense; else the mask has as many ones as were planned. */
function checkMask(path: string, name: string, mask: Uint8Array | undefined, { inputs, outputs, activeWeights }: LayerSpecification): void {
  const size = inputs * outputs
  const ones = mask ? mask.reduce((sum, one) => sum + one, 0) : size
  if ((mask && mask.length !== size) || ones !== activeWeights)
    throw new DamagedFile(`${path} is of another network: ${name} has ${ones} active weights, and ${activeWeights} are planned`)
}

function floats(path: string, { tensors }: SafetensorsFile, name: string, size: number): Float32Array {
  const tensor = tensors[name]
  if (tensor?.dtype !== 'F32' || tensor.values.length !== size)
    throw new DamagedFile(`${path} is of another network: it has no tensor ${name} of ${size} floats`)
  return tensor.values
}

function map<T, U>(record: Readonly<Record<string, T>>, entry: (name: string, value: T) => [string, U]): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => entry(name, value)))
}
