import type { RunState } from '@shared/runs/state'
import type { countStates } from '../store/experiments'
import type { StoredRun } from '../store/runs'
import { stateInWords } from '@shared/runs/state'

/** How `lab show` looks at what is stored. */
export interface Look {
  readonly json: boolean
  /** Whether a process owns the data directory, and may be training. */
  readonly isTraining: boolean
}

/** The state of a run; what is stored as running waits to go on, where nobody trains. */
export function stateNow({ state }: StoredRun, { isTraining }: Look): RunState {
  return state.kind === 'running' && !isTraining ? { kind: 'waiting' } : state
}

/** The same in words. */
export function stateText(run: StoredRun, { isTraining }: Look): string {
  return run.state.kind === 'running' && !isTraining
    ? `interrupted after epoch ${run.epoch}`
    : stateInWords(run.state, run.epoch)
}

/** Counts of states, where what is stored as running waits if nobody trains. */
export function countsNow({ running = 0, waiting = 0, ...counts }: ReturnType<typeof countStates>, { isTraining }: Look): ReturnType<typeof countStates> {
  const [trained, waits] = isTraining ? [running, waiting] : [0, waiting + running]
  return { ...waits && { waiting: waits }, ...trained && { running: trained }, ...counts }
}
