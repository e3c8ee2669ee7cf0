import type { Selection } from '@shared/comparison/document'
import type { ComparisonPair } from '@shared/comparison/pair'
import type { Store } from '../store/open'
import { listExperiments } from '../store/experiments'
import { listImports, pairsOfImport } from '../store/imports'
import { gatherPairs } from './gather'
import { importedPair } from './imported'

/** An experiment, or an import, whose pairs can be compared. */
export interface Source {
  readonly slug: string
  readonly name: string
  readonly kind: 'experiment' | 'import'
  readonly pairs: () => readonly ComparisonPair[]
}

/** Everything that can be compared, in the order in which it was stored. */
export function sourcesOf(store: Store): Source[] {
  return [
    ...listExperiments(store).map((stored): Source => ({ slug: stored.slug, name: stored.experiment.name, kind: 'experiment', pairs: () => gatherPairs(store, stored) })),
    ...listImports(store).map(({ id, slug, name }): Source => ({ slug, name, kind: 'import', pairs: () => pairsOfImport(store, id).map(pair => importedPair(slug, pair)) })),
  ]
}

/**
 * The pairs of the picked sources, of all of them where none is named. Pairs of the same two runs, which experiments
 * share, are one: nothing counts twice.
 */
export function pairsOf(sources: readonly Source[], { experiments }: Pick<Selection, 'experiments'>): ComparisonPair[] {
  const picked = experiments.length ? sources.filter(({ slug }) => experiments.includes(slug)) : sources
  const once = new Map<string, ComparisonPair>()
  for (const pair of picked.flatMap(source => source.pairs())) {
    const runs = `${pair.dense.id} ${pair.sparse.id}`
    if (!once.has(runs))
      once.set(runs, pair)
  }
  return [...once.values()]
}
