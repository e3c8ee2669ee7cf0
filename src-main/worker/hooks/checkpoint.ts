import type { Recording } from '@shared/experiment/parameters'
import type { RunSpecification } from '@shared/plan/specification'
import type { Trainer } from '../../engines/engine'
import type { Checkpoint } from '../checkpoint'
import type { Hook } from '../train'
import { checkpointEpochs } from '@shared/experiment/cadence'
import { checkpointPath, writeCheckpoint } from '../checkpoint'

/** The file system would not take a checkpoint: every other run would meet the same. */
export class UnwritableCheckpoint extends Error {}

/** Writes a checkpoint every so many epochs and at the end. */
export function checkpointHook({ run, recording, trainer, folder, origin, report }: {
  run: RunSpecification
  recording: Recording
  trainer: Trainer
  folder: string
  origin: Pick<Checkpoint, 'identity' | 'engine' | 'numerics' | 'engineSettings'>
  report: (epoch: number, file: string, bytes: number) => Promise<void>
}): Hook {
  return {
    epochs: checkpointEpochs(recording, run.settings['training.epochs']),
    async after({ epoch }) {
      const [state] = await trainer.state()
      const file = checkpointPath(folder, epoch)
      await report(epoch, file, written(folder, () => writeCheckpoint(file, run, { ...origin, epoch, state: state! })))
    },
  }
}

function written(folder: string, write: () => number): number {
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
