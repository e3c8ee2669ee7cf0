import { mustFindRun } from '../reads/base'
import { conflict } from '../reads/errors'
import { os } from './base'

export const runs = {
  get: os.runs.get.handler(({ context: { lab }, input }) => lab.reads.runs.get(input)),
  curves: os.runs.curves.handler(({ context: { lab }, input }) => lab.reads.runs.curves(input)),

  cancel: os.runs.cancel.handler(({ context: { lab }, input: { run } }) => {
    const { state } = mustFindRun(lab.store, run)
    const changed = lab.cancelRun(run)
    if (changed === 0)
      throw conflict(`run r${run} is ${state.kind}: only runs that wait or are trained can be cancelled`)
    return { changed }
  }),

  retry: os.runs.retry.handler(({ context: { lab }, input: { run } }) => {
    const { state } = mustFindRun(lab.store, run)
    const changed = lab.retryRun(run)
    if (changed === 0)
      throw conflict(`run r${run} is ${state.kind}: only failed and cancelled runs can be trained again`)
    return { changed }
  }),
}
