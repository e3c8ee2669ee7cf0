import type { Recording } from '@shared/experiment/parameters'
import type { Measurement } from '@shared/measures'
import type { RunSpecification } from '@shared/plan/specification'
import type { Assignment, FromWorker, Outcome } from '@shared/runs/messages'
import { readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { configureRecording } from '@shared/experiment/parameters'
import { measures } from '@shared/measures'
import { fromWorker } from '@shared/runs/messages'
import { initialState } from '@shared/runs/network-state'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { loadDataset } from '../../src-main/datasets'
import { examplesOf } from '../../src-main/datasets/examples'
import { engines } from '../../src-main/engines'
import { compileRun } from '../../src-main/engines/compile'
import { readCheckpoint } from '../../src-main/worker/checkpoint'
import { runAssignment } from '../../src-main/worker/run'
import { train } from '../../src-main/worker/train'
import { planRuns } from '../plans'
import { temporaryFolder } from '../temporary'

const learnable = { 'data.synthetic.train': 200, 'data.synthetic.test': 100, 'data.synthetic.noise': 40, 'training.epochs': 6 }

interface Told {
  readonly outcome: Outcome
  readonly messages: FromWorker[]
  /** By epoch, measure and layer; what two trainings of a run share. */
  readonly measured: Map<string, number>
}

/** Trains in this process what a worker would, and gathers what it tells. */
async function trainRun(specification: RunSpecification, { folder, resumeFrom = [], recording = configureRecording({ 'recording.checkpoint': 2 }), stopAfter = Infinity }: { folder: string, resumeFrom?: string[], recording?: Recording, stopAfter?: number }): Promise<Told> {
  const messages: FromWorker[] = []
  let measuredEpochs = 0
  const assignment: Assignment = {
    run: 1,
    attempt: 1,
    specification,
    recording,
    engine: 'wasm',
    resumeFrom,
    checkpointFolder: folder,
  }
  const outcome = await runAssignment(assignment, async (message) => {
    messages.push(fromWorker.parse(structuredClone(message)))
    measuredEpochs += message.type === 'measured' ? 1 : 0
  }, () => measuredEpochs > stopAfter)
  return { outcome, messages, measured: gather(messages) }
}

function gather(messages: readonly FromWorker[]): Map<string, number> {
  return new Map(messages.flatMap(message => message.type !== 'measured'
    ? []
    : message.measurements.filter(({ measure }) => measures.get(measure).reproducible !== false)
        .map(({ measure, layer, value }): [string, number] => [`${message.epoch} ${measure} ${layer}`, value])))
}

const [dense, sparse] = planRuns({
  ...learnable,
  'network.batchNorm': true,
  'training.optimizer': 'momentum',
  'training.l2': true,
}, [5]) as [RunSpecification, RunSpecification]

describe('training a run', () => {
  it('learns what can be learned', async () => {
    for (const run of [dense, sparse]) {
      const { outcome, measured } = await trainRun(run, { folder: temporaryFolder() })
      expect(outcome).toEqual({ kind: 'done' })
      expect(measured.get('6 test.accuracy 0')).toBeGreaterThan(0.9)
      expect(measured.get('6 train.loss 0')).toBeLessThan(measured.get('1 train.loss 0')! / 2)
    }
  })

  it('measures epoch 0 and every epoch, gradient flow and the whole test set at their cadences', async () => {
    const { messages } = await trainRun(planRuns({ ...learnable, 'training.epochs': 22 }, [5])[1]!, { folder: temporaryFolder() })
    const epochs = (measure: string): number[] => messages.flatMap(message => message.type === 'measured' && message.measurements.some(one => one.measure === measure)
      ? [message.epoch]
      : [])
    expect(epochs('test.accuracy.subset')).toEqual(Array.from({ length: 23 }, (_, i) => i))
    expect(epochs('train.loss')).toEqual(Array.from({ length: 22 }, (_, i) => i + 1))
    expect(epochs('egf2')).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22])
    expect(epochs('test.accuracy')).toEqual([22])
    expect(epochs('validation.accuracy')).toEqual([])
  })

  it('measures the validation split where there is one', async () => {
    const { measured } = await trainRun(planRuns({ ...learnable, 'data.validation': 50 }, [5])[0]!, { folder: temporaryFolder() })
    expect(measured.get('6 validation.accuracy 0')).toBeGreaterThan(0.9)
  })

  it('has unmasked gradient flow that differs from the masked on the sparse side, and equals it on the dense', async () => {
    const [ofDense, ofSparse] = await Promise.all([dense, sparse].map(async run => (await trainRun(run, {
      folder: temporaryFolder(),
    })).measured))
    for (let epoch = 0; epoch <= 6; epoch++) {
      for (let layer = 1; layer <= 3; layer++) {
        for (const p of ['l1', 'l2']) {
          const [all, active] = ['layer.gradient', 'layer.gradient.active'].map(name => `${epoch} ${name}.${p} ${layer}`)
          expect(ofDense!.get(all!)).toBe(ofDense!.get(active!))
          expect(ofSparse!.get(all!)).toBeGreaterThan(ofSparse!.get(active!)!)
        }
      }
      expect(ofSparse!.get(`${epoch} layer.weights.active 2`)).toBe(25)
    }
  })

  it('says how connected the network turned out to be', async () => {
    const { messages } = await trainRun(sparse, { folder: temporaryFolder() })
    const [started] = messages
    expect(started).toMatchObject({
      type: 'started',
      epoch: 0,
      layers: [
        { activeWeights: 45 },
        { activeWeights: 25 },
        { activeWeights: 15 },
      ],
    })
    if (started?.type === 'started')
      expect(started.layers.every(({ activeWeights, effectiveActiveWeights }) => effectiveActiveWeights <= activeWeights)).toBe(true)
  })

  it('ends as diverged, with epoch and step, when the loss is not finite', async () => {
    const [run] = planRuns({ ...learnable, 'training.learningRate': 1e25 }, [5])
    const { outcome, measured } = await trainRun(run!, { folder: temporaryFolder() })
    expect(outcome).toEqual({ kind: 'diverged', epoch: 1, step: expect.any(Number) as number })
    expect(outcome.kind === 'diverged' && outcome.step).toBeLessThanOrEqual(13)
    expect([...measured.keys()].every(key => key.startsWith('0 '))).toBe(true)
  })

  it('is blocked with a sentence when its data set cannot be read', async () => {
    const { outcome } = await trainRun({ ...dense, settings: { ...dense.settings, 'data.dataset': 'cifar-1000' } }, {
      folder: temporaryFolder(),
    })
    expect(outcome).toEqual({ kind: 'blocked', reason: 'nothing here reads the data set \'cifar-1000\'' })
  })

  it('twice gives the same bits', async () => {
    const [first, second] = [await trainRun(sparse, { folder: temporaryFolder() }), await trainRun(sparse, {
      folder: temporaryFolder(),
    })]
    expect(first.measured.size).toBeGreaterThan(100)
    expect(second.measured).toEqual(first.measured)
  })
})

describe('an interrupted run', () => {
  it('goes on from its checkpoint to the same measures and the same state, bit for bit', async () => {
    const whole = temporaryFolder()
    const uninterrupted = await trainRun(sparse, { folder: whole })
    for (const stopAfter of [1, 2, 3, 5]) {
      const folder = temporaryFolder()
      const interrupted = await trainRun(sparse, { folder: join(folder, '1'), stopAfter })
      expect(interrupted.outcome).toEqual({ kind: 'stopped' })
      const resumeFrom = interrupted.messages.flatMap(message => message.type === 'checkpointed'
        ? [message.file]
        : []).reverse()
      const resumed = await trainRun(sparse, { folder: join(folder, '2'), resumeFrom })
      expect(resumed.outcome).toEqual({ kind: 'done' })
      expect(new Map([...interrupted.measured, ...resumed.measured])).toEqual(uninterrupted.measured)
      const last = 'epoch-000006.safetensors'
      expect(readCheckpoint(join(folder, '2', last), sparse)).toEqual(readCheckpoint(join(whole, last), sparse))
    }
  })

  it('passes over a truncated checkpoint, says so, and takes the one before', async () => {
    const folder = temporaryFolder()
    const uninterrupted = await trainRun(sparse, { folder })
    const [two, four] = [2, 4].map(epoch => join(folder, `epoch-00000${epoch}.safetensors`)) as [string, string]
    truncateSync(four, 1000)
    const resumed = await trainRun(sparse, { folder: join(folder, 'again'), resumeFrom: [four, two] })
    expect(resumed.messages[0]).toEqual({
      type: 'note',
      text: expect.stringMatching(/epoch-000004\.safetensors is damaged: .*; going on from the one before$/) as string,
    })
    expect(resumed.messages[1]).toMatchObject({ type: 'started', epoch: 2 })
    for (const [key, value] of resumed.measured)
      expect(value, key).toBe(uninterrupted.measured.get(key))
  })

  it('begins anew when no checkpoint is of this run', async () => {
    const folder = temporaryFolder()
    await trainRun(dense, { folder })
    const { messages, outcome } = await trainRun(sparse, {
      folder: join(folder, 'other'),
      resumeFrom: [join(folder, 'epoch-000002.safetensors')],
    })
    expect(messages[0]).toMatchObject({ type: 'note' })
    expect(messages[1]).toMatchObject({ type: 'started', epoch: 0 })
    expect(outcome).toEqual({ kind: 'done' })
  })

  it('leaves no half-written checkpoint behind', async () => {
    const folder = temporaryFolder()
    await trainRun(sparse, { folder })
    expect(readdirSync(folder).sort()).toEqual(['epoch-000002.safetensors', 'epoch-000004.safetensors', 'epoch-000006.safetensors'])
  })
})

describe.each(['sgd', 'momentum', 'adam'])('with %s', (optimizer) => {
  const [, run] = planRuns({
    ...learnable,
    'training.optimizer': optimizer,
    'training.learningRate': 0.01,
    'training.l2': true,
    'training.epochs': 3,
  }, [5]) as [RunSpecification, RunSpecification]

  async function trainer() {
    const open = await engines.get('wasm').open()
    const examples = examplesOf(await loadDataset('synthetic', run.settings), run)
    return { examples, trainer: await compileRun(open, run, initialState(run), examples) }
  }

  it('masks hold after every step, in weights and slots, with exact counts', async () => {
    const { trainer: one, examples } = await trainer()
    for (let step = 0; step < 20; step++) {
      one.step({ examples: examples.splits.train.slice(step, step + 16), rates: [0.01] })
      const [state] = await one.state()
      for (const [l, { name, activeWeights }] of run.layers.entries()) {
        const mask = state!.masks[`${name}.weight`]!
        expect(mask.reduce((sum, bit) => sum + bit, 0), `layer ${l}`).toBe(activeWeights)
        for (const tensor of [state!.parameters, ...Object.values(state!.slots)].map(tensors => tensors[`${name}.weight`]!))
          expect(tensor.filter((value, i) => !mask[i] && !Object.is(value, 0) && value !== 0)).toHaveLength(0)
      }
    }
    one.dispose()
  })

  it('no tensor is leaked: their number is the same after every epoch, and none is left at the end', async () => {
    const before = tf.memory().numTensors
    const { trainer: one, examples } = await trainer()
    const counts: number[] = []
    await train({
      run,
      trainer: one,
      examples: examples.splits.train,
      from: 0,
      stopped: () => false,
      progress: () => {},
      hooks: [
        {
          epochs: { has: () => true },
          after: async () => {
            await one.norms({ chunks: [examples.splits.probe.slice(0, 50), examples.splits.probe.slice(50, 80)] })
            await one.gradients({ chunks: [examples.splits.probe.slice(0, 50)], layer: 1 })
            await one.evaluate({ half: 'test', indices: examples.splits.testSubset })
            await one.state()
            counts.push(tf.memory().numTensors)
          },
        },
      ],
    })
    expect(counts).toHaveLength(4)
    expect(new Set(counts).size).toBe(1)
    one.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

it('every measurement that a run tells is one of the measures', async () => {
  const { messages } = await trainRun(sparse, { folder: temporaryFolder() })
  const told = messages.flatMap(message => message.type === 'measured'
    ? message.measurements as Measurement[]
    : [])
  expect(new Set(told.map(({ measure }) => measure)).isSubsetOf(new Set(measures.ids))).toBe(true)
})
