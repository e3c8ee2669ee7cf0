import type { SqliteQueue } from '../../src-main/queue/sqlite-queue'
import type { StoredExperiment } from '../../src-main/store/experiments'
import type { Store } from '../../src-main/store/open'
import type { Changes } from '../plans'
import { checkExperiment } from '@shared/experiment/file'
import { describe, expect, it } from 'vitest'
import { html } from '../../src-main/export/report/html'
import { reportOf } from '../../src-main/export/report/report'
import { smallBase } from '../plans'
import { create, fresh, started } from '../queue/queues'

const nasty = '<b>"a" & \'b\'</b>'

const factors: NonNullable<Changes['factors']> = [{
  name: 'rate',
  levels: [{ name: nasty, set: { 'training.learningRate': 0.25 }, setDense: {}, setSparse: {} }, { name: 'high', set: { 'training.learningRate': 0.5 }, setDense: {}, setSparse: {} }],
}]

/** Trains the next run to so many correct answers of 200. */
function train(queue: SqliteQueue, correct: number): void {
  const { run, specification: { layers } } = queue.claim()!
  queue.started(run, { ...started(), layers: layers.map(({ activeWeights }) => ({ activeWeights, effectiveActiveWeights: activeWeights, unconnectedUnits: 0 })) }, 1)
  for (const epoch of [0, 1, 2, 3])
    queue.measured(run, [{ epoch, measurements: [{ measure: 'egf2', layer: 0, value: 1 + epoch / correct }, ...epoch === 3 ? [{ measure: 'test.accuracy', layer: 0, value: correct / 200, correct, total: 200 }] : []] }])
  queue.ended(run, { kind: 'done' })
}

const base = { ...smallBase, 'data.synthetic.test': 200 }

/** Two treatments x two seeds: two pairs complete, one of them with a collapsed side, one that failed, one that diverged. */
function study(): { store: Store, experiment: StoredExperiment } {
  const { store, queue } = fresh()
  const experiment = create(store, { name: 'Study', question: `Does ${nasty} matter?`, base, factors, seeds: [1, 2] })
  for (const correct of [160, 150, 160, 66, 100])
    train(queue, correct)
  queue.ended(queue.claim()!.run, { kind: 'failed', reason: `no memory: ${nasty}` })
  train(queue, 100)
  queue.ended(queue.claim()!.run, { kind: 'diverged', epoch: 2, step: 7 })
  return { store, experiment }
}

const written = { now: new Date('2026-10-01T12:30:00Z'), version: '1.2.3' }

/** What a reader sees: no tags, no styles, characters as they are. */
function textOf(page: string): string {
  return page.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]+>/g, ' ').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replace(/\s+/g, ' ')
}

describe('a report', () => {
  it('says what was asked, what came out, what was done and what went wrong', async () => {
    const { store, experiment } = study()
    const text = textOf(await reportOf(store, experiment, written))
    for (const expected of [
      `Does ${nasty} matter?`,
      'Study · 8 of 8 runs have ended',
      // The cells, and how they were tested.
      '80.0 75.0 −5.0 1.000',
      '80.0 33.0 −47.0',
      'exact one-sided Wilcoxon signed-rank test',
      'p is not corrected for the 2 cells shown',
      'cannot reach p = 0.05 with 1 pair',
      // The design.
      'rate high training.learningRate = 0.5',
      'Epochs 3 100 epochs training.epochs',
      'W = 5 layers.0 5 × 9 14 × 9 45 100.0 35.7',
      // What went wrong.
      '8 runs: 6 done, 1 diverged, 1 failed.',
      `failed: no memory: ${nasty}`,
      'diverged at epoch 2, step 7',
      'sparse high 5 1 3 of 3 collapsed',
      // With what.
      'Gradient Flow Lab 1.2.3, engine wasm',
      'This report was written 2026-10-01 12:30 UTC',
      'Seeds: 1, 2.',
      'tfjs 1',
      'npm run -s lab -- run study.json',
    ])
      expect(text).toContain(expected)
  })

  it('holds the document, from which the same experiment comes', async () => {
    const { store, experiment } = study()
    const page = await reportOf(store, experiment, written)
    const [, document] = /<pre tabindex="0"[^>]*>([\s\S]*?)<\/pre>/.exec(page)!
    const checked = checkExperiment(JSON.parse(document!.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))))
    expect(checked).toMatchObject({ kind: 'valid', experiment: experiment.experiment })
  })

  it('asks for nothing, and runs nothing', async () => {
    const { store, experiment } = study()
    const page = await reportOf(store, experiment, written)
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object|embed)\b|\bsrc=|@import|\bon\w+="/)
    expect(page.match(/https?:\/\/[^"' )<]+/g)?.filter(url => url !== 'http://www.w3.org/2000/svg') ?? []).toEqual([])
    for (const [, to] of page.matchAll(/url\(([^)]*)\)/g))
      expect(to).toMatch(/^(?:data:font\/woff;base64,|#)/)
    expect(page).toContain('default-src \'none\'')
    expect(page).not.toContain(nasty)
  })

  it('has figures of the comparison first, each with its own ids, named for who cannot see it', async () => {
    const { store, experiment } = study()
    const page = await reportOf(store, experiment, written)
    const labels = [...page.matchAll(/<svg role="img" aria-label="([^"]*)"/g)].map(([, label]) => label!)
    // Wide and narrow ones.
    expect(labels).toHaveLength(4)
    expect(labels[0]).toMatch(/^Accuracy by width\. Final test accuracy .*complete/)
    expect(labels[2]).toContain('Effective gradient flow')
    const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id!)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, id] of page.matchAll(/(?:href="|url\()#([\w-]+)/g))
      expect(ids).toContain(id)
  })

  it('is the same twice', async () => {
    const { store, experiment } = study()
    expect(await reportOf(store, experiment, written)).toBe(await reportOf(store, experiment, written))
  })

  it('is preliminary while runs are to come, and has no figure of what was not measured', async () => {
    const { store } = fresh()
    const experiment = create(store, { seeds: [1, 2] })
    const text = textOf(await reportOf(store, experiment, written))
    expect(text).toContain('0 of 4 runs have ended: a preliminary report')
    expect(text).toContain('No pair is complete yet.')
    expect(text).toContain('4 runs: 4 waiting.')
    expect(text).toContain('No run has begun.')
  })

  it('says so where nothing went wrong', async () => {
    const { store, queue } = fresh()
    const experiment = create(store, { base })
    train(queue, 150)
    train(queue, 160)
    expect(textOf(await reportOf(store, experiment, written))).toContain('None failed, diverged, collapsed or was cancelled.')
  })
})

describe('html', () => {
  it('shows every text as it is', () => {
    expect(html`<p title="${'"&'}">${nasty}${undefined}${[html`<i>${1}</i>`, html`<b></b>`]}</p>`.source)
      .toBe('<p title="&#34;&#38;">&#60;b&#62;&#34;a&#34; &#38; &#39;b&#39;&#60;/b&#62;<i>1</i><b></b></p>')
  })
})
