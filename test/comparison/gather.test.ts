import type { Summary } from '@shared/comparison/summary'
import type { Store } from '../../src-main/store/open'
import type { Changes } from '../plans'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keptPairs } from '../../src-main/comparison/kept-pairs'
import { pairsOf, sourcesOf } from '../../src-main/comparison/population'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { createExperiment } from '../../src-main/store/experiments'
import { openStore, readStore } from '../../src-main/store/open'
import { mustPlan, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

const TOTAL = 100
const epochs = [1, 2, 3]

/** Correct answers of a run after an epoch, other in each run. */
const correct = (run: number, epoch: number): number => (run * 7 + epoch * 13) % 40 + 40
const held = (run: number, epoch: number): number => (run * 11 + epoch * 17) % 50

/** An experiment whose runs have all ended; without a validation split those with an odd number. */
function trained(changes: Changes = {}): { store: Store, folder: string, queue: SqliteQueue } {
  const folder = temporaryFolder()
  const store = openStore(folder)
  onTestFinished(() => void store.close())
  const experiment = smallExperiment(changes)
  createExperiment(store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 })
  const queue = new SqliteQueue(store, folder, [{ id: 'wasm', numerics: 1, settings: {} }])
  for (let claimed = queue.claim(); claimed; claimed = queue.claim()) {
    const { run } = claimed
    const share = (measure: string, correct: number) => ({ measure, layer: 0, value: correct / TOTAL, correct, total: TOTAL })
    for (const epoch of epochs)
      queue.measured(run, [{ epoch, measurements: [share('test.accuracy', correct(run, epoch)), ...run % 2 ? [] : [share('validation.accuracy', held(run, epoch))], { measure: 'egf2', layer: 0, value: run + epoch / 8 }] }])
    queue.ended(run, { kind: 'done' })
  }
  return { store, folder, queue }
}

describe('the numbers of a comparison\'s runs', () => {
  const asked = (summary: Summary = { kind: 'last' }, measure = 'test.accuracy') => {
    const { store } = trained({ seeds: [1, 2, 3] })
    const runs = pairsOf(sourcesOf(store), { experiments: [] }).flatMap(({ dense, sparse }) => [dense, sparse])
    return { runs, found: runs.map(run => run.measured(measure, summary)) }
  }

  it('are those of every run of every pair', () => {
    const { runs } = asked()
    expect(runs.map(({ run }) => run).sort()).toEqual([1, 2, 3, 4, 5, 6])
    expect(new Set(runs.map(({ state, engine }) => `${state} ${engine}`))).toEqual(new Set(['done wasm']))
  })

  it('are counts at one epoch', () => {
    const { runs, found } = asked()
    expect(found).toEqual(runs.map(({ run }) => ({ value: correct(run!, 3) / TOTAL, correct: correct(run!, 3), total: TOTAL })))
    expect(asked({ kind: 'epoch', epoch: 2 }).found.map(found => found?.correct)).toEqual(runs.map(({ run }) => correct(run!, 2)))
    expect(asked({ kind: 'epoch', epoch: 9 }).found).toEqual(runs.map(() => undefined))
  })

  it('are at the best epoch of validation; without a validation split their own best', () => {
    const best = (run: number, of: (run: number, epoch: number) => number): number => epochs.reduce((best, epoch) => of(run, epoch) > of(run, best) ? epoch : best)
    const { runs, found } = asked({ kind: 'best' })
    expect(found.map(found => found?.correct)).toEqual(runs.map(({ run }) => correct(run!, best(run!, run! % 2 ? correct : held))))
  })

  it('are sums of counts over several epochs, so that means tie where they are equal', () => {
    const { runs, found } = asked({ kind: 'meanOfLast', epochs: 2 })
    expect(found).toEqual(runs.map(({ run }) => {
      const sum = [2, 3].reduce((sum, epoch) => sum + correct(run!, epoch), 0)
      return { value: sum / (2 * TOTAL), correct: sum, total: 2 * TOTAL }
    }))
  })

  it('are means over the epochs of the paper', () => {
    const { runs, found } = asked({ kind: 'meanOfEleven' }, 'egf2')
    expect(found.map(found => found?.value)).toEqual(runs.map(({ run }) => run! + 2 / 8))
  })
})

describe('the pairs of several experiments', () => {
  it('are one where they are of the same two runs', () => {
    const { store } = trained({ seeds: [1, 2] })
    const more = smallExperiment({ name: 'More', seeds: [1, 2, 3] })
    createExperiment(store, more, mustPlan(more), { id: 'wasm', numerics: 1 })
    const sources = sourcesOf(store)
    expect(sources.map(source => source.pairs().length)).toEqual([2, 3])
    expect(pairsOf(sources, { experiments: [] }).map(({ experiment, seed }) => `${experiment} ${seed}`)).toEqual([`${sources[0]!.slug} 1`, `${sources[0]!.slug} 2`, 'more 3'])
    expect(pairsOf(sources, { experiments: ['more'] })).toHaveLength(3)
  })
})

describe('pairs that are kept between questions', () => {
  it('are the same until something is stored, by whichever connection', () => {
    const { store, folder, queue } = trained({ seeds: [1] })
    const reader = readStore(folder)
    onTestFinished(() => void reader.close())
    const asked = (of: Store) => of.sqlite.transaction(() => keptPairs(of, { experiments: [] }))()
    for (const of of [store, reader]) {
      const before = asked(of)
      expect(asked(of)).toBe(before)
      const value = (pairs: typeof before): number | undefined => pairs[0]!.dense.measured('egf2', { kind: 'last' })?.value
      const [was, run] = [value(before)!, before[0]!.dense.run!]
      queue.measured(run, [{ epoch: 3, measurements: [{ measure: 'egf2', layer: 0, value: was + 1 }] }])
      expect(value(asked(of))).toBe(was + 1)
    }
  })
})
