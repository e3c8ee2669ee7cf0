import type { Problem } from '@shared/experiment/problems'
import type { Experiment } from '@shared/experiment/schema'
import type { Store } from '../store/open'
import type { PlanInParts } from './planning'
import { beginExperiment, countStates, findSame, runsOfExperiment, setPaused } from '../store/experiments'

export type Created
  = | { readonly kind: 'created', readonly slug: string, readonly runs: number, readonly shared: number }
    | { readonly kind: 'refused', readonly problems: readonly Problem[] }

/**
 * Plans an experiment and stores it, a few rows at a time, so that windows and workers are answered meanwhile; or finds
 * the same one, whose runs may begin then.
 */
export async function planAndStore(store: Store, experiment: Experiment, plan: PlanInParts, signal: AbortSignal): Promise<Created> {
  const same = findSame(store, experiment)
  if (same) {
    setPaused(store, same.id, false)
    return created(store, same)
  }
  let storing: ReturnType<typeof beginExperiment> | undefined
  for await (const part of plan(experiment, signal)) {
    switch (part.kind) {
      case 'refused':
        return part
      case 'engine':
        storing = beginExperiment(store, experiment, part.engine)
        break
      case 'runs':
        storing!.addRuns(part.runs)
        break
      case 'pairs':
        storing!.addPairs(part.pairs)
        break
    }
  }
  return created(store, storing!.finish())
}

function created(store: Store, { id, slug }: { id: number, slug: string }): Created {
  return { kind: 'created', slug, runs: runsOfExperiment(store, id).length, shared: countStates(store, id).done ?? 0 }
}
