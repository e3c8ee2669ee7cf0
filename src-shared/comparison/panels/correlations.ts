import type { Value } from '../../experiment/parameter'
import type { PaperCorrelation } from '../../paper/tables'
import type { ClusteredPoint, Coefficient, Correlated, CorrelatedRun, OfSide, RunCounts } from '../correlation'
import type { Facet } from '../facets'
import type { ComparisonPair } from '../pair'
import type { At, Comparison, Panel } from '../panel'
import { z } from 'zod'
import { measures } from '../../measures'
import { paperCorrelations } from '../../paper/tables'
import { absolute, areIntervalsQuick, clusterNames, coefficient, correlate, countRuns, runsOf, valueOf } from '../correlation'
import { correlationTables } from '../correlation-tables'
import { correlationsCaption } from '../correlation-words'
import { facetFields, pooledOver, splitBy } from '../facets'
import { fieldOf, valuesOf } from '../fields'
import { summary } from '../summary'

const options = z.object({
  coefficient: coefficient.default('kendall'),
  /** Which number of gradient flow stands for its run. */
  flow: summary.default({ kind: 'meanOfEleven' }),
  /** What gradient flow is correlated with. */
  outcomes: z.array(z.enum(measures.ids)).min(1).max(6).default(['test.loss', 'test.accuracy']),
  outcome: summary.default({ kind: 'last' }),
  /** What is never pooled by itself: depths reorder the flow measures, sides have their own. */
  pool: z.array(z.enum(['depth', 'side'])).default([]),
  /** Where they take about a second or less, if absent. */
  intervals: z.boolean().exactOptional(),
  resamples: z.int().min(100).max(100_000).default(2000),
  seed: z.int().min(0).default(1),
})
type Options = z.infer<typeof options>

/** A flow measure with an outcome, over the runs of a side. */
export interface CorrelationCell {
  readonly flow: string
  readonly outcome: string
  readonly side: OfSide
  readonly found: Correlated
  /** The largest absolute value of its column. */
  readonly isBest: boolean
  /** Of a facet: its interval excludes zero, and the pooled value has the other sign. Of the pooled table: there is such a facet. */
  readonly turns: boolean
  /** Absolute Kendall, where the paper has one that this can stand beside; `agrees`: whether our interval has it, null without one. */
  readonly paper: { readonly absoluteTau: number, readonly isBest: boolean, readonly agrees: boolean | null } | null
}

/** The correlations of some runs; cells by flow measure, then column. */
export interface CorrelationTable {
  readonly at: At
  readonly counts: RunCounts
  readonly cells: readonly CorrelationCell[]
}

/** What is never mixed: a data set at a depth. */
export interface CorrelationPart {
  readonly at: At
  /** Over all facets. */
  readonly pooled: CorrelationTable
  /** None where there would be one. */
  readonly facets: readonly CorrelationTable[]
}

export interface Correlations extends Omit<Options, 'intervals'> {
  readonly intervals: boolean
  /** Rows, and columns: each outcome on each side. */
  readonly flows: readonly string[]
  readonly columns: readonly { readonly side: OfSide, readonly outcome: string }[]
  readonly parts: readonly CorrelationPart[]
  /** Of all parts together, each run once. */
  readonly counts: RunCounts
  /** By what parts are told apart, and by what facets. */
  readonly apart: readonly string[]
  readonly facetedBy: readonly string[]
  /** What parts would be told apart by, were pooling not chosen. */
  readonly mixed: readonly string[]
  /** What varies within the cells of facets, beside capacity and seed. */
  readonly pooledOver: readonly string[]
  /** Points that are drawn for intervals: in proportion to the time that they take. */
  readonly draws: number
}

const ARCHITECTURE = 'network.architecture'
/** For dense networks EGF₁ is gf₁ / L, so that mixing depths would reorder them. */
const DEPTH = 'network.mlp.hiddenLayers'
/** What parts are told apart by; everything else makes facets. */
const PARTS = ['data.dataset', ARCHITECTURE, DEPTH]

/** Gradient flow: what has no better and worse. Found, so that a new measure is a row. */
export const flowMeasures: readonly string[] = measures.members.filter(({ per, direction }) => per === 'run' && direction === 'neither').map(({ id }) => id)

function correlations({ pairs, facets, pooled }: Comparison, given: Options): Correlations {
  const { coefficient, outcomes, pool, resamples, seed } = given
  const fields = facetFields(pairs, { facets, pooled: [...pooled, ...pool.includes('depth') ? [DEPTH] : []] }, [], [ARCHITECTURE, DEPTH])
  const apart = fields.filter(name => PARTS.includes(name))
  const facetedBy = fields.filter(name => !PARTS.includes(name))
  const sides: OfSide[] = pool.includes('side') ? ['both'] : ['dense', 'sparse']
  const columns = sides.flatMap(side => outcomes.map(outcome => ({ side, outcome })))
  const gather = gathering(given, sides)
  const gathered = splitBy(pairs, apart).map(({ at, pairs }) => {
    const split = splitBy(pairs, facetedBy)
    return { at, pairs, pooled: gather({ at: split.length === 1 ? split[0]!.at : {}, pairs }), facets: split.length === 1 ? [] : split.map(gather) }
  })
  const whole = gather({ at: {}, pairs })
  const draws = resamples * gathered.flatMap(({ pooled, facets }) => [pooled, ...facets]).reduce((sum, { cells }) => sum + cells.reduce((n, { points }) => n + points.length, 0), 0)
  const intervals = given.intervals ?? areIntervalsQuick(draws)
  const resampling = intervals ? { seed, resamples } : undefined
  const tableOf = (table: Gathered): CorrelationTable => ({
    ...table,
    cells: marked(table.cells.map(({ points, ...cell }) => ({ ...cell, found: correlate(points, coefficient, resampling), turns: false, paper: null }))),
  })
  const mixed = PARTS.filter(name => gathered.some(({ pairs }) => valuesOf(pairs, fieldOf(name).of).length > 1))
  return {
    ...given,
    intervals,
    flows: flowMeasures,
    columns,
    parts: gathered.map(({ at, pairs, ...part }) => ({ at, ...compared(tableOf(part.pooled), part.facets.map(tableOf), paperOf(pairs, coefficient)) })),
    counts: whole.counts,
    apart,
    facetedBy,
    mixed,
    pooledOver: pooledOver(pairs, fields),
    draws,
  }
}

/** What a table is made of. */
interface Gathered {
  readonly at: At
  readonly counts: RunCounts
  readonly cells: readonly (Pick<CorrelationCell, 'flow' | 'outcome' | 'side'> & { readonly points: readonly ClusteredPoint[] })[]
}

/** Reads each run once, however many tables it is in. */
function gathering({ flow, outcome, outcomes }: Options, sides: readonly OfSide[]): (facet: Facet) => Gathered {
  const clusterOf = clusterNames()
  const known = new Map<string, RunNumbers>()
  const read = (run: CorrelatedRun): RunNumbers => ({
    run,
    cluster: clusterOf(run),
    flows: flowMeasures.map(measure => valueOf(run.run, measure, flow)),
    outcomes: outcomes.map(measure => valueOf(run.run, measure, outcome)),
  })
  const numbersOf = (run: CorrelatedRun): RunNumbers => {
    const numbers = known.get(run.run.id) ?? read(run)
    known.set(run.run.id, numbers)
    return numbers
  }
  return ({ at, pairs }) => {
    const bySide = sides.map(side => ({ side, runs: runsOf(pairs, side).map(numbersOf) }))
    return {
      at,
      counts: countRuns(bySide.flatMap(({ runs }) => runs).map(({ run, flows, outcomes }) => ({ run: run.run, isMeasured: [flows, outcomes].every(some => some.some(value => value !== undefined)) }))),
      cells: flowMeasures.flatMap((flow, f) => bySide.flatMap(({ side, runs }) => outcomes.map((outcome, o) => ({
        flow,
        outcome,
        side,
        points: runs.flatMap(({ flows: { [f]: x }, outcomes: { [o]: y }, cluster }): ClusteredPoint[] => x === undefined || y === undefined ? [] : [{ x, y, cluster }]),
      })))),
    }
  }
}

interface RunNumbers {
  readonly run: CorrelatedRun
  readonly cluster: string
  /** In the order of the flow measures, and of the outcomes. */
  readonly flows: readonly (number | undefined)[]
  readonly outcomes: readonly (number | undefined)[]
}

/** Values that differ by less are the same but for their arithmetic: of dense networks EGF₁ is gf₁ / L. */
const SAME = 1e-9

/** Marks the best of each column, where there are some to choose from. */
function marked(cells: readonly Omit<CorrelationCell, 'isBest'>[]): CorrelationCell[] {
  const sizeOf = ({ found }: Pick<CorrelationCell, 'found'>): number => found.kind === 'correlated' ? Math.abs(found.value) : -1
  return cells.map((cell) => {
    const column = cells.filter(({ outcome, side }) => outcome === cell.outcome && side === cell.side).map(sizeOf)
    return { ...cell, isBest: sizeOf(cell) >= Math.max(...column) - SAME && column.filter(size => size >= 0).length > 1 }
  })
}

/** Marks where pooling turns a sign, and puts the paper's numbers beside the pooled ones. */
function compared(pooled: CorrelationTable, facets: readonly CorrelationTable[], known: readonly PaperCorrelation[]): Pick<CorrelationPart, 'pooled' | 'facets'> {
  const turning = facets.map(facet => ({ ...facet, cells: facet.cells.map((cell, i) => ({ ...cell, turns: turns(cell.found, pooled.cells[i]!.found) })) }))
  const bestOf = ({ outcome, side }: CorrelationCell): number => Math.max(...known.filter(one => one.outcome === outcome && one.side === side).map(({ absoluteTau }) => absoluteTau))
  return {
    facets: turning,
    pooled: {
      ...pooled,
      cells: pooled.cells.map((cell, i) => {
        const ours = known.find(({ flow, outcome, side }) => flow === cell.flow && outcome === cell.outcome && side === cell.side)
        return {
          ...cell,
          turns: turning.some(({ cells }) => cells[i]!.turns),
          paper: ours ? { absoluteTau: ours.absoluteTau, isBest: ours.absoluteTau === bestOf(cell), agrees: agrees(cell.found, ours.absoluteTau) } : null,
        }
      }),
    },
  }
}

function turns(facet: Correlated, pooled: Correlated): boolean {
  if (facet.kind !== 'correlated' || pooled.kind !== 'correlated' || !facet.interval)
    return false
  return (facet.interval.low > 0 && pooled.value < 0) || (facet.interval.high < 0 && pooled.value > 0)
}

function agrees(found: Correlated, absoluteTau: number): boolean | null {
  if (found.kind !== 'correlated' || !found.interval)
    return null
  const { low, high } = absolute(found.interval)
  return low <= absoluteTau && absoluteTau <= high
}

/** What the paper has of the data set of these networks: Kendall's, of multilayer perceptrons. */
function paperOf(pairs: readonly ComparisonPair[], coefficient: Coefficient): readonly PaperCorrelation[] {
  const only = (name: string): Value | undefined => {
    const [value, ...others] = valuesOf(pairs, fieldOf(name).of)
    return others.length === 0 ? value : undefined
  }
  const isOther = coefficient === 'spearman' || !['mlp', undefined].includes(only(ARCHITECTURE) as string | undefined)
  return isOther ? [] : paperCorrelations(String(only('data.dataset')))
}

export default {
  id: 'correlations',
  title: 'Does gradient flow tell how good a network is?',
  help: 'The rank correlation of each flow measure with final loss and accuracy',
  options,
  of: correlations,
  caption: correlationsCaption,
  terms: ({ coefficient, intervals, flows, outcomes }) => [coefficient === 'spearman' ? 'spearman' : 'kendall-tau-b', ...intervals ? ['cluster-bootstrap'] : [], ...flows, ...outcomes],
  tables: result => correlationTables(result, correlationsCaption(result)),
} satisfies Panel<Options, Correlations>
