import type { Problem } from '@shared/experiment/problems'
import type { Experiment } from '@shared/experiment/schema'
import type { PlannedRun } from '@shared/plan/plan'
import type { PlannedEngine, PlannedPair } from '../store/experiments'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { planHere } from '../engines/choose'

/** A plan, told so many rows at a time that storing them takes some milliseconds. */
export type PlanPart
  = | { readonly kind: 'refused', readonly problems: readonly Problem[] }
    | { readonly kind: 'engine', readonly engine: PlannedEngine }
    | { readonly kind: 'runs', readonly runs: readonly PlannedRun[] }
    | { readonly kind: 'pairs', readonly pairs: readonly PlannedPair[] }

/** The parts of an experiment's plan: why there is none, or its engine, its runs, its pairs. */
export type PlanInParts = (experiment: Experiment, signal: AbortSignal) => AsyncIterable<PlanPart>

const ROWS = 30

export async function* planInParts(experiment: Experiment): AsyncGenerator<PlanPart, void> {
  const planned = await planHere(experiment)
  if (planned.kind === 'refused')
    return yield planned
  const { plan, engine: { id, numerics, costs } } = planned
  yield { kind: 'engine', engine: { id, numerics, ...costs && { costs } } }
  for (let i = 0; i < plan.runs.length; i += ROWS)
    yield { kind: 'runs', runs: plan.runs.slice(i, i + ROWS) }
  for (let i = 0; i < plan.pairs.length; i += ROWS)
    yield { kind: 'pairs', pairs: plan.pairs.slice(i, i + ROWS).map(({ dense, sparse, ...pair }) => ({ ...pair, dense: dense.identity, sparse: sparse.identity })) }
}

/**
 * Plans in a thread: thousands of runs take a second, and this one answers windows and workers.
 * @param file the built `planning-thread.ts`
 */
export function planInThread(file: string): PlanInParts {
  return async function* (experiment, signal) {
    const thread = new Worker(file, { workerData: experiment })
    try {
      while (true) {
        const answered = once(thread, 'message', { signal }) as Promise<[IteratorResult<PlanPart, void>]>
        thread.postMessage('next')
        const [{ done, value }] = await answered
        if (done)
          return
        yield value
      }
    }
    finally {
      await thread.terminate()
    }
  }
}
