/** Where a run is. */
export type RunState
  = | { readonly kind: 'waiting', readonly reason?: string }
    | { readonly kind: 'running', readonly attempt: number, readonly epoch: number }
    | { readonly kind: 'done' }
    /** Its loss or a gradient stopped being finite: a result, not a fault. `step` counts from 1 over the whole training. */
    | { readonly kind: 'diverged', readonly epoch: number, readonly step: number }
    | { readonly kind: 'failed', readonly reason: string }
    | { readonly kind: 'cancelled' }

export const runStates = [
  'waiting',
  'running',
  'done',
  'diverged',
  'failed',
  'cancelled',
] as const satisfies readonly RunState['kind'][]

/** Whether the run will never be trained again by itself. */
export function ended(kind: RunState['kind']): boolean {
  switch (kind) {
    case 'waiting':
    case 'running':
      return false
    case 'done':
    case 'diverged':
    case 'failed':
    case 'cancelled':
      return true
  }
}

/** A state in a word or two, as tables of runs say it: without its reason. */
export function stateWord({ state, epoch, epochs }: { readonly state: RunState, readonly epoch: number, readonly epochs: number }): string {
  return state.kind === 'running' ? `epoch ${epoch} of ${epochs}` : stateInWords(state, epoch).replace(/[:,].*/s, '')
}

/** A state in words, as a run's own page and the terminal say it; `epoch` is the last one that was measured. */
export function stateInWords(state: RunState, epoch = 0): string {
  switch (state.kind) {
    case 'running': return `running, epoch ${state.epoch}`
    case 'diverged': return `diverged at epoch ${state.epoch}, step ${state.step}`
    case 'failed': return `failed: ${state.reason}`
    case 'waiting': {
      const waiting = epoch > 0 ? `waiting after epoch ${epoch}` : 'waiting'
      return state.reason === undefined ? waiting : `${waiting}: ${state.reason}`
    }
    case 'done':
    case 'cancelled':
      return state.kind
  }
}
