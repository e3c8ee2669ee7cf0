import type { Recording } from '@shared/experiment/parameters'
import type { Plan } from '@shared/plan/plan'
import type { StoredExperiment } from '../../src-main/store/experiments'
import type { Store } from '../../src-main/store/open'
import { join } from 'node:path'
import { identityOf } from '@shared/identity/identity'
import { maskDistributions } from '@shared/masks/distributions'
import { optimizers } from '@shared/optimizers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { checkpointsOfRun } from '../../src-main/store/checkpoints'
import { eventsOfRun } from '../../src-main/store/events'
import { countStates, createExperiment, getExperiment, retryExperiment, runsOfExperiment } from '../../src-main/store/experiments'
import { Measurements } from '../../src-main/store/measurements'
import { pairsOfExperiment } from '../../src-main/store/pairs'
import { getRun, getSpecification } from '../../src-main/store/runs'
import { mustPlan, smallBase, smallExperiment } from '../plans'
import { checkpoint, create, finishAll, fresh, started, wasm } from './queues'

function reasonOf(store: Store, run: number): string | undefined {
  const { state } = getRun(store, run)!
  return state.kind === 'waiting' ? state.reason : `it is ${state.kind}`
}

/** Until the end of the test, plain SGD is defined otherwise than what is stored. */
function mendSgd(): void {
  const sgd = optimizers.get('sgd') as { version: number }
  sgd.version++
  onTestFinished(() => void sgd.version--)
}

/** Plans anew, as the program of now does, and retries. */
function retry(store: Store, stored: StoredExperiment, engine: { id: string, numerics: number } = wasm): Plan {
  const plan = mustPlan(stored.experiment)
  retryExperiment(store, stored, plan, engine)
  return plan
}

describe('a run waits and says why', () => {
  it('where its engine is not here, or is another version of it', () => {
    const { store, folder } = fresh()
    create(store)
    const claim = (engines: ConstructorParameters<typeof SqliteQueue>[2]): [claimed: number | undefined, reason: string | undefined] => {
      const queue = new SqliteQueue(store, folder, engines)
      queue.recover()
      return [queue.claim()?.run, reasonOf(store, 1)]
    }
    expect(claim([])).toEqual([undefined, 'the engine \'wasm\' is not available here'])
    expect(claim([{ ...wasm, id: 'native' }])).toEqual([undefined, 'the engine \'wasm\' is not available here'])
    expect(claim([{ ...wasm, numerics: 2 }])).toEqual([undefined, 'it was planned for version 1 of the engine \'wasm\', and this is version 2'])
    expect(reasonOf(store, 2)).toBe('it was planned for version 1 of the engine \'wasm\', and this is version 2')
    expect(claim([{ ...wasm, id: 'native' }, wasm])).toEqual([1, 'it is running'])
  })

  it('where its engine has other settings than those it began with', () => {
    const { store, folder, queue } = fresh()
    create(store)
    const { run } = queue.claim()!
    queue.started(run, started(), 1)
    queue.ended(run, { kind: 'stopped' })
    const without = new SqliteQueue(store, folder, [{ ...wasm, settings: { simd: false } }])
    // A run that has not begun begins with what is here.
    expect(without.claim()).toMatchObject({ run: 2 })
    expect(reasonOf(store, 1)).toBe('it began on \'wasm\' with simd true, and here it is false')
    // A setting that did not exist when it began changes nothing.
    const more = new SqliteQueue(store, folder, [{ ...wasm, settings: { simd: true, fast: true } }])
    more.recover()
    expect(more.claim()).toMatchObject({ run: 1, engineSettings: { simd: true } })
  })

  it('where its engine says that it cannot go on with the settings with which it began', () => {
    const { store, folder, queue } = fresh()
    create(store)
    const { run } = queue.claim()!
    queue.started(run, started(), 1)
    queue.ended(run, { kind: 'stopped' })
    const elsewhere = { ...wasm, settings: { simd: false } }
    const unable = new SqliteQueue(store, folder, [{ ...elsewhere, obstacle: ({ simd }) => `this machine has no simd ${String(simd)}` }])
    expect(unable.claim()).toMatchObject({ run: 2 })
    expect(reasonOf(store, 1)).toBe('this machine has no simd true')
    const able = new SqliteQueue(store, folder, [{ ...elsewhere, obstacle: () => undefined }])
    able.recover()
    expect(able.claim()).toMatchObject({ run: 1, engineSettings: { simd: true } })
  })

  it('where what it computes is now defined otherwise', () => {
    const { store, queue } = fresh()
    create(store, { base: { ...smallBase, 'training.optimizer': 'momentum' } })
    create(store)
    mendSgd()
    expect([queue.claim()?.run, queue.claim()?.run, queue.claim()?.run]).toEqual([1, 2, undefined])
    expect([3, 4].map(run => reasonOf(store, run))).toEqual(Array.from({ length: 2 }).fill('what it computes was defined otherwise when it was planned'))
  })

  it('where this program lacks what it was planned for', () => {
    const { store, queue } = fresh()
    create(store)
    store.sqlite.exec(`UPDATE specifications SET document = json_set(document, '$."settings"."training.optimizer"', 'lion') WHERE identity = (SELECT identity FROM runs WHERE id = 1)`)
    expect(queue.claim()?.run).toBe(2)
    expect(reasonOf(store, 1)).toMatch(/^it was planned for what this program does not have: unknown .*'lion'; there is adam, momentum, sgd$/)
  })

  it('and goes on after a start where that is so no more', () => {
    const { store, folder, queue } = fresh()
    create(store)
    const none = new SqliteQueue(store, folder, [])
    expect(none.claim()).toBeUndefined()
    expect(none.next()).toBeUndefined()
    // Asked once a start, not at every claim.
    expect(queue.claim()).toBeUndefined()
    expect(queue.recover()).toBe(0)
    expect([reasonOf(store, 1), reasonOf(store, 2)]).toEqual([undefined, undefined])
    expect([queue.claim()?.run, queue.claim()?.run]).toEqual([1, 2])
  })

  it('and a start leaves the reasons of those that failed', () => {
    const { store, queue } = fresh()
    create(store)
    queue.ended(queue.claim()!.run, { kind: 'failed', reason: 'x' })
    queue.recover()
    expect(getRun(store, 1)!.state).toEqual({ kind: 'failed', reason: 'x' })
  })
})

describe('what the next worker will need', () => {
  it('is that of the first run that waits', () => {
    const { store, queue } = fresh()
    const { id } = create(store, { base: { ...smallBase, 'training.epochs': 2 } })
    create(store, { name: 'other', base: { ...smallBase, 'data.synthetic.train': 70 } })
    const settings = (run: number) => getSpecification(store, getRun(store, run)!.identity).settings
    expect(queue.next()).toEqual({ engine: 'wasm', settings: settings(1) })
    expect(queue.next()).toEqual(queue.next())
    for (const run of runsOfExperiment(store, id))
      expect(queue.claim()!.run).toBe(run)
    expect(queue.next()).toEqual({ engine: 'wasm', settings: settings(3) })
    expect(queue.next()!.settings['data.synthetic.train']).toBe(70)
    queue.claim()
    queue.claim()
    expect(queue.next()).toBeUndefined()
    queue.ended(2, { kind: 'stopped' })
    expect(queue.next()).toEqual({ engine: 'wasm', settings: settings(2) })
  })

  it('is of the experiment that is trained', () => {
    const { store, folder } = fresh()
    create(store)
    const second = create(store, { name: 'other', base: { ...smallBase, 'training.epochs': 2 } })
    const queue = new SqliteQueue(store, folder, [wasm], { experiment: second.id })
    expect(queue.next()!.settings['training.epochs']).toBe(2)
    finishAll(queue)
    expect(queue.next()).toBeUndefined()
    expect([1, 2, 3, 4].map(run => getRun(store, run)!.state.kind)).toEqual(['waiting', 'waiting', 'done', 'done'])
  })
})

describe('an experiment tried again', () => {
  it('has new runs for those that are defined otherwise now; the old ones are cancelled and keep what they measured', () => {
    const { store, queue } = fresh()
    const stored = create(store)
    const { run, checkpointFolder } = queue.claim()!
    queue.started(run, started(), 1)
    queue.measured(run, [{ epoch: 2, measurements: [{ measure: 'test.loss', layer: 0, value: 1.5 }] }])
    checkpoint(queue, run, checkpointFolder, 2)
    queue.claim()
    queue.ended(run, { kind: 'stopped' })
    queue.ended(2, { kind: 'failed', reason: 'x' })
    const before = new Measurements(store).all(run)
    mendSgd()
    expect(queue.claim()).toBeUndefined()

    const { runs } = retry(store, stored)
    expect(runsOfExperiment(store, stored.id)).toEqual([3, 4])
    expect([3, 4].map(run => getRun(store, run)!.identity)).toEqual(runs.map(({ identity }) => identity))
    expect([1, 2].map(run => getRun(store, run)!.state)).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }])
    expect(pairsOfExperiment(store, stored.id)).toMatchObject([{ denseRun: 3, sparseRun: 4 }])
    expect(before).toHaveLength(1)
    expect(new Measurements(store).all(run)).toEqual(before)
    expect(eventsOfRun(store, run).map(({ text }) => text)).toEqual(['started', 'stopped'])
    // The new ones begin anew, as what they are now.
    expect(queue.claim()).toMatchObject({ run: 3, attempt: 1, resumeFrom: [], specification: { streams: { side: 'dense' } } })
    expect(queue.claim()).toMatchObject({ run: 4 })
    expect(queue.claim()).toBeUndefined()
  })

  it('has new runs where it is to be trained on another engine, or on another version of it', () => {
    const { store } = fresh()
    const stored = create(store)
    retry(store, stored, { id: 'wasm', numerics: 2 })
    retry(store, stored, { id: 'native', numerics: 2 })
    expect(runsOfExperiment(store, stored.id)).toEqual([5, 6])
    expect([1, 3, 5].map(run => getRun(store, run)!)).toMatchObject([
      { engine: 'wasm', numerics: 1, state: { kind: 'cancelled' } },
      { engine: 'wasm', numerics: 2, state: { kind: 'cancelled' } },
      { engine: 'native', numerics: 2, state: { kind: 'waiting' } },
    ])
    expect(getExperiment(store, stored.slug)!.engine).toBe('native')
  })

  it('has new runs for both sides of such a pair, so that it is never of two definitions, and leaves complete pairs alone', () => {
    const { store, queue } = fresh()
    const stored = create(store, { seeds: [1, 2] })
    for (let run = 1; run <= 3; run++)
      queue.ended(queue.claim()!.run, { kind: 'done' })
    queue.ended(queue.claim()!.run, { kind: 'failed', reason: 'x' })
    mendSgd()
    retry(store, stored)
    expect(pairsOfExperiment(store, stored.id)).toMatchObject([{ seed: 1, denseRun: 1, sparseRun: 2 }, { seed: 2, denseRun: 5, sparseRun: 6 }])
    // What was finished stays so, for whoever looks at it.
    expect([1, 2, 3, 4].map(run => getRun(store, run)!.state.kind)).toEqual(['done', 'done', 'done', 'cancelled'])
    expect([getRun(store, 5)!.side, getRun(store, 6)!.side]).toEqual(['dense', 'sparse'])
  })

  it('has one new run where several pairs share one', () => {
    const { store, folder } = fresh()
    const width = { name: 'N', levels: [14, 20].map(N => ({ name: String(N), set: { 'network.maximumWidth': N }, setDense: {}, setSparse: {} })) }
    const stored = create(store, { factors: [width] })
    expect(runsOfExperiment(store, stored.id)).toEqual([1, 2, 3])
    retry(store, stored, { ...wasm, numerics: 2 })
    expect(pairsOfExperiment(store, stored.id)).toMatchObject([{ denseRun: 4, sparseRun: 5 }, { denseRun: 4, sparseRun: 6 }])
    const queue = new SqliteQueue(store, folder, [{ ...wasm, numerics: 2 }])
    expect([queue.claim()?.run, queue.claim()?.run, queue.claim()?.run, queue.claim()]).toEqual([4, 5, 6, undefined])
  })

  it('finds its pairs by treatment, capacity and seed, in whatever order they are planned now', () => {
    const { store } = fresh()
    const stored = create(store, { capacities: [4, 5], seeds: [1, 2] })
    mendSgd()
    const plan = mustPlan(stored.experiment)
    retryExperiment(store, stored, { ...plan, pairs: plan.pairs.toReversed().slice(1) }, wasm)
    const identities = new Map(plan.pairs.map(({ capacity, seed, dense, sparse }) => [`${capacity} ${seed}`, [dense.identity, sparse.identity]]))
    const pairs = pairsOfExperiment(store, stored.id)
    for (const { capacity, seed, denseRun, sparseRun } of pairs.slice(0, 3))
      expect([denseRun, sparseRun].map(run => getRun(store, run)!.identity)).toEqual(identities.get(`${capacity} ${seed}`))
    // It is planned no more.
    expect(pairs[3]).toMatchObject({ denseRun: 7, sparseRun: 8 })
  })

  it('goes on with what failed where it was', () => {
    const { store, queue } = fresh()
    const stored = create(store)
    const { run, checkpointFolder } = queue.claim()!
    queue.started(run, started(), 1)
    const files = [1, 2].map(epoch => checkpoint(queue, run, checkpointFolder, epoch))
    queue.ended(run, { kind: 'failed', reason: 'the memory is full' })
    expect(queue.claim()!.run).toBe(2)
    retry(store, stored)
    expect(queue.claim()).toMatchObject({ run, attempt: 2, resumeFrom: files.toReversed(), engineSettings: { simd: true } })
  })

  it('takes finished runs of now instead of training them', () => {
    const { store, queue } = fresh()
    const stored = create(store)
    mendSgd()
    const other = create(store, { name: 'planned as it is now' })
    expect(runsOfExperiment(store, other.id)).toEqual([3, 4])
    finishAll(queue)
    retry(store, stored)
    expect(runsOfExperiment(store, stored.id)).toEqual([3, 4])
    expect(countStates(store, stored.id)).toEqual({ done: 2 })
    expect([1, 2].map(run => getRun(store, run)!.state.kind)).toEqual(['cancelled', 'cancelled'])
  })

  it('keeps what is finished, and lets what failed or was cancelled wait again', () => {
    const { store, queue } = fresh()
    const stored = create(store, { seeds: [1, 2, 3] })
    queue.ended(queue.claim()!.run, { kind: 'done' })
    queue.ended(queue.claim()!.run, { kind: 'diverged', epoch: 1, step: 2 })
    queue.ended(queue.claim()!.run, { kind: 'failed', reason: 'x' })
    store.sqlite.exec('UPDATE runs SET state = \'cancelled\' WHERE id = 4')
    for (let death = 1; death <= 4; death++)
      queue.died(queue.claim()!.run, 'was killed by SIGKILL', [])
    expect(getRun(store, 5)!.state.kind).toBe('failed')
    retry(store, stored)
    expect(runsOfExperiment(store, stored.id)).toEqual([1, 2, 3, 4, 5, 6])
    expect([1, 2, 3, 4, 5, 6].map(run => getRun(store, run)!.state)).toEqual([
      { kind: 'done' },
      { kind: 'diverged', epoch: 1, step: 2 },
      { kind: 'waiting' },
      { kind: 'waiting' },
      { kind: 'waiting' },
      { kind: 'waiting' },
    ])
    expect(getRun(store, 3)!.finishedAt).toBeUndefined()
    // Its deaths are forgotten.
    expect([queue.claim()?.run, queue.claim()?.run, queue.claim()?.run]).toEqual([3, 4, 5])
    queue.died(5, 'was killed by SIGKILL', [])
    expect(getRun(store, 5)!.state.kind).toBe('waiting')
  })

  it('keeps finished runs also where they are defined otherwise now', () => {
    const { store, queue } = fresh()
    const stored = create(store)
    queue.ended(queue.claim()!.run, { kind: 'diverged', epoch: 1, step: 2 })
    finishAll(queue)
    mendSgd()
    retry(store, stored)
    expect(runsOfExperiment(store, stored.id)).toEqual([1, 2])
    expect(countStates(store, stored.id)).toEqual({ diverged: 1, done: 1 })
  })
})

describe('a run that starts from another\'s checkpoint', () => {
  /** A parent, run 1, and its child from epoch 1, run 2. */
  function parentAndChild(recording: Partial<Recording> = { 'recording.checkpoint': 1 }) {
    const { store, folder, queue } = fresh()
    const experiment = smallExperiment({ recording })
    const plan = mustPlan(experiment)
    const [parent] = plan.runs
    const specification = { ...parent!.specification, startsFrom: { identity: parent!.identity, epoch: 1 } }
    const child = { identity: identityOf(specification), specification }
    createExperiment(store, experiment, { ...plan, runs: [parent!, child], pairs: [{ ...plan.pairs[0]!, dense: parent!, sparse: child }] }, wasm)
    return { store, folder, queue }
  }

  it('is no next one while that is trained', () => {
    const { queue } = parentAndChild()
    expect(queue.next()).toBeDefined()
    const { run, checkpointFolder } = queue.claim()!
    expect(queue.next()).toBeUndefined()
    checkpoint(queue, run, checkpointFolder, 1)
    queue.ended(run, { kind: 'stopped' })
    expect(queue.claim()?.run).toBe(1)
    queue.ended(run, { kind: 'done' })
    expect(queue.next()).toMatchObject({ engine: 'wasm' })
    expect(queue.claim()).toMatchObject({ run: 2, startFrom: expect.stringMatching(/epoch-1$/) as string })
  })

  it('has that told to write the checkpoint', () => {
    const { queue } = parentAndChild({ 'recording.checkpoint': 2 })
    expect(queue.claim()).toMatchObject({ run: 1, startingEpochs: [1] })
  })

  it.each([
    ['failed', { kind: 'failed', reason: 'x' }],
    ['diverged', { kind: 'diverged', epoch: 1, step: 1 }],
  ] as const)('fails with a sentence where that %s before', (state, outcome) => {
    const { store, queue } = parentAndChild()
    queue.ended(queue.claim()!.run, outcome)
    expect(queue.claim()).toBeUndefined()
    const reason = `run r1, from whose epoch 1 it starts, ended as ${state}`
    expect(getRun(store, 2)!.state).toEqual({ kind: 'failed', reason })
    expect(eventsOfRun(store, 2).map(({ text }) => text)).toEqual([`failed: ${reason}`])
    expect(getRun(store, 2)!.finishedAt).toBeInstanceOf(Date)
  })

  it('fails with a sentence where that wrote no such checkpoint', () => {
    const { store, queue } = parentAndChild({ 'recording.checkpoint': 2 })
    const { run, checkpointFolder } = queue.claim()!
    checkpoint(queue, run, checkpointFolder, 2)
    queue.ended(run, { kind: 'done' })
    expect(queue.claim()).toBeUndefined()
    expect(getRun(store, 2)!.state).toEqual({ kind: 'failed', reason: 'the checkpoint of epoch 1 of run r1, from which it starts, was not kept' })
  })

  it.each([
    ['diverged', { kind: 'diverged', epoch: 3, step: 9 }, [3, 1]],
    // It may be tried again.
    ['failed', { kind: 'failed', reason: 'x' }, [3, 2, 1]],
  ] as const)('starts where that %s after the checkpoint', (_, outcome, kept) => {
    const { store, folder, queue } = parentAndChild()
    const { run, checkpointFolder } = queue.claim()!
    for (const epoch of [1, 2, 3])
      checkpoint(queue, run, checkpointFolder, epoch)
    queue.ended(run, outcome)
    expect(checkpointsOfRun(store, 1).map(({ epoch }) => epoch)).toEqual(kept)
    expect(queue.claim()).toMatchObject({ run: 2, startFrom: join(folder, 'checkpoints', 'run-1', 'attempt-1', 'epoch-1') })
  })

  it('starts from the newer run that took its parent\'s place', () => {
    const { store, folder, queue } = parentAndChild()
    create(store, { name: 'the same parent, finished first', recording: { 'recording.checkpoint': 1, 'recording.keep': 'all' } })
    store.sqlite.exec('UPDATE runs SET reason = \'later\' WHERE id = 1')
    const { run, checkpointFolder } = queue.claim()!
    expect(run).toBe(3)
    checkpoint(queue, run, checkpointFolder, 1)
    queue.ended(run, { kind: 'done' })
    store.sqlite.exec('UPDATE runs SET reason = NULL WHERE id = 1')
    expect(queue.claim()).toMatchObject({ run: 2, startFrom: join(folder, 'checkpoints', 'run-3', 'attempt-1', 'epoch-1') })
    expect(getRun(store, 1)).toBeUndefined()
  })
})

it('the next worker is not made ready for what cannot be trained here', () => {
  const { store, folder } = fresh()
  create(store, {}, { id: 'native', numerics: 1 })
  create(store, { name: 'other' })
  const queue = new SqliteQueue(store, folder, [wasm])
  expect(queue.next()?.engine).toBe('wasm')
})

describe('retry', () => {
  it('goes on with the side that is not outdated', () => {
    const { store, queue } = fresh()
    const stored = create(store)
    const { run, checkpointFolder } = queue.claim()!
    queue.started(run, started(), 1)
    const file = checkpoint(queue, run, checkpointFolder, 2)
    queue.ended(run, { kind: 'stopped' })
    const masks = maskDistributions.get('equal-capacity') as { version: number }
    masks.version++
    onTestFinished(() => void masks.version--)
    retryExperiment(store, stored, mustPlan(stored.experiment), wasm)
    expect(runsOfExperiment(store, stored.id)).toEqual([1, 3])
    expect(queue.claim()).toMatchObject({ run: 1, resumeFrom: [file] })
  })

  it('a child that is planned anew still starts from its parent', () => {
    const { store, queue } = fresh()
    const experiment = smallExperiment({ recording: { 'recording.checkpoint': 1, 'recording.keep': 'all' } })
    const planned = mustPlan(experiment)
    const [parent] = planned.runs
    const childOf = (epoch: number) => {
      const specification = { ...parent!.specification, startsFrom: { identity: parent!.identity, epoch } }
      return { identity: identityOf(specification), specification }
    }
    const of = (child: ReturnType<typeof childOf>) => ({ ...planned, runs: [parent!, child], pairs: [{ ...planned.pairs[0]!, dense: parent!, sparse: child }] })
    const stored = createExperiment(store, experiment, of(childOf(1)), wasm)
    const { run, checkpointFolder } = queue.claim()!
    for (const epoch of [1, 2, 3])
      checkpoint(queue, run, checkpointFolder, epoch)
    queue.ended(run, { kind: 'done' })
    retryExperiment(store, stored, of(childOf(2)), wasm)
    const claimed = queue.claim()!
    expect(getRun(store, claimed.run)!.identity).toBe(childOf(2).identity)
    expect(claimed.startFrom).toMatch(/epoch-2$/)
  })
})
