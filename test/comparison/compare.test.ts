import type { Outcome } from '@shared/runs/messages'
import type { StoredExperiment } from '../../src-main/store/experiments'
import type { Store } from '../../src-main/store/open'
import type { Changes } from '../plans'
import { describe, expect, it, onTestFinished } from 'vitest'
import { compareExperiment, comparePairs } from '../../src-main/comparison/compare'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { createExperiment } from '../../src-main/store/experiments'
import { openStore } from '../../src-main/store/open'
import { mustPlan, smallBase, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

/** Stores an experiment and ends each of its runs, in the order of the plan, with a test and a validation accuracy in percent. */
function trained(changes: Changes, ends: readonly (readonly [test: number, validation: number] | Outcome['kind'] | 'cancelled')[]): { store: Store, experiment: StoredExperiment } {
  const folder = temporaryFolder()
  const store = openStore(folder)
  onTestFinished(() => void store.close())
  const experiment = smallExperiment(changes)
  const stored = createExperiment(store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 })
  const queue = new SqliteQueue(store, folder, [{ id: 'wasm', numerics: 1, settings: {} }])
  for (const end of ends) {
    const { run } = queue.claim()!
    if (typeof end !== 'string') {
      const share = (measure: string, correct: number) => ({ measure, layer: 0, value: correct / 100, correct, total: 100 })
      // Its mean is what is reported, not its last value.
      for (const epoch of [1, 2])
        queue.measured(run, [{ epoch, measurements: [{ measure: 'egf2', layer: 0, value: end[0] - 6 }] }])
      queue.measured(run, [{ epoch: 3, measurements: [share('test.accuracy', end[0]), share('validation.accuracy', end[1]), { measure: 'egf1', layer: 0, value: 1 }, { measure: 'egf2', layer: 0, value: end[0] + 12 }] }])
    }
    if (end === 'cancelled')
      queue.cancel([run])
    else
      queue.ended(run, end === 'diverged' ? { kind: 'diverged', epoch: 1, step: 2 } : end === 'failed' ? { kind: 'failed', reason: 'x' } : { kind: 'done' })
  }
  return { store, experiment: stored }
}

describe('an experiment compared', () => {
  it('takes final accuracies and means of gradient flow, pair by pair, and counts what is missing', () => {
    const { store, experiment } = trained({ seeds: [1, 2, 3, 4, 5, 6] }, [[80, 0], [70, 0], [90, 0], 'diverged', [60, 0], 'failed', 'diverged', 'cancelled', 'cancelled', 'failed'])
    const { cells: [cell], tuned } = compareExperiment(store, experiment)
    expect(tuned).toEqual([])
    expect(cell).toMatchObject({ treatment: 'base', capacity: 5, pairs: 1, diverged: 1, failed: 2, cancelled: 1, unfinished: 1 })
    expect(cell!.accuracy.difference.mean).toBeCloseTo(-0.1, 12)
    expect(cell!.egf2.sparse.mean).toBe(70)
    expect(comparePairs(store, experiment).map(({ outcome }) => outcome.kind)).toEqual(['complete', 'diverged', 'failed', 'cancelled', 'failed', 'unfinished'])
  })

  it('takes both sides as they are, in percent of the whole test set', () => {
    const { store, experiment } = trained({}, [[80, 0], [70, 0]])
    const [{ outcome }] = comparePairs(store, experiment) as [ReturnType<typeof comparePairs>[number]]
    expect(outcome).toEqual({
      kind: 'complete',
      dense: { accuracy: 0.8, correct: 80, total: 100, egf1: Number.NaN, egf2: 80, collapsed: false },
      sparse: { accuracy: 0.7, correct: 70, total: 100, egf1: Number.NaN, egf2: 70, collapsed: false },
    })
  })

  it('counts as collapsed what is no better than guessing on the data set of its treatment', () => {
    const classes = {
      name: 'classes',
      levels: [2, 10].map(count => ({ name: String(count), set: { 'data.synthetic.classes': count }, setDense: {}, setSparse: {} })),
    }
    // The 99 % quantiles of guessing 100 times among 2 and 10 classes are 62 and 18 (scipy.stats.binom.ppf).
    const { store, experiment } = trained({ base: { ...smallBase, 'data.synthetic.test': 100 }, factors: [classes], seeds: [1, 2] }, [
      [62, 0],
      [63, 0],
      [62, 0],
      [18, 0],
      [10, 0],
      [62, 0],
      [19, 0],
      [18, 0],
    ])
    expect(compareExperiment(store, experiment).cells.map(({ treatment, pairs, untied, collapsed }) => ({ treatment, pairs, untied, collapsed }))).toEqual([
      { treatment: '2', pairs: 2, untied: 2, collapsed: { dense: 2, sparse: 1 } },
      { treatment: '10', pairs: 2, untied: 2, collapsed: { dense: 0, sparse: 2 } },
    ])
  })

  const rate = {
    name: 'rate',
    role: 'tuned' as const,
    levels: [0.1, 0.01].map(value => ({ name: String(value), set: { 'training.learningRate': value }, setDense: {}, setSparse: {} })),
  }

  it('takes tuned factors at the level that validation selects on each side', () => {
    // Runs come by seed, then rate, then side.
    const { store, experiment } = trained({ base: { ...smallBase, 'data.validation': 10 }, factors: [rate], seeds: [1, 2] }, [
      [50, 60],
      [51, 40],
      [52, 70],
      [53, 30],
      [54, 50],
      [55, 30],
      [56, 41],
      [57, 30],
    ])
    const { cells, tuned } = compareExperiment(store, experiment)
    expect(tuned).toEqual([{ treatment: 'base', capacity: 5, dense: '0.01', sparse: '0.1' }])
    expect(cells).toHaveLength(1)
    expect(cells[0]!.pairs).toBe(2)
    expect(cells[0]!.accuracy.dense.mean).toBeCloseTo((0.52 + 0.56) / 2, 12)
    expect(cells[0]!.accuracy.sparse.mean).toBeCloseTo((0.51 + 0.55) / 2, 12)
    expect(comparePairs(store, experiment)).toHaveLength(4)
  })

  it.each([
    ['failed', 'failed', { failed: 2, cancelled: 0, unfinished: 0 }],
    ['was cancelled', 'cancelled', { failed: 0, cancelled: 2, unfinished: 0 }],
    ['is unfinished', undefined, { failed: 0, unfinished: 2 }],
  ] as const)('compares nothing where a run of another level %s: it might have won', (_, end, counted) => {
    const { store, experiment } = trained({ base: { ...smallBase, 'data.validation': 10 }, factors: [rate], seeds: [1, 2] }, [
      ...Array.from({ length: 7 }, (): [number, number] => [50, 50]),
      ...end ? [end] : [],
    ])
    const { cells, tuned } = compareExperiment(store, experiment)
    expect(tuned).toEqual([])
    expect(cells).toMatchObject([{ treatment: 'base', pairs: 0, diverged: 0, ...counted }])
    expect(comparePairs(store, experiment).map(({ outcome: { kind }, selected }) => [kind, selected])).toEqual([
      ...Array.from({ length: 3 }).fill(['complete', { dense: false, sparse: false }]),
      [end ?? 'unfinished', { dense: false, sparse: false }],
    ])
  })

  it('refuses to tune without a validation split', () => {
    expect(() => mustPlan(smallExperiment({ factors: [rate] }))).toThrow('factor "rate" is tuned by validation accuracy, and data.validation of 0.1 is 0: hold some training examples out')
  })
})
