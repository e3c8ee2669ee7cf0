import type { Recording } from '@shared/experiment/parameters'
import type { RunSpecification } from '@shared/plan/specification'
import type { Trainer } from '../../engines/engine'
import type { Checkpoint } from '../checkpoint'
import type { Hook } from '../train'
import { checkpointEpochs } from '@shared/experiment/cadence'
import { checkpointPath, writeCheckpoint } from '../checkpoint'

/** The file system would not take a checkpoint: every other run would meet the same. */
export class UnwritableCheckpoint extends Error {}

/** The shortest time between two checkpoints that only serve to go on from, in milliseconds: no more than that is lost beside the interval. */
const APART = 2000

/**
 * Writes a checkpoint every so many epochs, at the end, and where other runs start. A small network ends hundreds of
 * epochs a second: unless all are kept, one that would come right after another is left out.
 */
export function checkpointHook({ run, recording, startingEpochs, trainer, folder, origin, report }: {
  run: RunSpecification
  recording: Recording
  /** Epochs from which other runs start. */
  startingEpochs: readonly number[]
  trainer: Trainer
  folder: string
  origin: Pick<Checkpoint, 'identity' | 'engine' | 'numerics' | 'engineSettings'>
  report: (epoch: number, file: string, bytes: number) => Promise<void>
}): Hook {
  const last = run.settings['training.epochs']
  const lasting = new Set([last, ...startingEpochs])
  let written = performance.now()
  return {
    epochs: checkpointEpochs(recording, last).union(lasting),
    async after({ epoch }) {
      if (recording['recording.keep'] !== 'all' && !lasting.has(epoch) && performance.now() - written < APART)
        return
      const [state] = await trainer.state()
      const file = checkpointPath(folder, epoch)
      const bytes = orUnwritable(folder, () => writeCheckpoint(file, run, { ...origin, epoch, state: state! }))
      written = performance.now()
      await report(epoch, file, bytes)
    },
  }
}

/** @throws UnwritableCheckpoint */
function orUnwritable(folder: string, write: () => number): number {
  try {
    return write()
  }
  catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException
    if (syscall === undefined)
      throw error
    throw new UnwritableCheckpoint(code === 'ENOSPC' || code === 'EDQUOT'
      ? `the disk is full: there is no space for a checkpoint in ${folder}`
      : `a checkpoint cannot be written in ${folder}: ${message}`)
  }
}
