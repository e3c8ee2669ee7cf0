import type { StoredRun } from '../store/runs'
import { stateInWords } from '@shared/runs/state'

/** How `lab show` looks at what is stored. */
export interface Look {
  readonly json: boolean
  /** Whether a process owns the data directory, and may be training. */
  readonly isTraining: boolean
}

/** The state of a run in words; what is stored as running is not, where nobody trains. */
export function stateNow({ state, epoch }: StoredRun, { isTraining }: Look): string {
  return state.kind === 'running' && !isTraining
    ? `interrupted after epoch ${epoch}`
    : stateInWords(state, epoch)
}
