import type { Counts } from '../../comparison/outcome'
import type { At } from '../../comparison/panel'
import type { Summary } from '../../comparison/summary'
import type { Side } from '../../random/stream'
import type { Spread } from '../../statistics/spread'
import type { ExperimentRows } from './rows'
import type { ScaleChoice } from './scale'
import { measureInWords } from '../../comparison/summary'
import { isComplete } from './captions'

/** A measure of pairs over their capacity: panels, in groups, of cells, a cell a capacity. */
export interface WidthRows {
  readonly measure: string
  readonly summary: Summary
  /** What error bars reach over. */
  readonly spread: Spread
  readonly x: ScaleChoice
  readonly y: ScaleChoice
  /** Whether single pairs are drawn. */
  readonly singles: boolean
  /** What panels, and groups of them, are told apart by: the keys of their `at`, and as a caption says them. */
  readonly fields: readonly { readonly name: string, readonly title: string }[]
  readonly groups: readonly WidthGroup[]
  /** What varies within cells beside the seed. */
  readonly pooled: readonly string[]
}

export interface WidthGroup {
  /** Empty where there is but one. */
  readonly title: string
  readonly facets: readonly WidthFacet[]
}

export interface WidthFacet {
  readonly title: string
  readonly at: At
  readonly cells: readonly WidthCell[]
}

export interface WidthCell {
  readonly capacity: number
  readonly counts: WidthCounts
  readonly dense: Centre
  readonly sparse: Centre
  /** Sparse - dense, pair by pair. */
  readonly difference: Centre
  /** The complete pairs. */
  readonly pairs: readonly WidthPair[]
}

export type WidthCounts = Pick<Counts, 'pairs' | 'complete'> & Partial<Omit<Counts, 'capacities' | 'seeds'>>

/** A mean, its sd, and the ends of its error bar; null for what so few values do not have. */
export interface Centre {
  readonly mean: number | null
  readonly sd: number | null
  readonly low: number | null
  readonly high: number | null
}

export interface WidthPair {
  /** Absent where all are of the experiment that is drawn. */
  readonly experiment?: string
  readonly position: number
  readonly seed: number
  readonly dense: number
  readonly sparse: number
}

export function facetsOf({ groups }: WidthRows): WidthFacet[] {
  return groups.flatMap(({ facets }) => facets)
}

export function cellsOf(rows: WidthRows): WidthCell[] {
  return facetsOf(rows).flatMap(({ cells }) => cells)
}

/** "Final test accuracy". */
export function widthName({ measure, summary }: WidthRows): string {
  return measureInWords(measure, summary)
}

/** What an experiment's overview draws: final accuracy by treatment. */
export function accuracyRows({ cells, pairs }: ExperimentRows): WidthRows {
  const treatments = Map.groupBy(cells.filter(cell => cell.capacity !== null), ({ treatment }) => treatment)
  const complete = Map.groupBy(pairs.filter(isComplete), ({ treatment, capacity }) => JSON.stringify([treatment, capacity]))
  return {
    measure: 'test.accuracy',
    summary: { kind: 'last' },
    spread: 'sd',
    x: 'auto',
    y: 'auto',
    singles: true,
    fields: [{ name: 'treatment', title: 'treatment' }],
    pooled: [],
    groups: [{
      title: '',
      facets: [...treatments].map(([treatment, ofTreatment]) => ({
        title: treatment,
        at: { treatment },
        cells: ofTreatment.map(({ capacity, planned, pairs, diverged, failed, cancelled, accuracy }) => ({
          capacity: capacity!,
          counts: { pairs: planned, complete: pairs, diverged, failed, cancelled },
          ...centres(accuracy),
          pairs: (complete.get(JSON.stringify([treatment, capacity])) ?? []).flatMap(({ position, seed, dense, sparse }) => dense.accuracy === null || sparse.accuracy === null
            ? []
            : [{ position, seed, dense: dense.accuracy, sparse: sparse.accuracy }]),
        })),
      })),
    }],
  }
}

function centres(accuracy: ExperimentRows['cells'][number]['accuracy']): Pick<WidthCell, Side | 'difference'> {
  const centre = ({ mean, sd }: Pick<Centre, 'mean' | 'sd'>): Centre => ({ mean, sd, ...mean === null || sd === null ? { low: null, high: null } : { low: mean - sd, high: mean + sd } })
  return { dense: centre(accuracy.dense), sparse: centre(accuracy.sparse), difference: centre(accuracy.difference) }
}
