import type { Settings } from '@shared/experiment/parameter'
import type { RunSpecification } from '@shared/plan/specification'
import type { Outcome } from '@shared/runs/messages'
import type { Progress, Trainer } from '../../src-main/engines/engine'
import type { Epoch, Hook } from '../../src-main/worker/train'
import { schedules } from '@shared/schedules'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { train } from '../../src-main/worker/train'
import { mustPlan, planRuns, smallBase, smallExperiment } from '../plans'

/** 44 training examples in batches of 4: 11 steps an epoch, one more than after which losses are read. */
const elevenSteps = { 'data.synthetic.train': 44, 'training.batchSize': 4, 'training.epochs': 3 }

/** Trains nothing and remembers what it was asked; the loss of step k is k. */
class RecordingTrainer implements Pick<Trainer, 'step' | 'progress'> {
  readonly steps: { examples: number[], rates: readonly number[] }[] = []
  #unread: number[] = []

  constructor(private readonly firstNonFiniteStep = Infinity, private readonly before = 0) {}

  step({ examples, rates }: Parameters<Trainer['step']>[0]): void {
    this.steps.push({ examples: [...examples], rates })
    const step = this.before + this.steps.length
    if (step < this.firstNonFiniteStep)
      this.#unread.push(step)
  }

  async progress(): Promise<Progress[]> {
    const losses = this.#unread
    this.#unread = []
    return [{
      loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
      ...this.before + this.steps.length >= this.firstNonFiniteStep && { firstNonFiniteStep: this.firstNonFiniteStep },
    }]
  }
}

/** A hook that tells when it began and when it ended; only its end lets training go on. */
function hook(name: string, epochs: number[], log: string[], find: (epoch: Epoch) => 'diverged' | undefined = () => undefined): Hook {
  return {
    epochs: new Set(epochs),
    async after(epoch) {
      log.push(`${name} ${epoch.epoch} begins`)
      await Promise.resolve()
      log.push(`${name} ${epoch.epoch} ends`)
      return find(epoch)
    },
  }
}

interface Given {
  run?: RunSpecification
  trainer?: RecordingTrainer
  examples?: Uint32Array
  from?: number
  hooks?: Hook[]
  stopped?: () => boolean
}

async function trained({ run = runOf(elevenSteps), trainer = new RecordingTrainer(), from = 0, hooks = [], stopped = () => false, ...given }: Given = {}) {
  const told: { epoch: number, step: number, loss: number }[] = []
  const outcome = await train({
    run,
    trainer: trainer as unknown as Trainer,
    // No example has its own place as its index, and most indices are no example.
    examples: given.examples ?? Uint32Array.from({ length: run.trainExamples }, (_, i) => 3 * i + 1),
    from,
    hooks,
    stopped,
    progress: at => told.push(at),
  })
  return { outcome, steps: trainer.steps, told }
}

function runOf(set: Settings, side: 'dense' | 'sparse' = 'dense'): RunSpecification {
  return planRuns(set, [5]).find(({ streams }) => streams.side === side)!
}

/** The order in which a run takes its examples, epoch by epoch. */
async function ordersOf(run: RunSpecification, from = 0): Promise<number[][]> {
  const { steps } = await trained({ run, from })
  const perEpoch = Math.ceil(run.trainExamples / run.settings['training.batchSize'])
  return Array.from({ length: steps.length / perEpoch }, (_, epoch) => steps.slice(epoch * perEpoch, (epoch + 1) * perEpoch).flatMap(({ examples }) => examples))
}

const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b)

describe('the order of examples', () => {
  it('is a new permutation of the run\'s own examples in each epoch', async () => {
    const orders = await ordersOf(runOf(elevenSteps))
    const given = Array.from({ length: 44 }, (_, i) => 3 * i + 1)
    expect(orders).toHaveLength(3)
    for (const order of orders)
      expect(ascending(order)).toEqual(given)
    expect(new Set([given, ...orders].map(String)).size).toBe(4)
  })

  it('keeps the last, short batch', async () => {
    const { steps } = await trained({ run: runOf({ 'training.batchSize': 16, 'training.epochs': 2 }) })
    expect(steps.map(({ examples }) => examples.length)).toEqual([16, 16, 16, 12, 16, 16, 16, 12])
  })

  it('is the same on both sides of a pair, and whatever the treatment', async () => {
    const dense = await ordersOf(runOf(elevenSteps))
    expect(await ordersOf(runOf(elevenSteps, 'sparse'))).toEqual(dense)
    expect(await ordersOf(runOf({ ...elevenSteps, 'network.batchNorm': true, 'training.optimizer': 'adam', 'training.l2': true }))).toEqual(dense)
  })

  it('is another with another seed or capacity', async () => {
    const { runs } = mustPlan(smallExperiment({ base: { ...smallBase, ...elevenSteps }, capacities: [5, 6], seeds: [7, 8] }))
    const orders = await Promise.all(runs.map(({ specification }) => ordersOf(specification)))
    expect(runs).toHaveLength(8)
    expect(new Set(orders.flat().map(String)).size).toBe(4 * 3)
  })

  it('of an epoch is the same when training goes on from the one before', async () => {
    const orders = await ordersOf(runOf(elevenSteps))
    expect(await ordersOf(runOf(elevenSteps), 1)).toEqual(orders.slice(1))
  })
})

describe('the learning rate', () => {
  it('is what the run says, in every step', async () => {
    const { steps } = await trained({ run: runOf({ ...elevenSteps, 'training.learningRate': 0.03 }) })
    expect(steps.map(({ rates }) => rates)).toEqual(Array.from({ length: 33 }, () => [0.03]))
  })

  it('follows the schedule, whose steps count from 1 over the whole training', async () => {
    const factor = vi.spyOn(schedules.get('constant'), 'factor').mockImplementation((step, steps) => step / steps)
    onTestFinished(() => factor.mockRestore())
    const run = runOf({ ...elevenSteps, 'training.learningRate': 33 })
    const rates = Array.from({ length: 33 }, (_, i) => [33 * ((i + 1) / 33)])
    expect((await trained({ run })).steps.map(({ rates }) => rates)).toEqual(rates)
    expect((await trained({ run, from: 2 })).steps.map(({ rates }) => rates)).toEqual(rates.slice(22))
    expect(factor).toHaveBeenLastCalledWith(33, 33, run.settings)
  })
})

describe('the training loss', () => {
  it('of an epoch is the mean of all its steps\' losses, however many a read holds', async () => {
    const losses: (number | undefined)[] = []
    const { told } = await trained({
      hooks: [{ epochs: { has: () => true }, after: async ({ training }) => void losses.push(training?.loss) }],
    })
    // Steps 1 .. 11, 12 .. 22, 23 .. 33.
    expect(losses).toEqual([undefined, 6, 17, 28])
    expect(told.slice(0, 3)).toEqual([
      { epoch: 1, step: 10, loss: 5.5 },
      { epoch: 1, step: 11, loss: 11 },
      { epoch: 2, step: 10, loss: 16.5 },
    ])
  })
})

describe('hooks', () => {
  const epochs = [0, 1, 2, 3]

  it('run one after the other in their order, each at its epochs, at the end of an epoch and before the first', async () => {
    const log: string[] = []
    const trainer = new RecordingTrainer()
    const { outcome } = await trained({
      trainer,
      hooks: [
        hook('a', [0, 2], log),
        hook('b', epochs, log, () => void log.push(`after ${trainer.steps.length} steps`)),
      ],
    })
    expect(outcome).toEqual({ kind: 'done' })
    expect(log).toEqual([
      ...['a 0 begins', 'a 0 ends', 'b 0 begins', 'b 0 ends', 'after 0 steps'],
      ...['b 1 begins', 'b 1 ends', 'after 11 steps'],
      ...['a 2 begins', 'a 2 ends', 'b 2 begins', 'b 2 ends', 'after 22 steps'],
      ...['b 3 begins', 'b 3 ends', 'after 33 steps'],
    ])
  })

  it('do not run again for the epoch from which training goes on', async () => {
    const log: string[] = []
    const { steps } = await trained({ from: 2, hooks: [hook('a', epochs, log)] })
    expect(log).toEqual(['a 3 begins', 'a 3 ends'])
    expect(steps).toHaveLength(11)
  })

  it('and steps are all done where training goes on from the last epoch', async () => {
    const log: string[] = []
    const { outcome, steps } = await trained({ from: 3, hooks: [hook('a', epochs, log)] })
    expect({ outcome, steps, log }).toEqual({ outcome: { kind: 'done' }, steps: [], log: [] })
  })

  it.each<[number, Outcome]>([
    [0, { kind: 'diverged', epoch: 0, step: 0 }],
    [2, { kind: 'diverged', epoch: 2, step: 22 }],
    [3, { kind: 'diverged', epoch: 3, step: 33 }],
  ])('end the training with epoch %i when they say that it diverged there; no later hook runs', async (at, expected) => {
    const log: string[] = []
    const { outcome, steps } = await trained({
      hooks: [
        hook('a', epochs, log),
        hook('b', epochs, log, ({ epoch }) => epoch === at ? 'diverged' : undefined),
        hook('c', epochs, log),
      ],
    })
    expect(outcome).toEqual(expected)
    expect(log.at(-1)).toBe(`b ${at} ends`)
    expect(steps).toHaveLength(11 * at)
  })
})

describe('a stop', () => {
  it.each([0, 1, 6, 10, 12])('after %i steps ends the training with no other', async (after) => {
    const trainer = new RecordingTrainer()
    const log: string[] = []
    const { outcome, steps } = await trained({ trainer, hooks: [hook('a', [1, 2, 3], log)], stopped: () => trainer.steps.length >= after })
    expect(outcome).toEqual({ kind: 'stopped' })
    expect(steps).toHaveLength(after)
    expect(log).toEqual(after > 11 ? ['a 1 begins', 'a 1 ends'] : [])
  })

  it('in the last step of an epoch comes after that epoch\'s hooks', async () => {
    const trainer = new RecordingTrainer()
    const log: string[] = []
    const { outcome, steps } = await trained({ trainer, hooks: [hook('a', [1, 2, 3], log)], stopped: () => trainer.steps.length >= 22 })
    expect(outcome).toEqual({ kind: 'stopped' })
    expect(steps).toHaveLength(22)
    expect(log.at(-1)).toBe('a 2 ends')
  })

  it('in the last step of all leaves nothing to stop', async () => {
    const trainer = new RecordingTrainer()
    const log: string[] = []
    const { outcome } = await trained({ trainer, hooks: [hook('a', [3], log)], stopped: () => trainer.steps.length >= 33 })
    expect(outcome).toEqual({ kind: 'done' })
    expect(log).toEqual(['a 3 begins', 'a 3 ends'])
  })
})

describe('a step that is not finite', () => {
  it.each([
    [1, 1, 10],
    [7, 1, 10],
    [10, 1, 10],
    [11, 1, 11],
    [12, 2, 21],
    [22, 2, 22],
    [33, 3, 33],
  ])('number %i ends the training as diverged in epoch %i, when it is read after step %i', async (step, epoch, read) => {
    const log: string[] = []
    const { outcome, steps, told } = await trained({ trainer: new RecordingTrainer(step), hooks: [hook('a', [1, 2, 3], log)] })
    expect(outcome).toEqual({ kind: 'diverged', epoch, step })
    expect(steps).toHaveLength(read)
    expect(log.filter(line => line.endsWith('ends'))).toHaveLength(epoch - 1)
    expect(told.every(({ loss }) => Number.isFinite(loss))).toBe(true)
  })

  it('is counted over the whole training when it goes on from a later epoch', async () => {
    const { outcome } = await trained({ from: 2, trainer: new RecordingTrainer(25, 22) })
    expect(outcome).toEqual({ kind: 'diverged', epoch: 3, step: 25 })
  })
})
