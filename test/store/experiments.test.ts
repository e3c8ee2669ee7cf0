import type { Outcome } from '@shared/runs/messages'
import type { Store } from '../../src-main/store/open'
import type { Changes } from '../plans'
import { configureRecording } from '@shared/experiment/parameters'
import { describe, expect, it } from 'vitest'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { createExperiment, findNamesakes, findSame, getExperiment, listExperiments, runsOfExperiment, slugs, unreadableExperiments } from '../../src-main/store/experiments'
import { StoreProblem } from '../../src-main/store/open'
import { getRun, prepareRuns } from '../../src-main/store/runs'
import { mustPlan, smallBase, smallExperiment } from '../plans'
import { create, finishAll, fresh, wasm } from '../queue/queues'

const native = { id: 'native', numerics: 1, settings: {} }

/** Numbers of the runs that a new experiment has: of runs that are there already where it shares them. */
function runsOf(store: Store, changes: Changes, engine: { id: string, numerics: number } = wasm): number[] {
  return runsOfExperiment(store, create(store, changes, engine).id)
}

/** Trains several experiments side by side, so that none can share another's runs: both runs of each end so. */
function trainBeside(store: Store, folder: string, experiments: readonly (Changes & { on?: typeof native })[], outcomes: readonly Outcome[] = []): number[][] {
  const runs = experiments.map(({ on = wasm, ...changes }) => runsOf(store, changes, on))
  const queue = new SqliteQueue(store, folder, [wasm, native])
  for (const run of runs.flat())
    expect(queue.claim()?.run).toBe(run)
  runs.forEach((ofOne, e) => ofOne.forEach(run => queue.ended(run, outcomes[e] ?? { kind: 'done' })))
  return runs
}

describe('a new experiment shares', () => {
  it('the newest of several finished runs', () => {
    const { store, folder } = fresh()
    const [first, second, third] = trainBeside(store, folder, [{ name: 'a' }, { name: 'b' }, { name: 'c' }])
    expect([first, second, third]).toEqual([[1, 2], [3, 4], [5, 6]])
    expect(runsOf(store, { name: 'd' })).toEqual(third)
  })

  it('the newest of those that stored all that is needed', () => {
    const { store, folder } = fresh()
    const twentyFour = { base: { ...smallBase, 'training.epochs': 24 } }
    const [everything, , everySecond, atTheEnd] = trainBeside(store, folder, [
      { ...twentyFour, name: 'a', recording: { 'recording.test': 1, 'recording.gradientFlow': 1 } },
      { ...twentyFour, name: 'b', recording: { 'recording.test': 1 } },
      { ...twentyFour, name: 'c', recording: { 'recording.test': 2 } },
      { ...twentyFour, name: 'd' },
    ])
    expect(runsOf(store, { ...twentyFour, name: 'e' })).toEqual(atTheEnd)
    expect(runsOf(store, { ...twentyFour, name: 'f', recording: { 'recording.test': 4 } })).toEqual(everySecond)
    expect(runsOf(store, { ...twentyFour, name: 'g', recording: { 'recording.gradientFlow': 5, 'recording.test': 3 } })).toEqual(everything)
    // How often a checkpoint is written is no measure.
    expect(runsOf(store, { ...twentyFour, name: 'h', recording: { 'recording.checkpoint': 1, 'recording.keep': 'all' } })).toEqual(atTheEnd)
  })

  it('none of another engine or of other numerics, however new', () => {
    const { store, folder } = fresh()
    const [ours, theirs] = trainBeside(store, folder, [{ name: 'a' }, { name: 'b', on: native }])
    expect(runsOf(store, { name: 'c' })).toEqual(ours)
    expect(runsOf(store, { name: 'd' }, native)).toEqual(theirs)
    expect(runsOf(store, { name: 'e' }, { id: 'wasm', numerics: 2 })).toEqual([5, 6])
    expect(runsOf(store, { name: 'f' }, { id: 'other', numerics: 1 })).toEqual([7, 8])
  })

  it('diverged runs too, and neither failed nor waiting ones', () => {
    const { store, folder } = fresh()
    const diverged = { kind: 'diverged', epoch: 1, step: 1 } as const
    const [first] = trainBeside(store, folder, [{ name: 'a' }, { name: 'b' }, { name: 'c' }], [diverged, { kind: 'failed', reason: 'x' }, { kind: 'stopped' }])
    expect(runsOf(store, { name: 'd' })).toEqual(first)
    expect(runsOf(store, { name: 'e', seeds: [8] })).toEqual([7, 8])
    expect(runsOf(store, { name: 'f', seeds: [8] })).toEqual([9, 10])
  })

  it('what was found by identity, engine, numerics and recording alone', () => {
    const { store, queue } = fresh()
    const [planned] = mustPlan(smallExperiment()).runs
    create(store)
    finishAll(queue)
    const wanted = { identity: planned!.identity, engine: 'wasm', numerics: 1, recording: configureRecording({}) }
    const { findShareable } = prepareRuns(store)
    expect(findShareable(wanted)).toBe(1)
    for (const other of [{ identity: 'f'.repeat(64) }, { engine: 'native' }, { numerics: 2 }, { recording: configureRecording({ 'recording.test': 1 }) }])
      expect(findShareable({ ...wanted, ...other })).toBeUndefined()
  })

  it('the newest equal run, also where that has finished since it was planned', () => {
    const { store, queue } = fresh()
    const [, second, late] = ['a', 'b', 'c'].map(name => create(store, { name }))
    const claimed = [1, 2, 3, 4].map(() => queue.claim()!.run)
    expect(claimed).toEqual([1, 2, 3, 4])
    claimed.forEach(run => queue.ended(run, { kind: 'done' }))
    expect(runsOfExperiment(store, late!.id)).toEqual([5, 6])
    expect(queue.claim()).toBeUndefined()
    expect(runsOfExperiment(store, late!.id)).toEqual(runsOfExperiment(store, second!.id))
    expect([getRun(store, 5), getRun(store, 6)]).toEqual([undefined, undefined])
  })
})

it('an experiment is stored whole or not at all', () => {
  const { store } = fresh()
  const experiment = smallExperiment()
  const { pairs, ...plan } = mustPlan(experiment)
  const broken = { ...plan, pairs: [...pairs, { ...pairs[0]!, treatment: null as never }] }
  expect(() => createExperiment(store, experiment, broken, wasm)).toThrow()
  expect(listExperiments(store)).toEqual([])
  expect(getRun(store, 1)).toBeUndefined()
})

describe('an experiment is called', () => {
  const slugOf = (store: Store, name: string): string => create(store, { name }).slug

  it.each([
    ['First look', 'first-look'],
    ['(BN v. NR) 2 × 3!', 'bn-v-nr-2-3'],
    ['Größe & Tiefe', 'größe-tiefe'],
    ['Если сеть — разреженная', 'если-сеть-разреженная'],
    ['深さ 2', '深さ-2'],
    ['E\u0301tude', 'étude'],
    ['!!!', 'experiment'],
  ])('%s: %s', (name, slug) => {
    const { store } = fresh()
    expect(slugOf(store, name)).toBe(slug)
    expect(getExperiment(store, slug)?.experiment.name).toBe(name)
  })

  it.each(['r12', 'R12', '#r12', 'r１２', 'r0'])('%s: never what means a run', (name) => {
    const { store } = fresh()
    expect(slugOf(store, name)).toMatch(/^experiment-r\d+$/)
  })

  it.each(['r', 'r12 again', 'r-12', 'run 12', '12'])('%s: as it is written, where that means no run', (name) => {
    const { store } = fresh()
    expect(slugOf(store, name)).toBe(name.replaceAll(' ', '-'))
  })

  it('by its name and the first number that is free', () => {
    const { store } = fresh()
    expect(slugOf(store, 'x')).toBe('x')
    expect(slugOf(store, 'X 2')).toBe('x-2')
    expect(slugOf(store, 'x')).toBe('x-3')
    expect(slugOf(store, 'x')).toBe('x-4')
    expect(slugOf(store, 'r12')).toBe('experiment-r12')
    expect(slugOf(store, 'r12')).toBe('experiment-r12-2')
  })

  it('and found again by its whole document, or by its name, the newest first', () => {
    const { store } = fresh()
    const first = create(store, { name: 'x' })
    const second = create(store, { name: 'x', seeds: [8] })
    const third = create(store, { name: 'x', seeds: [8] })
    create(store, { name: 'y', seeds: [8] })
    expect(second.slug).toBe('x-2')
    expect(findSame(store, smallExperiment({ name: 'x', seeds: [8] }))?.id).toBe(third.id)
    expect(findSame(store, smallExperiment({ name: 'x', seeds: [9] }))).toBeUndefined()
    expect(findNamesakes(store, smallExperiment({ name: 'x', seeds: [9] })).map(({ id }) => id)).toEqual([third.id, second.id, first.id])
    expect(findNamesakes(store, smallExperiment({ name: 'z' }))).toEqual([])
    expect(slugs(store)).toEqual(['x', 'x-2', 'x-3', 'y'])
  })
})

it('an experiment that this program cannot read is told of, and hides no other', () => {
  const { store } = fresh()
  create(store, { name: 'from the future' })
  create(store, { name: 'of now' })
  store.sqlite.exec('UPDATE experiments SET document = json_set(document, \'$.base.training.dropout\', 0.5) WHERE id = 1')
  const sentence = 'the stored experiment from-the-future cannot be read by this version of the program: base.training.dropout is not known'
  expect(listExperiments(store).map(({ slug }) => slug)).toEqual(['of-now'])
  expect(slugs(store)).toEqual(['from-the-future', 'of-now'])
  expect(unreadableExperiments(store)).toEqual([expect.stringContaining(sentence)])
  expect(() => getExperiment(store, 'from-the-future')).toThrow(sentence)
  expect(() => getExperiment(store, 'from-the-future')).toThrow(StoreProblem)
})

it('a slug keeps the marks of letters', () => {
  const { store } = fresh()
  expect(create(store, { name: 'हिन्दी परीक्षण' }).slug).toBe('हिन्दी-परीक्षण')
})

it('a slug is lower case, and never what means a run', () => {
  const { store } = fresh()
  expect(create(store, { name: 'ᴿ12' }).slug).toBe('experiment-r12')
})

it('an experiment that cannot be read is in nobody\'s way', () => {
  const { store } = fresh()
  create(store, { name: 'x' })
  store.sqlite.exec('UPDATE experiments SET document = json_set(document, \'$.base.training.dropout\', 0.5)')
  expect(findNamesakes(store, smallExperiment({ name: 'x' }))).toEqual([])
  expect(create(store, { name: 'x', seeds: [8] }).slug).toBe('x-2')
})
