import type { Recording } from '@shared/experiment/parameters'
import type { MeasuredEpoch } from '@shared/measures'
import type { RunSpecification } from '@shared/plan/specification'
import type { Assignment, FromWorker, Outcome } from '@shared/runs/messages'
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { configureRecording } from '@shared/experiment/parameters'
import { identityOf } from '@shared/identity/identity'
import { measures } from '@shared/measures'
import { stepsPerEpoch } from '@shared/plan/specification'
import { fromWorker } from '@shared/runs/messages'
import { initialState } from '@shared/runs/network-state'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { loadDataset } from '../../src-main/datasets'
import { examplesOf } from '../../src-main/datasets/examples'
import { engines } from '../../src-main/engines'
import { compileRun } from '../../src-main/engines/compile'
import { readCheckpoint, writeCheckpoint } from '../../src-main/worker/checkpoint'
import { prepare, runAssignment } from '../../src-main/worker/run'
import { train } from '../../src-main/worker/train'
import { mustPlan, planRuns, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

const learnable = { 'data.synthetic.train': 200, 'data.synthetic.test': 100, 'data.synthetic.noise': 40, 'training.epochs': 6 }

interface Told {
  readonly outcome: Outcome
  readonly messages: FromWorker[]
  /** By epoch, measure and layer; what two trainings of a run share. */
  readonly measured: Map<string, number>
}

/** Trains in this process what a worker would, and gathers what it tells. */
async function trainRun(specification: RunSpecification, { folder, resumeFrom = [], startFrom, recording = configureRecording({ 'recording.checkpoint': 2, 'recording.keep': 'all' }), stopAfter = Infinity }: { folder: string, resumeFrom?: string[], startFrom?: string, recording?: Recording, stopAfter?: number }): Promise<Told> {
  const messages: FromWorker[] = []
  const stopAt = stopAfter * stepsPerEpoch(specification)
  let steps = 0
  const assignment: Assignment = {
    run: 1,
    attempt: 1,
    specification,
    recording,
    engine: 'wasm',
    resumeFrom,
    ...startFrom !== undefined && { startFrom },
    startingEpochs: [],
    checkpointFolder: folder,
  }
  const outcome = await runAssignment(assignment, async (message) => {
    messages.push(fromWorker.parse(structuredClone(message)))
  }, () => ++steps > stopAt)
  return { outcome, messages, measured: gather(messages) }
}

function gather(messages: readonly FromWorker[]): Map<string, number> {
  return new Map(measuredEpochs(messages).flatMap(({ epoch, measurements }) => measurements
    .filter(({ measure }) => measures.get(measure).reproducible !== false)
    .map(({ measure, layer, value }): [string, number] => [`${epoch} ${measure} ${layer}`, value])))
}

function measuredEpochs(messages: readonly FromWorker[]): MeasuredEpoch[] {
  return messages.flatMap(message => message.type === 'measured' ? message.epochs : [])
}

const [dense, sparse] = planRuns({
  ...learnable,
  'network.batchNorm': true,
  'training.optimizer': 'momentum',
  'training.l2': true,
}, [5]) as [RunSpecification, RunSpecification]

/** `sparse` trained without interruption, once for all tests; its checkpoints of epochs 2, 4 and 6 in a folder of the test's own. */
async function finishedRun(): Promise<{ folder: string, two: string, four: string, six: string, measured: Told['measured'] }> {
  const folder = temporaryFolder()
  const [two, four, six] = [2, 4, 6].map(epoch => join(folder, `epoch-00000${epoch}.safetensors`)) as [string, string, string]
  if (kept) {
    for (const file of [two, four, six])
      writeFileSync(file, kept.files.get(basename(file))!)
  }
  else {
    const { measured } = await trainRun(sparse, { folder })
    kept = { measured, files: new Map([two, four, six].map(file => [basename(file), readFileSync(file)])) }
  }
  return { folder, two, four, six, measured: kept.measured }
}
let kept: { measured: Told['measured'], files: Map<string, Buffer> } | undefined

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
    const epochs = (measure: string): number[] => measuredEpochs(messages)
      .filter(({ measurements }) => measurements.some(one => one.measure === measure))
      .map(({ epoch }) => epoch)
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

  it('ends as diverged when what is measured is not finite, though its own steps were', async () => {
    // One step an epoch: the first leaves weights with which float32 cannot compute a loss.
    const [run] = planRuns({ ...learnable, 'training.batchSize': 200, 'training.learningRate': 1e25 }, [5])
    const { outcome, messages, measured } = await trainRun(run!, { folder: temporaryFolder(), recording: configureRecording({ 'recording.checkpoint': 1, 'recording.keep': 'all' }) })
    expect(outcome).toEqual({ kind: 'diverged', epoch: 1, step: 1 })
    expect(measured.get('1 train.loss 0')).toSatisfy(Number.isFinite)
    expect(measured.get('1 layer.gradient.l2 1')).not.toSatisfy(Number.isFinite)
    expect(messages.filter(({ type }) => type === 'checkpointed')).toEqual([])
    expect(messages.at(-1)).toMatchObject({ type: 'measured', epochs: expect.arrayContaining([expect.objectContaining({ epoch: 1 })]) as object })
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

  it.each<[string, (bytes: Buffer, header: number) => number]>([
    ['the length of its header', () => 1],
    ['the metadata in its header', bytes => bytes.indexOf('"step"') + 10],
    ['the description of its tensors', bytes => bytes.indexOf('"dtype"') + 10],
    ['its first weight', (_, header) => header],
    ['its last mask', bytes => bytes.length - 1],
  ])('passes over a checkpoint with one bit flipped in %s', async (_, at) => {
    const { folder, two, four } = await finishedRun()
    const bytes = readFileSync(four)
    const flipped = join(folder, 'flipped.safetensors')
    bytes[at(bytes, 8 + Number(bytes.readBigUInt64LE()))]! ^= 1
    writeFileSync(flipped, bytes)
    const resumed = await trainRun(sparse, { folder: join(folder, 'again'), resumeFrom: [flipped, two], stopAfter: 0 })
    expect(resumed.messages[0]).toEqual({
      type: 'note',
      text: expect.stringMatching(/flipped\.safetensors is damaged: .*; going on from the one before$/) as string,
    })
    expect(resumed.messages[1]).toMatchObject({ type: 'started', epoch: 2 })
  })

  it.each([
    ['another run of the same shape', { identity: identityOf({ ...sparse, streams: { ...sparse.streams, seed: 8 } }) }],
    ['another version of the engine\'s arithmetic', { numerics: engines.get('wasm').numerics + 1 }],
    ['another engine', { engine: 'native' }],
  ])('passes over a checkpoint of %s', async (_, other) => {
    const { folder, two, four } = await finishedRun()
    const foreign = join(folder, 'foreign.safetensors')
    writeCheckpoint(foreign, sparse, { ...readCheckpoint(four, sparse), ...other })
    const firstMessages = async (resumeFrom: string[]): Promise<FromWorker[]> =>
      (await trainRun(sparse, { folder: join(folder, 'again'), resumeFrom, stopAfter: 0 })).messages.slice(0, 2)
    expect(await firstMessages([foreign, two])).toMatchObject([{ type: 'note', text: `${foreign} is of another run or engine; going on from the one before` }, { type: 'started', epoch: 2 }])
    expect(await firstMessages([foreign])).toMatchObject([{ type: 'note', text: `${foreign} is of another run or engine; going on from the beginning` }, { type: 'started', epoch: 0 }])
    expect((await firstMessages([four]))[0]).toMatchObject({ type: 'started', epoch: 4 })
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

describe('a run that starts from another', () => {
  const startsFrom = { identity: identityOf(sparse), epoch: 2 }

  it('goes on from its state as the other did, bit for bit', async () => {
    const { folder, two, six, measured } = await finishedRun()
    const child = { ...sparse, startsFrom }
    const { outcome, messages, measured: ofChild } = await trainRun(child, { folder: join(folder, 'child'), startFrom: two })
    expect(outcome).toEqual({ kind: 'done' })
    expect(messages[0]).toMatchObject({ type: 'started', epoch: 2 })
    expect(ofChild).toEqual(new Map([...measured].filter(([key]) => Number(key.split(' ')[0]) > 2)))
    const { identity, ...end } = readCheckpoint(join(folder, 'child', 'epoch-000006.safetensors'), child)
    expect(identity).toBe(identityOf(child))
    expect(end).toEqual({ ...readCheckpoint(six, sparse), identity: undefined })
  })

  it.each([
    ['another run', { identity: 'f'.repeat(64), epoch: 2 }],
    ['another epoch', { identity: identityOf(sparse), epoch: 4 }],
  ])('fails with a sentence when that checkpoint is of %s', async (_, startsFrom) => {
    const { folder, two } = await finishedRun()
    const { outcome } = await trainRun({ ...sparse, startsFrom }, { folder: join(folder, 'child'), startFrom: two })
    expect(outcome).toEqual({ kind: 'failed', reason: `it cannot start from another run's checkpoint: ${two} is not the checkpoint of epoch ${startsFrom.epoch} of run ${startsFrom.identity}` })
  })

  it('has the other\'s weights and masks, not those of its own seed', async () => {
    const { folder, two } = await finishedRun()
    // So slow that no weight moves.
    const child = { ...sparse, startsFrom, streams: { ...sparse.streams, seed: 8 }, settings: { ...sparse.settings, 'training.learningRate': 1e-30 } }
    await trainRun(child, { folder: join(folder, 'child'), startFrom: two })
    const { state } = readCheckpoint(join(folder, 'child', 'epoch-000004.safetensors'), child)
    const { state: start } = readCheckpoint(two, sparse)
    for (const name of sparse.layers.map(layer => `${layer.name}.weight`)) {
      expect(state.parameters[name]).toEqual(start.parameters[name])
      expect(state.masks[name]).toEqual(start.masks[name])
    }
  })

  it('goes on from its own checkpoint where it has one', async () => {
    const { folder, two } = await finishedRun()
    const child = { ...sparse, startsFrom }
    const { messages } = await trainRun(child, { folder: join(folder, 'child'), startFrom: two, stopAfter: 2 })
    const own = messages.flatMap(message => message.type === 'checkpointed' ? [message.file] : [])
    expect(own).toEqual([join(folder, 'child', 'epoch-000004.safetensors')])
    const again = async (resumeFrom: string[]): Promise<FromWorker[]> =>
      (await trainRun(child, { folder: join(folder, 'again'), resumeFrom, startFrom: two, stopAfter: 0 })).messages
    expect((await again(own))[0]).toMatchObject({ type: 'started', epoch: 4 })
    truncateSync(own[0]!, 1000)
    expect((await again(own)).slice(0, 2)).toMatchObject([{ type: 'note' }, { type: 'started', epoch: 2 }])
  })

  it('fails with a sentence when that checkpoint is damaged', async () => {
    const { folder, two } = await finishedRun()
    const damaged = join(folder, 'damaged.safetensors')
    writeFileSync(damaged, readFileSync(two).subarray(0, 1000))
    const { outcome } = await trainRun({ ...sparse, startsFrom }, { folder: join(folder, 'child'), startFrom: damaged })
    expect(outcome).toEqual({ kind: 'failed', reason: expect.stringContaining(`it cannot start from another run's checkpoint: ${damaged} is damaged`) as string })
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
  const told = measuredEpochs(messages).flatMap(({ measurements }) => measurements)
  expect(new Set(told.map(({ measure }) => measure)).isSubsetOf(new Set(measures.ids))).toBe(true)
})

describe('an engine that is not there', () => {
  const { specification } = mustPlan(smallExperiment()).runs[0]!

  it('ends no worker that prepares for it', async () => {
    await expect(prepare({ engine: 'abacus', settings: specification.settings })).resolves.toBeUndefined()
  })

  it('trains nothing, and is named beside those that there are', async () => {
    const assignment: Assignment = { run: 1, attempt: 1, specification, recording: configureRecording({}), engine: 'abacus', resumeFrom: [], startingEpochs: [], checkpointFolder: temporaryFolder() }
    await expect(runAssignment(assignment, async () => {}, () => false)).rejects.toThrow(`unknown engine 'abacus'; there is ${engines.ids.join(', ')}`)
  })
})
