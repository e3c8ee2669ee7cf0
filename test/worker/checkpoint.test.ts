import type { RunSpecification } from '@shared/plan/specification'
import type { NetworkState } from '@shared/runs/network-state'
import type { Checkpoint } from '../../src-main/worker/checkpoint'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { optimizers } from '@shared/optimizers'
import { checkpointBytes } from '@shared/plan/bytes'
import { initialState } from '@shared/runs/network-state'
import { describe, expect, it } from 'vitest'
import { readCheckpoint, writeCheckpoint } from '../../src-main/worker/checkpoint'
import { DamagedFile } from '../../src-main/worker/safetensors'
import { planRuns } from '../plans'
import { temporaryFolder } from '../temporary'
import { unnoticedFlips } from './flips'

const set = { 'network.batchNorm': true, 'training.optimizer': 'adam' }
const [, sparse] = planRuns(set, [5]) as [RunSpecification, RunSpecification]

/** A state in the middle of training: nothing is 0 or 1 that need not be. */
function halfTrained(run: RunSpecification): NetworkState {
  const { parameters, buffers, masks } = initialState(run)
  const other = (tensors: NetworkState['parameters'], by: number): Record<string, Float32Array> =>
    Object.fromEntries(Object.entries(tensors).map(([name, values], t) => [name, values.map((value, i) => masks[name]?.[i] === 0 ? 0 : value + by * (i + 1) / (t + 3))]))
  return {
    parameters: other(parameters, 0.1),
    buffers: other(buffers, 0.2),
    masks,
    slots: Object.fromEntries(optimizers.get(run.settings['training.optimizer']).slots.map((slot, s) => [slot, other(parameters, 0.3 + s)])),
    step: 37,
  }
}

const checkpoint: Checkpoint = {
  identity: 'the run\'s identity',
  epoch: 9,
  engine: 'wasm',
  numerics: 4,
  engineSettings: { simd: true, kernel: 'a', threshold: 0.25 },
  state: halfTrained(sparse),
}

describe('a checkpoint', () => {
  it.each([
    ['sparse, with Adam and BatchNorm', sparse],
    ['dense, with momentum', planRuns({ 'training.optimizer': 'momentum' }, [5])[0]!],
    ['sparse, plain', planRuns({ 'network.bias': false }, [5])[1]!],
  ])('comes back as it was written, to the bit: %s', (_, run) => {
    const path = join(temporaryFolder(), 'checkpoint')
    const written = { ...checkpoint, state: halfTrained(run) }
    const size = writeCheckpoint(path, run, written)
    expect(size).toBe(readFileSync(path).length)
    // What is foretold of it is the tensors without their header, whose length is in the first eight bytes.
    expect(checkpointBytes(run)).toBe(size - 8 - Number(readFileSync(path).readBigUInt64LE()))
    expect(readCheckpoint(path, run)).toEqual(written)
  })

  it('of another network is refused by name', () => {
    const path = join(temporaryFolder(), 'checkpoint')
    writeCheckpoint(path, sparse, checkpoint)
    for (const other of [planRuns(set, [6])[0]!, planRuns(set, [5])[0]!, planRuns({ ...set, 'network.mlp.hiddenLayers': 3 }, [5])[1]!]) {
      expect(() => readCheckpoint(path, other)).toThrow(DamagedFile)
      expect(() => readCheckpoint(path, other)).toThrow(`${path} is of another network`)
    }
  })

  it('is refused whichever byte of its header has one bit flipped, and wherever one of its data has', () => {
    const path = join(temporaryFolder(), 'checkpoint')
    const size = writeCheckpoint(path, sparse, checkpoint)
    const header = 8 + Number(readFileSync(path).readBigUInt64LE())
    const bits = Array.from({ length: size }, (_, byte) => 8 * byte + byte % 8).filter((_, byte) => byte < header || byte % 13 === 0)
    expect(unnoticedFlips(path, () => readCheckpoint(path, sparse), bits)).toEqual([])
    expect(readCheckpoint(path, sparse)).toEqual(checkpoint)
  })
})
