import type { MeanSdRow, StateCounts } from '@shared/contract/rows'
import type { MeanSd } from '@shared/statistics/mean'
import { runStates } from '@shared/runs/state'

/** What is not finite is not told as a number. */
export function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}

export function meanSdRow({ n, mean, sd }: MeanSd): MeanSdRow {
  return { n, mean: finite(mean), sd: finite(sd) }
}

/** All states, those that are absent as 0. */
export function stateCounts(found: Readonly<Partial<StateCounts>>): StateCounts {
  return Object.fromEntries(runStates.map(state => [state, found[state] ?? 0])) as unknown as StateCounts
}
