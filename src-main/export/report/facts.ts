import type { Plan } from '@shared/plan/plan'
import type { TableContent } from '@shared/tables/content'
import type { Comparison, PlannedComparison } from '../../comparison/compare'
import type { StoredExperiment } from '../../store/experiments'
import type { Store } from '../../store/open'
import type { StoredRun } from '../../store/runs'
import type { Drawing } from '../figures'
import { planExperiment } from '@shared/plan/plan'
import { compareExperiment, comparePairs } from '../../comparison/compare'
import { runsOfExperiment } from '../../store/experiments'
import { getRuns } from '../../store/runs'
import { drawingsOf } from '../figures'
import { tablesOf } from '../tables'

/** Everything that a report says, of one moment. */
export interface Facts {
  readonly stored: StoredExperiment
  readonly comparison: Comparison
  readonly pairs: readonly PlannedComparison[]
  readonly runs: readonly StoredRun[]
  readonly tables: readonly TableContent[]
  readonly drawings: readonly Drawing[]
  /** With one seed, which has all cells; absent where this version would refuse what an earlier one stored. */
  readonly plan?: Plan
  readonly now: Date
  /** Of the product. */
  readonly version: string
}

export function factsOf(store: Store, stored: StoredExperiment, { now, version }: Pick<Facts, 'now' | 'version'>): Facts {
  return store.sqlite.transaction(() => {
    const planned = planExperiment({ ...stored.experiment, seeds: stored.experiment.seeds.slice(0, 1) })
    return {
      stored,
      comparison: compareExperiment(store, stored),
      pairs: comparePairs(store, stored),
      runs: getRuns(store, runsOfExperiment(store, stored.id)),
      tables: tablesOf({ store, experiment: stored }),
      drawings: drawingsOf(store, stored),
      ...planned.kind === 'planned' && { plan: planned.plan },
      now,
      version,
    }
  })()
}
