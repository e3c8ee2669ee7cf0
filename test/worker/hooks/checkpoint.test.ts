import type { Recording } from '@shared/experiment/parameters'
import { existsSync } from 'node:fs'
import { configureRecording } from '@shared/experiment/parameters'
import { identityOf } from '@shared/identity/identity'
import { initialState } from '@shared/runs/network-state'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkpointHook } from '../../../src-main/worker/hooks/checkpoint'
import { planRuns } from '../../plans'
import { temporaryFolder } from '../../temporary'

const EPOCHS = 200

/** The epochs whose checkpoints are written where an epoch takes so long. */
async function writtenEpochs({ recording, startingEpochs = [], milliseconds }: { recording: Partial<Recording>, startingEpochs?: number[], milliseconds: number }): Promise<number[]> {
  const run = planRuns({ 'data.dataset': 'synthetic', 'network.maximumWidth': 12, 'training.epochs': EPOCHS }, [5])[0]!
  const written: number[] = []
  const hook = checkpointHook({
    run,
    recording: configureRecording({ 'recording.checkpoint': 10, ...recording }),
    startingEpochs,
    trainer: { state: async () => [initialState(run)] } as never,
    folder: temporaryFolder(),
    origin: { identity: identityOf(run), engine: 'wasm', numerics: 1, engineSettings: {} },
    async report(epoch, file) {
      expect(existsSync(file)).toBe(true)
      written.push(epoch)
    },
  })
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    vi.advanceTimersByTime(milliseconds)
    if (hook.epochs.has(epoch))
      await hook.after({ epoch })
  }
  return written
}

describe('checkpoints', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are written every so many epochs and at the end', async () => {
    expect(await writtenEpochs({ recording: { 'recording.checkpoint': 60 }, milliseconds: 1000 })).toEqual([60, 120, 180, 200])
  })

  it('are two seconds apart where epochs are short, but for the last', async () => {
    expect(await writtenEpochs({ recording: {}, milliseconds: 50 })).toEqual([40, 80, 120, 160, 200])
    expect(await writtenEpochs({ recording: {}, milliseconds: 1 })).toEqual([200])
  })

  it('are all written where all are kept', async () => {
    expect(await writtenEpochs({ recording: { 'recording.checkpoint': 40, 'recording.keep': 'all' }, milliseconds: 1 })).toEqual([40, 80, 120, 160, 200])
  })

  it('are written where other runs start', async () => {
    expect(await writtenEpochs({ recording: {}, startingEpochs: [20, 33], milliseconds: 1 })).toEqual([20, 33, 200])
  })
})
