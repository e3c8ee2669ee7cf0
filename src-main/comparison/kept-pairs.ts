import type { Selection } from '@shared/comparison/document'
import type { ComparisonPair } from '@shared/comparison/pair'
import type { Store } from '../store/open'
import { pairsOf, sourcesOf } from './population'

interface Kept {
  /** Of the database. */
  readonly version: string
  readonly experiments: string
  readonly pairs: readonly ComparisonPair[]
}

/** The last ones of each store: all panels of a screen ask for the same, with what was read of them. */
const kept = new WeakMap<Store, Kept>()

/** `pairsOf` the sources of a store, gathered anew only when something was stored since. To be called in a transaction. */
export function keptPairs(store: Store, selection: Pick<Selection, 'experiments'>): readonly ComparisonPair[] {
  const version = versionOf(store)
  const experiments = JSON.stringify(selection.experiments)
  const last = kept.get(store)
  if (last?.version === version && last.experiments === experiments)
    return last.pairs
  const pairs = pairsOf(sourcesOf(store), selection)
  kept.set(store, { version, experiments, pairs })
  return pairs
}

/** Another one after every commit, of this connection or another. */
function versionOf({ sqlite }: Store): string {
  // Begins the transaction's snapshot, which the next answer is about.
  sqlite.pragma('user_version')
  return `${String(sqlite.pragma('data_version', { simple: true }))} ${String(sqlite.prepare('SELECT total_changes()').pluck().get())}`
}
