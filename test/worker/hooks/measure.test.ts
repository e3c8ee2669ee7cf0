import type { Recording } from '@shared/experiment/parameters'
import type { Measurement } from '@shared/measures'
import type { RunSpecification } from '@shared/plan/specification'
import type { Evaluation, LayerNorms } from '@shared/runs/observation'
import type { Examples } from '../../../src-main/datasets/examples'
import type { Selection, Trainer } from '../../../src-main/engines/engine'
import { setImmediate } from 'node:timers/promises'
import { configureRecording } from '@shared/experiment/parameters'
import { describe, expect, it } from 'vitest'
import { loadDataset } from '../../../src-main/datasets'
import { examplesOf } from '../../../src-main/datasets/examples'
import { measureHook } from '../../../src-main/worker/hooks/measure'
import { planRuns } from '../../plans'

/** More training examples than a probe holds, and more test examples than are measured each epoch. */
const large = {
  'data.synthetic.train': 1400,
  'data.synthetic.test': 1200,
  'data.synthetic.side': 2,
  'training.batchSize': 100,
  'training.epochs': 22,
}
const training = { loss: 0.75, seconds: 2 }
function norms(gradient: number): LayerNorms {
  return {
    gradient: { l1: gradient, l2: gradient },
    activeGradient: { l1: 1, l2: 1 },
    weights: 3,
    activeWeights: 4,
  }
}

/** Says the same of every set but for its size, and remembers what it was asked. */
class RecordingTrainer implements Pick<Trainer, 'evaluate' | 'norms'> {
  readonly evaluated: Selection[] = []
  readonly probed: (readonly Uint32Array[])[] = []

  constructor(private readonly lossOf: (selection: Selection) => number = () => 0.5, private readonly gradient = 2) {}

  async evaluate(selection: Selection): Promise<Evaluation[]> {
    this.evaluated.push(selection)
    const count = selection.indices.length
    return [{ correct: count - 1, count, lossSum: this.lossOf(selection) * count }]
  }

  async norms({ chunks }: Parameters<Trainer['norms']>[0]): Promise<LayerNorms[][]> {
    this.probed.push(chunks)
    return [[norms(1), norms(this.gradient)]]
  }
}

async function measuring({ set = {}, recording = configureRecording({}), trainer = new RecordingTrainer() }: { set?: Partial<typeof large> & { 'data.validation'?: number }, recording?: Recording, trainer?: RecordingTrainer } = {}) {
  const [run] = planRuns({ ...large, ...set }, [5]) as [RunSpecification]
  const examples = examplesOf(await loadDataset('synthetic', run.settings), run)
  const reports: { epoch: number, measurements: readonly Measurement[] }[] = []
  const hook = measureHook({
    run,
    recording,
    trainer: trainer as unknown as Trainer,
    examples,
    async report(epoch, measurements) {
      await setImmediate()
      reports.push({ epoch, measurements })
    },
  })
  return { examples, trainer, reports, hook }
}

/** Epochs whose report holds a measure, of all 0 .. 22. */
async function epochsOf(recording: Recording): Promise<(measure: string) => number[]> {
  const { hook, reports } = await measuring({ recording })
  for (let epoch = 0; epoch <= 22; epoch++) {
    if (hook.epochs.has(epoch))
      await hook.after({ epoch, ...epoch > 0 && { training } })
  }
  return measure => reports.flatMap(({ epoch, measurements }) => measurements.some(one => one.measure === measure) ? [epoch] : [])
}

const everyEpoch = Array.from({ length: 23 }, (_, epoch) => epoch)

function wholeTest({ test }: Examples): Selection {
  return { half: 'test', indices: Uint32Array.from(test.labels, (_, i) => i) }
}

describe('what is measured', () => {
  it('after every epoch is the fixed part of the test set; at the end the whole of it', async () => {
    const { hook, trainer, examples } = await measuring()
    await hook.after({ epoch: 1, training })
    expect(examples.splits.testSubset).toHaveLength(1000)
    expect(trainer.evaluated).toEqual([{ half: 'test', indices: examples.splits.testSubset }])
    trainer.evaluated.length = 0
    await hook.after({ epoch: 22, training })
    expect(trainer.evaluated).toHaveLength(2)
    expect(trainer.evaluated).toEqual(expect.arrayContaining([{ half: 'test', indices: examples.splits.testSubset }, wholeTest(examples)]))
  })

  it('is the validation split too where there is one, which the probe never meets', async () => {
    const { hook, trainer, examples } = await measuring({ set: { 'data.validation': 376 } })
    await hook.after({ epoch: 22, training })
    expect(trainer.evaluated).toHaveLength(3)
    expect(trainer.evaluated).toEqual(expect.arrayContaining([
      { half: 'test', indices: examples.splits.testSubset },
      wholeTest(examples),
      { half: 'train', indices: examples.splits.validation },
    ]))
    const probe = trainer.probed.flat().flatMap(chunk => [...chunk])
    const validation = new Set(trainer.evaluated.find(({ half }) => half === 'train')!.indices)
    expect(validation.size).toBe(376)
    expect(probe).toHaveLength(1024)
    expect(probe.filter(example => validation.has(example))).toEqual([])
  })

  it('as gradient flow is the probe, in chunks of the batch size', async () => {
    const { hook, trainer, examples } = await measuring()
    await hook.after({ epoch: 0 })
    const [chunks] = trainer.probed
    expect(trainer.probed).toHaveLength(1)
    expect(chunks!.map(({ length }) => length)).toEqual([100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 24])
    expect(chunks!.flatMap(chunk => [...chunk])).toEqual([...examples.splits.probe])
    const trained = new Set(examples.splits.train)
    expect(examples.splits.probe.every(example => trained.has(example))).toBe(true)
  })

  it('has the names of what it was measured on, counts and all', async () => {
    const trainer = new RecordingTrainer(({ half, indices }) => half === 'train' ? 0.125 : indices.length === 1000 ? 0.25 : 0.5)
    const { hook, reports } = await measuring({ set: { 'data.validation': 200 }, trainer })
    await hook.after({ epoch: 22, training })
    const [{ epoch, measurements }] = reports as [typeof reports[number]]
    expect(epoch).toBe(22)
    expect(measurements.filter(({ measure, layer }) => layer === 0 && !/^e?gf\d$|^time\.measuring$/.test(measure))).toEqual([
      { measure: 'test.accuracy', layer: 0, value: 1199 / 1200, correct: 1199, total: 1200 },
      { measure: 'test.accuracy.subset', layer: 0, value: 0.999, correct: 999, total: 1000 },
      { measure: 'test.loss', layer: 0, value: 0.5 },
      { measure: 'test.loss.subset', layer: 0, value: 0.25 },
      { measure: 'time.training', layer: 0, value: 2 },
      { measure: 'train.loss', layer: 0, value: 0.75 },
      { measure: 'validation.accuracy', layer: 0, value: 0.995, correct: 199, total: 200 },
      { measure: 'validation.loss', layer: 0, value: 0.125 },
    ])
    expect(measurements.filter(({ measure }) => measure === 'layer.gradient.l1')).toEqual([
      { measure: 'layer.gradient.l1', layer: 1, value: 1 },
      { measure: 'layer.gradient.l1', layer: 2, value: 2 },
    ])
  })
})

describe('when it is measured', () => {
  it('is every epoch, flow at the start and at the eleven epochs, the whole test set at the end', async () => {
    const epochs = await epochsOf(configureRecording({}))
    expect(epochs('test.accuracy.subset')).toEqual(everyEpoch)
    expect(epochs('train.loss')).toEqual(everyEpoch.slice(1))
    expect(epochs('egf1')).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22])
    expect(epochs('test.accuracy')).toEqual([22])
    expect(epochs('validation.accuracy')).toEqual([])
  })

  it('is more often where the recording says so', async () => {
    const epochs = await epochsOf(configureRecording({ 'recording.gradientFlow': 7, 'recording.test': 5 }))
    expect(epochs('layer.gradient.l2')).toEqual([0, 2, 4, 6, 7, 8, 10, 12, 14, 16, 18, 20, 21, 22])
    expect(epochs('test.loss')).toEqual([5, 10, 15, 20, 22])
  })
})

describe('a measurement that is not finite', () => {
  it.each<[string, number, RecordingTrainer, string]>([
    ['the loss on the fixed part of the test set', 1, new RecordingTrainer(() => Number.NaN), 'test.loss.subset'],
    ['the loss on the whole test set', 22, new RecordingTrainer(({ half, indices }) => half === 'test' && indices.length === 1200 ? Infinity : 1), 'test.loss'],
    ['the loss on the validation split', 1, new RecordingTrainer(({ half }) => half === 'train' ? Infinity : 1), 'validation.loss'],
    ['the gradient of one layer', 0, new RecordingTrainer(undefined, Number.NaN), 'layer.gradient.l2'],
  ])('%s, is told first, and then ends the training as diverged', async (_, epoch, trainer, measure) => {
    const { hook, reports } = await measuring({ set: { 'data.validation': 200 }, trainer })
    expect(await hook.after({ epoch, ...epoch > 0 && { training } })).toBe('diverged')
    expect(reports.map(report => report.epoch)).toEqual([epoch])
    expect(reports[0]!.measurements.some(one => one.measure === measure && !Number.isFinite(one.value))).toBe(true)
    expect(reports[0]!.measurements.some(one => one.measure === 'test.accuracy.subset' && one.value === 0.999)).toBe(true)
  })

  it('ends nothing where everything is finite', async () => {
    const { hook } = await measuring({ set: { 'data.validation': 200 } })
    for (const epoch of [0, 1, 22])
      expect(await hook.after({ epoch, ...epoch > 0 && { training } })).toBeUndefined()
  })
})
