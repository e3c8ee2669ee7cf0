import type { StoredRun } from '../store/runs'
import type { Lab } from './lab'
import { availableParallelism } from 'node:os'
import { finite, stateCounts } from '../rows/numbers'
import { pairsOfRun } from '../store/pairs'
import { countAllStates, newestRuns } from '../store/runs'

/** Rows of each part of the queue that are shown. */
const SHOWN = 50

/** What the queue's screen shows: what is trained, what comes next, what has ended last. */
export function queueView({ store, training }: Lab) {
  const row = ({ id, side, state, epoch, epochs, finishedAt }: StoredRun) => ({
    run: id,
    side,
    pair: pairsOfRun(store, id)[0] ?? null,
    state,
    epoch,
    epochs,
    loss: training.losses(id).map(finite),
    finishedAt: finishedAt ?? null,
  })
  return {
    paused: training.isPaused,
    concurrency: training.concurrency,
    cores: availableParallelism(),
    blocked: training.blocked ?? null,
    counts: stateCounts(countAllStates(store)),
    running: newestRuns(store, ['running'], SHOWN).map(row),
    waiting: newestRuns(store, ['waiting'], SHOWN).map(row),
    failed: newestRuns(store, ['failed'], SHOWN).map(row),
    finished: newestRuns(store, ['done', 'diverged', 'cancelled'], SHOWN).map(row),
  }
}
