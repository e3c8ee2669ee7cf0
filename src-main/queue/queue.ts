import type { MeasuredEpoch } from '@shared/measures'
import type { Assignment, FromWorker, Outcome, Preparation } from '@shared/runs/messages'

/** What the scheduler asks of a queue of runs. Today's is SQLite; a queue shared by many machines keeps the same terms. */
export interface Queue {
  /** Takes the next waiting run that this machine's engines can train, but for those whose last worker has not ended yet, and leases it. */
  readonly claim: (busy?: readonly number[]) => Assignment | undefined
  /** What the next worker will probably need, so that it can be made ready; absent if nothing waits. */
  readonly next: () => Preparation | undefined
  /** Prolongs the lease: the worker has shown that it lives. */
  readonly heartbeat: (run: number) => void
  readonly started: (run: number, message: Extract<FromWorker, { type: 'started' }>, pid: number) => void
  readonly measured: (run: number, epochs: readonly MeasuredEpoch[]) => void
  readonly checkpointed: (run: number, checkpoint: { epoch: number, file: string, bytes: number }) => void
  readonly note: (run: number, text: string) => void
  /** The worker said how it ended. */
  readonly ended: (run: number, outcome: Outcome) => void
  /** The worker ended without a word: it is tried again from its checkpoint, up to three times without a new one. */
  readonly died: (run: number, how: string, lastLines: readonly string[]) => void
  /** Runs whose worker has given no sign of life for the time of a lease. */
  readonly expired: () => number[]
}
