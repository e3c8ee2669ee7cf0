import { resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { planAndStore } from '../../src-main/lab/creation'
import { planInThread } from '../../src-main/lab/planning'
import { getExperiment, listExperiments, purgeRemoved, runsOfExperiment } from '../../src-main/store/experiments'
import { openStore } from '../../src-main/store/open'
import { pairsOfExperiment } from '../../src-main/store/pairs'
import { mustPlan, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

const plan = planInThread(resolve(import.meta.dirname, '../../out/current/main/planner.js'))
const many = smallExperiment({ seeds: Array.from({ length: 300 }, (_, i) => i + 1) })

function freshStore() {
  const store = openStore(temporaryFolder())
  onTestFinished(() => void store.close())
  return store
}

describe('storing an experiment that a thread plans', () => {
  it('shows it when all of it is there, and leaves time for others meanwhile', async () => {
    const store = freshStore()
    const creating = planAndStore(store, many, plan, new AbortController().signal)
    const seen: number[] = []
    let timer = setTimeout(function look() {
      seen.push(listExperiments(store).length)
      timer = setTimeout(look, 0)
    }, 0)
    expect(await creating).toEqual({ kind: 'created', slug: 'small', runs: 600, shared: 0 })
    clearTimeout(timer)
    expect(seen.length).toBeGreaterThan(10)
    expect(new Set(seen)).toEqual(new Set([0]))
    const { id } = getExperiment(store, 'small')!
    expect(pairsOfExperiment(store, id).map(({ position, capacity, seed }) => [position, capacity, seed])).toEqual(mustPlan(many).pairs.map(({ capacity, seed }, position) => [position, capacity, seed]))
    expect(runsOfExperiment(store, id)).toHaveLength(600)
  })

  it('finds the same one', async () => {
    const store = freshStore()
    const { signal } = new AbortController()
    expect(await planAndStore(store, smallExperiment(), plan, signal)).toEqual(await planAndStore(store, smallExperiment(), plan, signal))
    expect(listExperiments(store)).toHaveLength(1)
  })

  it('leaves nothing of what is given up half-way', async () => {
    const store = freshStore()
    const stored = store.sqlite.prepare('SELECT count(*) FROM runs').pluck()
    const abort = new AbortController()
    const creating = planAndStore(store, many, async function* (experiment, signal) {
      for await (const part of plan(experiment, signal)) {
        yield part
        if (stored.get() as number > 100)
          abort.abort()
      }
    }, abort.signal)
    await expect(creating).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
    expect(listExperiments(store)).toEqual([])
    purgeRemoved(store)
    expect(stored.get()).toBe(0)
  })

  it('says why it cannot be planned, by field', async () => {
    expect(await planAndStore(freshStore(), smallExperiment({ capacities: [99] }), plan, new AbortController().signal)).toMatchObject({ kind: 'refused', problems: [{ path: ['capacities', 0] }] })
  })
})
