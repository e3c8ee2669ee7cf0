import type { Lab } from '../../src-main/lab/lab'
import { createRouterClient } from '@orpc/server'
import { experimentDocument } from '@shared/experiment/file'
import { describe, expect, it, vi } from 'vitest'
import { router } from '../../src-main/api/router'
import { reads } from '../../src-main/reads'
import { fakeLab } from '../lab/fake-lab'
import { mustPlan, smallExperiment } from '../plans'

function clientOf(lab: Lab) {
  return createRouterClient(router, { context: { lab } })
}

const document = JSON.parse(JSON.stringify(experimentDocument(smallExperiment({ seeds: [1, 2], engine: 'wasm' })))) as never

/** Resolves when the lab has nothing left to train. */
async function trained(lab: Lab): Promise<void> {
  for await (const { change } of lab.changes.listen()) {
    if (change.kind !== 'all' && !lab.isTraining)
      return
  }
}

describe('the contract', () => {
  it('takes an experiment from its document to its results, telling every change', async () => {
    const lab = await fakeLab()
    const api = clientOf(lab)
    const changes = lab.changes.listen()
    await changes.next()
    const first = changes.next()
    expect(await api.experiments.create({ document })).toEqual({ slug: 'small', runs: 4, shared: 0 })
    expect((await first).value).toMatchObject({ change: { kind: 'experiments' } })
    await trained(lab)

    const [row] = await api.experiments.list()
    expect(row).toMatchObject({
      slug: 'small',
      capacities: [5],
      seeds: 2,
      paused: false,
      states: { done: 4, waiting: 0, failed: 0 },
      accuracy: { dense: { n: 2, mean: 0.5 }, sparse: { n: 2, mean: 0.6, sd: 0 } },
    })
    const found = await api.experiments.get({ slug: 'small' })
    expect(found.document).toEqual(document)
    const { cells, pairs: compared } = await api.experiments.comparison({ slug: 'small' })
    expect(cells).toHaveLength(1)
    expect(compared).toEqual(await api.experiments.pairs({ slug: 'small' }))
    expect(cells[0]).toMatchObject({ treatment: 'base', capacity: 5, pairs: 2, planned: 2, pSparseBetter: 0.25, pDenseBetter: 1 })
    expect(cells[0]!.accuracy.difference.mean).toBeCloseTo(0.1, 12)
    // Epochs 1 to 3 are the reported ones.
    expect(cells[0]!.egf2.dense.mean).toBe(3)

    const pairs = await api.experiments.pairs({ slug: 'small' })
    expect(pairs.map(({ position, seed, dense, sparse }) => [position, seed, dense.run, dense.side, dense.accuracy, sparse.run, sparse.side, sparse.accuracy])).toEqual([
      [0, 1, 1, 'dense', 0.5, 2, 'sparse', 0.6],
      [1, 2, 3, 'dense', 0.5, 4, 'sparse', 0.6],
    ])
    const pair = await api.pairs.get({ slug: 'small', position: 1 })
    expect(pair.of).toBe(2)
    expect(pair.layers.map(({ dense, sparse }) => [dense.activeWeights, sparse.activeWeights])).toEqual(mustPlan(smallExperiment()).cells[0]!.layers.map(({ dense, sparse }) => [dense.activeWeights, sparse.activeWeights]))
    expect(pair.unmaskedParameters).toEqual(mustPlan(smallExperiment()).cells[0]!.unmaskedParameters)

    const run = await api.runs.get({ run: 2 })
    expect(run).toMatchObject({ row: { side: 'sparse', epoch: 3 }, environment: { device: 'fake' }, pairs: [{ experiment: 'small', position: 0 }] })
    expect(run.events.map(({ text }) => text)).toEqual(['started', 'done'])
    expect(run.settings).toContainEqual({ path: 'training.epochs', title: 'Epochs', value: 3, default: 100 })

    expect(await api.runs.curves({ runs: [1, 2], measures: ['egf2'] })).toEqual([1, 2].map(run => ({ run, measure: 'egf2', layer: 0, epochs: [0, 1, 2, 3], values: [1, 2, 3, 4] })))
    expect((await api.runs.curves({ runs: [1], measures: ['layer.gradient.active.l2'] })).map(({ layer, values }) => [layer, values])).toEqual([[1, [1, 2, 3, 4]], [2, [2, 3, 4, 5]], [3, [3, 4, 5, 6]]])
    expect(await api.experiments.meanCurves({ slug: 'small', measure: 'egf2' })).toHaveLength(2)
    expect((await api.experiments.files({ slug: 'small', format: 'csv' })).map(({ name }) => name)).toEqual(['small.csv'])
    expect((await api.experiments.formats()).map(({ id }) => id)).toEqual(expect.arrayContaining(['csv', 'png', 'svg', 'pdf']))
    expect(await api.plan.outlook({ document, identities: ['f'.repeat(64), run.identity] })).toMatchObject({ engine: 'wasm', stored: [1] })
    expect(await api.queue.get()).toMatchObject({ paused: false, blocked: null, counts: { done: 4 }, running: [], waiting: [], finished: [{ run: expect.any(Number) as number }, {}, {}, {}] })
  })

  it('names what is not there, and every wrong field with its path', async () => {
    const api = clientOf(await fakeLab())
    await expect(api.experiments.get({ slug: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'experiment "nothing"' } })
    await expect(api.runs.get({ run: 7 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(api.runs.curves({ runs: [1], measures: ['no.such'] })).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'measure "no.such"' } })
    await expect(api.experiments.restore({ slug: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(api.experiments.create({ document: { name: 'x', capacities: [0], seeds: [1], base: { training: { optimizer: 'sdg' } } } })).rejects.toMatchObject({
      code: 'INVALID',
      data: { problems: [{ path: ['base', 'training', 'optimizer'] }, { path: ['capacities', 0] }] },
    })
    await expect(api.experiments.create({ document: { name: 'x', capacities: [900], seeds: [1] } })).rejects.toMatchObject({ code: 'INVALID', data: { problems: [{ path: ['capacities', 0] }] } })
    await expect(api.runs.get({ run: -1 })).rejects.toMatchObject({ code: 'INVALID', defined: true, message: expect.stringMatching(/^run: /) as string, data: { problems: [{ path: ['run'] }] } })
    await expect(api.runs.curves({ runs: [1, 0], measures: [] })).rejects.toMatchObject({ code: 'INVALID', data: { problems: [{ path: ['runs', 1], message: expect.stringMatching(/^runs\[1\]: /) as string }] } })
  })

  it('refuses curves of what is not there, and mean curves of layers', async () => {
    const lab = await fakeLab()
    const api = clientOf(lab)
    await api.queue.pause()
    await api.experiments.create({ document })
    await expect(api.experiments.meanCurves({ slug: 'small', measure: 'no.such' })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true, data: { what: 'measure "no.such"' } })
    await expect(api.experiments.meanCurves({ slug: 'small', measure: 'layer.gradient.active.l2' })).rejects.toMatchObject({ code: 'INVALID', defined: true, data: { problems: [{ path: ['measure'] }] } })
    await expect(api.runs.curves({ runs: [1, 99], measures: ['egf2'] })).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'run r99' } })
  })

  it('says why the data directory cannot be used, to those who change and those who read', async () => {
    const lab = await fakeLab()
    const api = clientOf(lab)
    await api.queue.pause()
    lab.store.sqlite.pragma('max_page_count = 1')
    const full = { code: 'CONFLICT', defined: true, message: `the disk of ${lab.dataDirectory} is full; what is stored stays` }
    await expect(api.experiments.create({ document: { ...document as object, seeds: Array.from({ length: 500 }, (_, i) => i + 1) } })).rejects.toMatchObject(full)
    const broken = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' })
    vi.spyOn(lab.store.sqlite, 'prepare').mockImplementationOnce(() => {
      throw broken
    })
    await expect(createRouterClient(reads, { context: { store: lab.store } }).experiments.list()).rejects.toMatchObject({ code: 'CONFLICT', defined: true, message: expect.stringContaining(`the disk of ${lab.dataDirectory} cannot be read or written`) as string })
  })

  it('leaves a defect a defect', async () => {
    const lab = await fakeLab()
    vi.spyOn(lab, 'setConcurrency').mockImplementation(() => {
      throw new TypeError('oops')
    })
    await expect(clientOf(lab).queue.setConcurrency({ concurrency: 1 })).rejects.toThrow(TypeError)
  })

  it('pauses an experiment after its running steps and goes on with it', async () => {
    const lab = await fakeLab('await started(); if (attempt === 1) { await stopped; await end({ kind: "stopped" }) } else { await epochs(3); await end({ kind: "done" }) }')
    const api = clientOf(lab)
    await api.queue.setConcurrency({ concurrency: 4 })
    const running = Promise.all([1, 2, 3, 4].map(run => (async () => {
      for await (const { change } of lab.changes.listen()) {
        if (change.kind === 'run' && change.run === run)
          return
      }
    })()))
    await api.experiments.create({ document })
    await running
    const idle = trained(lab)
    await api.experiments.pause({ slug: 'small' })
    await idle
    expect((await api.experiments.list())[0]).toMatchObject({ paused: true, states: { waiting: 4, running: 0 } })
    const done = trained(lab)
    await api.experiments.resume({ slug: 'small' })
    await done
    expect((await api.experiments.list())[0]).toMatchObject({ paused: false, states: { done: 4 } })
  })

  it('cancels what waits and runs, and trains it again on demand', async () => {
    const lab = await fakeLab('await started(); if (attempt === 1) { await stopped; await end({ kind: "stopped" }) } else { await epochs(3); await end({ kind: "done" }) }')
    const api = clientOf(lab)
    await api.queue.setConcurrency({ concurrency: 4 })
    await api.experiments.create({ document })
    const idle = trained(lab)
    expect(await api.experiments.cancel({ slug: 'small' })).toEqual({ runs: [1, 2, 3, 4] })
    await idle
    expect((await api.experiments.list())[0]!.states).toMatchObject({ cancelled: 4, running: 0, waiting: 0 })
    await expect(api.runs.cancel({ run: 1 })).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: expect.stringContaining('r1 is cancelled') as string } })
    const some = trained(lab)
    await api.experiments.retry({ slug: 'small', runs: [1, 2] })
    await some
    expect((await api.experiments.list())[0]!.states).toMatchObject({ done: 2, cancelled: 2 })
    const done = trained(lab)
    await api.experiments.retry({ slug: 'small' })
    await done
    expect((await api.experiments.list())[0]!.states).toMatchObject({ done: 4 })
  })

  it('removes an experiment with undo, and for good when the program ends', async () => {
    const lab = await fakeLab()
    const api = clientOf(lab)
    const idle = trained(lab)
    await api.experiments.create({ document })
    await idle
    await api.experiments.remove({ slug: 'small' })
    expect(await api.experiments.list()).toEqual([])
    expect((await api.queue.get()).counts.done).toBe(0)
    await expect(api.experiments.get({ slug: 'small' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await api.experiments.restore({ slug: 'small' })
    expect((await api.experiments.list())[0]!.states.done).toBe(4)
    await expect(api.experiments.restore({ slug: 'small' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('keeps the runs that another experiment shares in sight when theirs is removed', async () => {
    const lab = await fakeLab()
    const api = clientOf(lab)
    const idle = trained(lab)
    await api.experiments.create({ document })
    await idle
    const { slug } = await api.experiments.create({ document: { ...document as object, name: 'a copy' } as never })
    await api.experiments.remove({ slug: 'small' })
    expect((await api.queue.get()).finished.map(({ pair }) => pair?.experiment)).toEqual([slug, slug, slug, slug])
    expect((await api.queue.get()).counts.done).toBe(4)
    expect((await api.runs.get({ run: 1 })).pairs).toMatchObject([{ experiment: slug, position: 0 }])
  })

  it('tells an experiment when its waiting runs are taken from another that trained them meanwhile', async () => {
    const lab = await fakeLab()
    const api = clientOf(lab)
    await api.queue.setConcurrency({ concurrency: 1 })
    const changes = lab.changes.listen()
    await api.experiments.create({ document })
    const { slug, shared } = await api.experiments.create({ document: { ...document as object, name: 'a copy' } as never })
    expect(shared).toBe(0)
    for (let told = 0; told < 4;) {
      const { change } = (await changes.next()).value!
      told += change.kind === 'run' && change.experiments.includes(slug) ? 1 : 0
    }
    expect((await api.experiments.get({ slug })).row.states).toMatchObject({ done: 4, waiting: 0 })
  })

  it('averages over treatments in the list, but never over learning rates', async () => {
    const lab = await fakeLab()
    const api = clientOf(lab)
    const varied = async (name: string, set: [object, object]) => {
      const factors = [{ name, levels: [{ name: 'one', set: set[0] }, { name: 'two', set: set[1] }] }]
      const done = trained(lab)
      const { slug } = await api.experiments.create({ document: { ...document as object, name, factors } as never })
      await done
      return (await api.experiments.list()).find(row => row.slug === slug)
    }
    expect(await varied('norm', [{}, { 'network.batchNorm': true }])).toMatchObject({ treatments: 2, apartBy: null, accuracy: { difference: { n: 4 } } })
    expect(await varied('rate', [{ 'training.learningRate': 0.1 }, { 'training.learningRate': 0.01 }])).toMatchObject({ treatments: 2, apartBy: 'rate', accuracy: { difference: { n: 0, mean: null } } })
  })

  it('tells how training goes on within an epoch', async () => {
    const lab = await fakeLab('await started(); await send({ type: "progress", epoch: 1, step: 1, loss: 3 }); await stopped; await end({ kind: "stopped" })')
    const api = clientOf(lab)
    await api.experiments.create({ document })
    let started = 0
    for await (const { change } of lab.changes.listen()) {
      started += change.kind === 'run' ? 1 : 0
      if (change.kind === 'queue' && (await api.queue.get()).running.some(({ loss }) => loss[0] === 3))
        break
    }
    expect(started).toBeGreaterThan(0)
  })

  it('pauses the queue and sets how many run at once, and keeps both', async () => {
    const lab = await fakeLab()
    const api = clientOf(lab)
    await api.queue.pause()
    await api.queue.setConcurrency({ concurrency: 3 })
    await api.experiments.create({ document })
    expect(await api.queue.get()).toMatchObject({ paused: true, concurrency: 3, counts: { waiting: 4 }, running: [] })
    await expect(api.queue.setConcurrency({ concurrency: 0 })).rejects.toMatchObject({ code: 'INVALID', data: { problems: [{ path: ['concurrency'] }] } })
    const done = trained(lab)
    await api.queue.resume()
    await done
    expect((await api.queue.get()).counts.done).toBe(4)
  })
})
