import type { StoredRun } from '../store/runs'
import type { Lab } from './lab'
import { availableParallelism } from 'node:os'
import { finite, stateCounts } from '../rows/numbers'
import { pairsOfRuns } from '../store/pairs'
import { countAllStates, newestRuns } from '../store/runs'
import { secondsLeft } from '../store/speeds'

/** Rows of each part of the queue that are shown. */
const SHOWN = 50

/** What the queue's screen shows: what is trained, what comes next, what has ended last. */
export function queueView({ store, training }: Lab) {
  const parts = {
    running: newestRuns(store, ['running'], SHOWN),
    waiting: newestRuns(store, ['waiting'], SHOWN),
    failed: newestRuns(store, ['failed'], SHOWN),
    finished: newestRuns(store, ['done', 'diverged', 'cancelled'], SHOWN),
  }
  const pairs = pairsOfRuns(store, Object.values(parts).flatMap(runs => runs.map(({ id }) => id)))
  const row = ({ id, side, state, epoch, epochs, finishedAt }: StoredRun) => ({
    run: id,
    side,
    pair: pairs.get(id)![0] ?? null,
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
    secondsLeft: finite(secondsLeft(store)),
    running: parts.running.map(row),
    waiting: parts.waiting.map(row),
    failed: parts.failed.map(row),
    finished: parts.finished.map(row),
  }
}
