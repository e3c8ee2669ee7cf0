import type { ComparisonPair, ComparisonRun } from '@shared/comparison/pair'
import type { ImportedRun } from '@shared/import/results'
import type { Side } from '@shared/random/stream'
import type { StoredImportedPair } from '../store/imports'
import { usualSummary } from '@shared/comparison/summary'

/** A pair that was trained elsewhere, as comparisons see it. */
export function importedPair(slug: string, { position, name, treatment, levels, capacity, seed, dense, sparse }: StoredImportedPair): ComparisonPair {
  const runOf = (side: Side, { state, settings, measures }: ImportedRun): ComparisonRun => ({
    id: `${slug}/${name}/${side}`,
    side,
    state,
    engine: 'imported',
    settings,
    // A file gives one number a measure: the one that is usually compared.
    measured: (measure, { kind }) => kind === usualSummary(measure).kind ? measures[measure] : undefined,
    // How many classes there are, a file does not say.
    isCollapsed: () => false,
  })
  return { experiment: slug, position, treatment, levels, capacity, seed, dense: runOf('dense', dense), sparse: runOf('sparse', sparse) }
}
