import type { RunUpdate } from '../../src-main/queue/scheduler'
import type { StoredRun } from '../../src-main/store/runs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Progress } from '../../src-main/cli/progress'

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
