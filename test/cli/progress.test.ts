import type { RunUpdate } from '../../src-main/queue/scheduler'
import type { StoredPair } from '../../src-main/store/pairs'
import type { StoredRun } from '../../src-main/store/runs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Progress } from '../../src-main/cli/progress'
import { Terminal } from './terminal'

const run = (id: number, kind: 'waiting' | 'running' | 'done' = 'waiting'): StoredRun => ({ id, state: { kind }, work: 100, epoch: kind === 'done' ? 10 : 0, epochs: 10 }) as StoredRun

describe('progress in a terminal that is none', () => {
  let said: string[]

  beforeEach(() => {
    said = []
    vi.spyOn(process.stderr, 'write').mockImplementation(text => said.push(String(text)) > 0)
  })

  function train(progress: Progress, id: number, outcome: Extract<RunUpdate, { kind: 'ended' }>['outcome'] = { kind: 'done' } as never): string {
    progress.update({ kind: 'started', assignment: { run: id, specification: { settings: { 'training.epochs': 10, 'training.batchSize': 1 }, counts: {} } }, epoch: 0 } as never)
    progress.update({ kind: 'ended', run: id, outcome })
    return said.at(-1)!
  }

  it('counts what is added while it goes on', () => {
    const progress = new Progress([run(1, 'done'), run(2), run(3)], [])
    expect(train(progress, 2)).toMatch(/^ {2}run r2: done \(2 of 3 runs/)
    progress.show([run(1, 'done'), run(2, 'done'), run(3), run(4), run(5)], [])
    expect(train(progress, 3)).toContain('(3 of 5 runs')
    expect(train(progress, 4)).toContain('(4 of 5 runs')
    expect(progress.isOver).toBe(false)
    expect(train(progress, 5)).toContain('(5 of 5 runs')
    expect(progress.isOver).toBe(true)
  })

  it('counts a run of two experiments once, and one that is told twice', () => {
    const progress = new Progress([run(1), run(1), run(2)], [])
    expect(train(progress, 1)).toContain('(1 of 2 runs')
    progress.show([run(1, 'done'), run(2)], [])
    expect(train(progress, 1)).toContain('(1 of 2 runs')
  })

  it('forgets a failure that is tried again', () => {
    const progress = new Progress([run(1), run(2), run(3)], [])
    train(progress, 1, { kind: 'failed', reason: 'oops' } as never)
    expect(train(progress, 2)).toContain('(2 of 3 runs · 1 failed')
    progress.show([run(1), run(2, 'done'), run(3)], [])
    expect(train(progress, 1)).toMatch(/\(2 of 3 runs · \d/)
  })

  it('begins with nothing, and its time with what comes', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const progress = new Progress()
    vi.advanceTimersByTime(3_600_000)
    progress.show([run(1)], [])
    expect(train(progress, 1)).toContain('(1 of 1 run · 0:00 so far')
    vi.useRealTimers()
  })
})

describe('progress in a terminal', () => {
  const pair = { treatment: 'BN', capacity: 79, seed: 1, denseRun: 1, sparseRun: 2 } as StoredPair
  let terminal: Terminal
  let progress: Progress

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] })
  })

  afterEach(() => {
    progress.close()
    vi.useRealTimers()
  })

  function begin(columns: number): void {
    terminal = new Terminal(columns)
    terminal.write('$ lab run\n')
    progress = new Progress([run(1), run(2), run(3)], [pair], terminal)
    for (const id of [1, 2])
      progress.update({ kind: 'started', assignment: { run: id, specification: { trainExamples: 20, settings: { 'training.epochs': 10, 'training.batchSize': 1 } } }, epoch: 0 } as never)
  }

  /** What is there a second later. */
  function shown(): string[] {
    vi.advanceTimersByTime(1000)
    return terminal.shown
  }

  function measure(run: number, epoch: number): void {
    progress.update({ kind: 'progress', run, epoch: epoch + 1, step: 0, loss: 0.51234 })
    progress.update({ kind: 'measured', run, epochs: [{ epoch, measurements: [{ measure: 'test.accuracy.subset', layer: 0, value: 0.8 }] }] })
  }

  it('is one block that is drawn anew in its place', () => {
    begin(80)
    expect(shown()).toEqual([
      '$ lab run',
      '',
      '▸ BN W=79 seed 1 dense   epoch  1/10',
      '▸ BN W=79 seed 1 sparse  epoch  1/10',
      '  ────────────────────────  0 of 3 runs · 0:01 so far',
    ])
    measure(2, 6)
    expect(shown()).toEqual([
      '$ lab run',
      '',
      '▸ BN W=79 seed 1 dense   epoch  1/10',
      '▸ BN W=79 seed 1 sparse  epoch  7/10  loss 0.512  part-test acc 80.0 %',
      '  ━━━━━───────────────────  0 of 3 runs · 0:02 so far',
    ])
    progress.update({ kind: 'ended', run: 2, outcome: { kind: 'done' } })
    expect(shown()).toEqual([
      '$ lab run',
      '',
      '▸ BN W=79 seed 1 dense  epoch  1/10',
      '  ━━━━━━━━────────────────  1 of 3 runs · 0:03 so far · ETA 0:06',
    ])
  })

  it('leaves what is said above the block, and nothing of the block itself', () => {
    begin(80)
    shown()
    progress.update({ kind: 'ended', run: 2, outcome: { kind: 'diverged', epoch: 3, step: 5 } })
    progress.say('Stopping...')
    expect(shown().slice(0, 5)).toEqual([
      '$ lab run',
      '  BN W=79 seed 1 sparse: diverged at epoch 3, step 5 (1 of 3 runs · 0:01 so far)',
      'Stopping...',
      '',
      '▸ BN W=79 seed 1 dense  epoch  1/10',
    ])
    progress.close()
    expect(terminal.shown).toEqual(['$ lab run', '  BN W=79 seed 1 sparse: diverged at epoch 3, step 5 (1 of 3 runs · 0:01 so far)', 'Stopping...'])
    measure(1, 5)
    expect(shown()).toHaveLength(3)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('keeps each line of the block within a narrow terminal', () => {
    begin(40)
    measure(1, 6)
    expect(shown()).toEqual([
      '$ lab run',
      '',
      '▸ BN W=79 seed 1 dense   epoch  7/10  l',
      '▸ BN W=79 seed 1 sparse  epoch  1/10',
      '  ━━────────  0 of 3 runs · 0:01 so far',
    ])
  })
})
