import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { identityOf } from '@shared/identity/identity'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { checkpointsOfRun } from '../../src-main/store/checkpoints'
import { eventsOfRun } from '../../src-main/store/events'
import { countStates, createExperiment, findSame, listExperiments, runsOfExperiment } from '../../src-main/store/experiments'
import { layersOfRun } from '../../src-main/store/layers'
import { pairsOfExperiment } from '../../src-main/store/pairs'
import { getRun } from '../../src-main/store/runs'
import { mustPlan, smallExperiment } from '../plans'
import { checkpoint, create, finishAll, fresh, started, wasm } from './queues'

describe('the queue', () => {
  it('gives waiting runs in the order of the plan, each once, with all that a worker needs', () => {
    const { store, queue, folder } = fresh()
    const { id } = create(store, { seeds: [1, 2] })
    const claimed = [
      queue.claim()!,
      queue.claim()!,
      queue.claim()!,
      queue.claim()!,
    ]
    expect(claimed.map(({ run }) => run)).toEqual(runsOfExperiment(store, id))
    expect(queue.claim()).toBeUndefined()
    expect(queue.next()).toBeUndefined()
    expect(claimed[0]).toMatchObject({
      attempt: 1,
      engine: 'wasm',
      resumeFrom: [],
      startingEpochs: [],
      checkpointFolder: join(folder, 'checkpoints', 'run-1', 'attempt-1'),
    })
    expect(getRun(store, 1)!.state).toEqual({ kind: 'running', attempt: 1, epoch: 0 })
  })

  it('goes through a run to its end and keeps what happened', () => {
    const { store, queue } = fresh()
    create(store)
    const { run } = queue.claim()!
    queue.started(run, started(), 42)
    queue.measured(run, [{ epoch: 0, measurements: [{ measure: 'test.loss', layer: 0, value: 2 }] }])
    queue.measured(run, [{ epoch: 1, measurements: [{ measure: 'test.loss', layer: 0, value: 1 }] }])
    expect(getRun(store, run)!.state).toEqual({ kind: 'running', attempt: 1, epoch: 1 })
    queue.ended(run, { kind: 'done' })
    expect(getRun(store, run)).toMatchObject({
      state: { kind: 'done' },
      epoch: 1,
      environment: { device: 'test' },
      finishedAt: expect.any(Date) as Date,
    })
    expect(eventsOfRun(store, run).map(({ text }) => text)).toEqual(['started', 'done'])
    expect(layersOfRun(store, run).map(({ name }) => name)).toEqual(['layers.0', 'layers.1', 'layers.2'])
  })

  it('stores how a run diverged or failed', () => {
    const { store, queue } = fresh()
    create(store)
    queue.ended(queue.claim()!.run, { kind: 'diverged', epoch: 2, step: 17 })
    queue.ended(queue.claim()!.run, { kind: 'failed', reason: 'the data file x is missing' })
    expect(getRun(store, 1)!.state).toEqual({ kind: 'diverged', epoch: 2, step: 17 })
    expect(getRun(store, 2)!.state).toEqual({ kind: 'failed', reason: 'the data file x is missing' })
  })

  it('lets a stopped run and one that met a full disk wait again', () => {
    const { store, queue } = fresh()
    create(store)
    queue.ended(queue.claim()!.run, { kind: 'stopped' })
    expect(getRun(store, 1)!.state).toEqual({ kind: 'waiting' })
    queue.ended(queue.claim()!.run, { kind: 'blocked', reason: 'full' })
    expect(getRun(store, 1)!.state).toEqual({ kind: 'waiting' })
    expect(queue.claim()).toMatchObject({ run: 1, attempt: 3, checkpointFolder: expect.stringMatching(/attempt-3$/) as string })
  })

  it('tries a run whose worker died three times again, then fails it with the last lines', () => {
    const { store, queue } = fresh()
    create(store)
    for (let death = 1; death <= 4; death++) {
      expect(queue.claim()!.run).toBe(1)
      queue.died(1, 'was killed by SIGKILL', ['out of memory', `line ${death}`])
    }
    const { state } = getRun(store, 1)!
    expect(state).toEqual({ kind: 'failed', reason: 'its worker died 4 times without getting further; the last one was killed by SIGKILL, saying: out of memory / line 4' })
    expect(queue.claim()!.run).toBe(2)
  })

  it('counts deaths anew once a run has got further', () => {
    const { store, queue } = fresh()
    create(store)
    for (let death = 1; death <= 10; death++) {
      const { run, checkpointFolder } = queue.claim()!
      expect(run).toBe(1)
      checkpoint(queue, run, checkpointFolder, death)
      queue.died(run, 'was killed by SIGKILL', [])
    }
    expect(getRun(store, 1)!.state.kind).toBe('waiting')
  })

  it('goes on from the newest checkpoint, with the one before in reserve, and forgets older ones', () => {
    const { store, queue, folder } = fresh()
    create(store)
    const { run, checkpointFolder } = queue.claim()!
    queue.started(run, started(), 1)
    const files = [2, 4, 6].map(epoch => checkpoint(queue, run, checkpointFolder, epoch))
    expect(files.map(existsSync)).toEqual([false, true, true])
    queue.died(run, 'ended with exit code 1', [])
    expect(queue.claim()).toMatchObject({ run, attempt: 2, resumeFrom: [files[2], files[1]], engineSettings: { simd: true } })
    expect(checkpointsOfRun(store, run).map(({ file }) => join(folder, file))).toEqual([files[2], files[1]])
  })

  it.each([
    ['last', [false, false, true]],
    ['all', [true, true, true]],
    ['none', [false, false, false]],
  ] as const)('keeps %s checkpoints once a run has ended', (keep, kept) => {
    const { store, queue } = fresh()
    create(store, { recording: { 'recording.keep': keep } })
    const { run, checkpointFolder } = queue.claim()!
    const files = [1, 2, 3].map(epoch => checkpoint(queue, run, checkpointFolder, epoch))
    queue.ended(run, { kind: 'done' })
    expect(files.map(existsSync)).toEqual(kept)
  })

  it('finds leases that ran out, and no others', () => {
    const { store, folder } = fresh()
    create(store)
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const queue = new SqliteQueue(store, folder, [wasm], { lease: 10_000 })
    queue.claim()
    queue.claim()
    vi.advanceTimersByTime(8_000)
    queue.heartbeat(2)
    vi.advanceTimersByTime(3_000)
    expect(queue.expired()).toEqual([1])
  })

  it('after a start lets everything that was running wait again', () => {
    const { store, folder, queue } = fresh()
    create(store)
    queue.claim()
    const next = new SqliteQueue(store, folder, [wasm])
    expect(next.recover()).toBe(1)
    expect(getRun(store, 1)!.state).toEqual({ kind: 'waiting' })
    expect(next.claim()).toMatchObject({ run: 1, attempt: 2 })
  })

  it('gives only runs that the engines here can go on with as they began', () => {
    const { store, folder } = fresh()
    create(store)
    create(store, { name: 'other' }, { id: 'native', numerics: 3 })
    const claims = (engines: { id: string, numerics: number }[]): (number | undefined)[] => {
      const queue = new SqliteQueue(store, folder, engines.map(engine => ({ ...engine, settings: { simd: true } })))
      const claimed = [queue.claim()?.run, queue.claim()?.run, queue.claim()?.run]
      queue.recover()
      return claimed
    }
    expect(claims([{ id: 'native', numerics: 2 }])).toEqual([undefined, undefined, undefined])
    expect(claims([{ id: 'native', numerics: 3 }])).toEqual([3, 4, undefined])
    expect(claims([wasm])).toEqual([1, 2, undefined])
  })

  it('trains only the runs that it is asked for', () => {
    const { store, folder } = fresh()
    create(store)
    const second = create(store, { name: 'other', capacities: [6] })
    const queue = new SqliteQueue(store, folder, [wasm], { experiment: second.id })
    expect([queue.claim()?.run, queue.claim()?.run, queue.claim()?.run]).toEqual([3, 4, undefined])
  })
})

describe('sharing', () => {
  it('takes the newest finished run that stored what is needed', () => {
    const { store, queue } = fresh()
    create(store)
    finishAll(queue)
    const again = create(store, { name: 'the same runs' })
    expect(runsOfExperiment(store, again.id)).toEqual([1, 2])
    expect(countStates(store, again.id)).toEqual({ done: 2 })
  })

  it('trains anew where more is to be measured, on another engine, and after a failure', () => {
    const { store, queue } = fresh()
    create(store)
    queue.ended(queue.claim()!.run, { kind: 'done' })
    queue.ended(queue.claim()!.run, { kind: 'failed', reason: 'x' })
    expect(runsOfExperiment(store, create(store, { name: 'a' }).id)).toEqual([1, 3])
    expect(runsOfExperiment(store, create(store, { name: 'b', recording: { 'recording.test': 1 } }).id)).toEqual([4, 5])
    expect(runsOfExperiment(store, create(store, { name: 'c' }, { id: 'native', numerics: 1 }).id)).toEqual([6, 7])
    expect(runsOfExperiment(store, create(store, { name: 'd' }, { id: 'wasm', numerics: 2 }).id)).toEqual([8, 9])
  })

  it('asks again before it trains: an equal run may have finished meanwhile', () => {
    const { store, queue } = fresh()
    const first = create(store)
    const second = create(store, { name: 'planned before the first was trained' })
    expect(runsOfExperiment(store, second.id)).toEqual([3, 4])
    finishAll(queue)
    expect(runsOfExperiment(store, first.id)).toEqual([1, 2])
    expect(runsOfExperiment(store, second.id)).toEqual([1, 2])
    expect(getRun(store, 3)).toBeUndefined()
    expect(pairsOfExperiment(store, second.id)).toMatchObject([{ denseRun: 1, sparseRun: 2 }])
  })

  it('knows an experiment by its whole document', () => {
    const { store } = fresh()
    const stored = create(store)
    expect(findSame(store, smallExperiment())?.id).toBe(stored.id)
    expect(findSame(store, smallExperiment({ seeds: [8] }))).toBeUndefined()
    create(store, { seeds: [8] })
    expect(listExperiments(store).map(({ slug }) => slug)).toEqual(['small', 'small-2'])
  })
})

describe('a run that starts from another\'s checkpoint', () => {
  it('waits for it, gets the file, and the file stays until then', () => {
    const { store, queue, folder } = fresh()
    const experiment = smallExperiment({ recording: { 'recording.checkpoint': 1, 'recording.keep': 'none' } })
    const plan = mustPlan(experiment)
    const [parent] = plan.runs
    const specification = { ...parent!.specification, startsFrom: { identity: parent!.identity, epoch: 1 } }
    const child = { identity: identityOf(specification), specification }
    createExperiment(store, experiment, {
      ...plan,
      runs: [parent!, child],
      pairs: [{ ...plan.pairs[0]!, dense: parent!, sparse: child }],
    }, wasm)
    const claimed = queue.claim()!
    expect(queue.claim()).toBeUndefined()
    const files = [1, 2, 3].map(epoch => checkpoint(queue, claimed.run, claimed.checkpointFolder, epoch))
    queue.ended(claimed.run, { kind: 'done' })
    expect(files.map(existsSync)).toEqual([true, false, false])
    expect(queue.claim()).toMatchObject({
      run: 2,
      resumeFrom: [],
      startFrom: join(folder, 'checkpoints', 'run-1', 'attempt-1', 'epoch-1'),
    })
  })
})
