import type { RunUpdate } from '../../src-main/queue/scheduler'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Scheduler } from '../../src-main/queue/scheduler'
import { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import { eventsOfRun } from '../../src-main/store/events'
import { createExperiment } from '../../src-main/store/experiments'
import { openStore } from '../../src-main/store/open'
import { getRun } from '../../src-main/store/runs'
import { mustPlan, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

/** A store with four waiting runs, and a scheduler whose workers run `script` for each assignment. */
function scheduled(script: string, { lease, concurrency = 2 }: { lease?: number, concurrency?: number } = {}) {
  const folder = temporaryFolder()
  const workerFile = join(folder, 'worker.mjs')
  writeFileSync(workerFile, `
    const send = message => new Promise(resolve => process.send(message, undefined, undefined, resolve))
    const end = async (outcome) => { await send({ type: 'ended', outcome }); process.disconnect() }
    process.on('message', async (message) => {
      if (message.type !== 'train') return
      const { run, attempt } = message.assignment
      ${script}
    })`)
  const store = openStore(folder)
  onTestFinished(() => void store.close())
  const experiment = smallExperiment({ seeds: [1, 2] })
  createExperiment(store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 })
  const queue = new SqliteQueue(store, folder, [{ id: 'wasm', numerics: 1, settings: {} }], { ...lease !== undefined && { lease } })
  const updates: RunUpdate[] = []
  const scheduler = new Scheduler(queue, { concurrency, workerFile, leaseCheckEvery: 50, update: update => updates.push(update) })
  return { store, scheduler, updates, states: () => [1, 2, 3, 4].map(run => getRun(store, run)!.state) }
}

describe('the scheduler', () => {
  it('trains all that waits, in processes of their own, no more at once than asked', async () => {
    const { scheduler, states, updates } = scheduled(`
      await send({ type: 'note', text: String(process.pid) })
      await end({ kind: 'done' })`)
    expect(await scheduler.drain()).toEqual({ kind: 'drained' })
    expect(states()).toEqual(Array.from({ length: 4 }, () => ({ kind: 'done' })))
    expect(updates.filter(({ kind }) => kind === 'ended')).toHaveLength(4)
  })

  it('keeps what workers wrote that ended in order', async () => {
    const { scheduler, store } = scheduled(`
      if (run === 2) console.warn('a warning\\nof two lines')
      await end({ kind: 'done' })`)
    expect(await scheduler.drain()).toEqual({ kind: 'drained' })
    expect(eventsOfRun(store, 2).map(({ text }) => text)).toEqual(['done', 'its worker ended in order, and wrote\na warning\nof two lines'])
    expect(eventsOfRun(store, 1).map(({ text }) => text)).toEqual(['done'])
  })

  it('stops with the reason, and fails no run after another, where workers die before they begin', async () => {
    const { scheduler, states } = scheduled(`console.error('no such module'); process.exit(9)`)
    expect(await scheduler.drain()).toEqual({ kind: 'blocked', reason: 'workers end before they begin to train: the last one ended with exit code 9 / no such module' })
    expect(states().map(({ kind }) => kind)).toEqual(['waiting', 'waiting', 'waiting', 'waiting'])
  })

  it('notices at once when a worker dies, tries again, and fails the run with its last lines after three more', async () => {
    const { scheduler, states, updates } = scheduled(`
      if (run !== 2) return end({ kind: 'done' })
      console.error('attempt ' + attempt + ': out of luck')
      process.exit(7)`)
    expect(await scheduler.drain()).toEqual({ kind: 'drained' })
    expect(states()).toMatchObject([
      { kind: 'done' },
      { kind: 'failed', reason: 'its worker died 4 times without getting further; the last one ended with exit code 7, saying: attempt 4: out of luck' },
      { kind: 'done' },
      { kind: 'done' },
    ])
    expect(updates.filter(({ kind }) => kind === 'died')).toHaveLength(4)
  })

  it('ends a worker that gives no sign of life for the time of a lease', async () => {
    const { scheduler, states } = scheduled(`
      if (attempt === 1 && run === 1) { while (true); }
      await end({ kind: 'done' })`, { lease: 1500 })
    expect(await scheduler.drain()).toEqual({ kind: 'drained' })
    expect(states().every(({ kind }) => kind === 'done')).toBe(true)
  })

  it('stops when asked: workers finish their step, runs wait', async () => {
    const { scheduler, states } = scheduled(`
      process.once('message', () => end({ kind: 'stopped' }))
      await send({ type: 'note', text: 'training' })`)
    const drained = scheduler.drain()
    scheduler.stop()
    expect(await drained).toEqual({ kind: 'stopped' })
    expect(states().every(({ kind }) => kind === 'waiting')).toBe(true)
  })

  it('stops everything when a disk is full, with every run waiting', async () => {
    const { scheduler, states } = scheduled(`
      process.once('message', () => end({ kind: 'stopped' }))
      if (run === 1) await end({ kind: 'blocked', reason: 'no space is left' })`)
    expect(await scheduler.drain()).toEqual({ kind: 'blocked', reason: 'no space is left' })
    expect(states().every(({ kind }) => kind === 'waiting')).toBe(true)
  })

  it('throws what a store throws, and leaves no worker behind', async () => {
    const { scheduler, store } = scheduled(`
      await send({ type: 'measured', epochs: [{ epoch: 0, measurements: [{ measure: 'test.loss', layer: 0, value: 1 }] }] })
      setInterval(() => {}, 1000)`)
    store.sqlite.exec('CREATE TRIGGER full BEFORE INSERT ON measurements BEGIN SELECT RAISE(ABORT, \'no more\'); END')
    await expect(scheduler.drain()).rejects.toThrow('no more')
  })

  it('refuses what no worker may say', async () => {
    const { scheduler } = scheduled(`await send({ type: 'measured', epochs: [{ epoch: 'first', measurements: [] }] }); setInterval(() => {}, 1000)`)
    await expect(scheduler.drain()).rejects.toThrow('epoch')
  })
})
