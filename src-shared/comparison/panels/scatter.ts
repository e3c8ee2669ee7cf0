import type { Side } from '../../random/stream'
import type { ClusteredPoint, Correlated, OfSide, RunCounts } from '../correlation'
import type { ComparisonPair } from '../pair'
import type { At, Comparison, Panel } from '../panel'
import type { Summary } from '../summary'
import { z } from 'zod'
import { measures } from '../../measures'
import { areIntervalsQuick, clusterNames, coefficient, correlate, countRuns, ofSide, runsOf, valueOf } from '../correlation'
import { facetFields, facetInWords, pooledOver, splitBy } from '../facets'
import { fieldOf } from '../fields'
import { scatterCaption } from '../scatter-words'
import { summary, usualSummary } from '../summary'

const options = z.object({
  x: z.enum(measures.ids).default('egf1'),
  y: z.enum(measures.ids).default('test.accuracy'),
  /** As the paper has it if absent. */
  xSummary: summary.exactOptional(),
  ySummary: summary.exactOptional(),
  side: ofSide.default('both'),
  /** Of both sides together: one correlation, not one each. */
  poolSides: z.boolean().default(false),
  /** Only pairs that have these values of these fields. */
  at: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()).default({}),
  /** A field; what is set apart if absent, else the treatment. */
  colour: z.string().exactOptional(),
  coefficient: coefficient.default('kendall'),
  /** Where they take about a second or less, if absent. */
  intervals: z.boolean().exactOptional(),
  resamples: z.int().min(100).max(100_000).default(2000),
  seed: z.int().min(0).default(1),
})
type Options = z.infer<typeof options>

/** A run by two of its numbers. */
export interface ScatterPoint {
  readonly x: number
  readonly y: number
  /** Place among the groups. */
  readonly group: number
  readonly side: Side
  /** Its number; null where it was trained elsewhere. */
  readonly run: number | null
  /** Of the first pair that it belongs to. */
  readonly experiment: string
  readonly position: number
  readonly treatment: string
  readonly capacity: number
  readonly seed: number
}

/** What some of the points say together. */
export interface ScatterCorrelation {
  readonly side: OfSide
  /** null of all groups. */
  readonly group: string | null
  readonly found: Correlated
}

export interface Scatter extends Omit<Options, 'xSummary' | 'ySummary' | 'colour' | 'intervals'> {
  readonly xSummary: Summary
  readonly ySummary: Summary
  readonly intervals: boolean
  /** The measure upwards: files are named by it. */
  readonly measure: string
  readonly points: readonly ScatterPoint[]
  /** What points are coloured by, and what there is of it, in order. */
  readonly colouredBy: readonly string[]
  readonly groups: readonly string[]
  /** Of all groups first, a side at a time; then of each group, where their signs may differ. */
  readonly correlations: readonly ScatterCorrelation[]
  readonly counts: RunCounts
  /** What varies beside capacity and seed. */
  readonly pooledOver: readonly string[]
}

function scatter(comparison: Comparison, given: Options): Scatter {
  const { x, y, side, poolSides, at, coefficient, resamples, seed } = given
  const pairs = pairsAt(comparison.pairs, at)
  const [xSummary, ySummary] = [given.xSummary ?? usualSummary(x), given.ySummary ?? usualSummary(y)]
  const apart = facetFields(pairs, comparison)
  const colouredBy = given.colour !== undefined ? [given.colour] : apart.length ? apart : ['treatment']
  const split = splitBy(pairs, colouredBy)
  const groups = split.map(({ at }) => Object.entries(at).map(([name, value]) => typeof value === 'string' ? value : facetInWords({ at: { [name]: value } })).join(' · '))
  const clusterOf = clusterNames()
  // A run that pairs of several groups share is of the first of them, and counts once.
  const groupOf = new Map(split.toReversed().flatMap(({ pairs }, i) => pairs.flatMap(({ dense, sparse }) => [dense, sparse].map(run => [run.id, split.length - 1 - i] as const))))
  const runs = runsOf(pairs, side).map(one => ({ ...one, x: valueOf(one.run, x, xSummary), y: valueOf(one.run, y, ySummary), group: groupOf.get(one.run.id)!, cluster: clusterOf(one) }))
  const found = runs.flatMap(({ x, y, ...run }) => x === undefined || y === undefined ? [] : [{ ...run, x, y }])
  const sides: readonly OfSide[] = side === 'both' && !poolSides ? ['dense', 'sparse'] : [side]
  const ofSides = (among: typeof found): { side: OfSide, points: readonly ClusteredPoint[] }[] => sides.map(side => ({ side, points: among.filter(({ run }) => side === 'both' || run.side === side) }))
  const told = colouredBy === apart && groups.length > 1 ? groups.flatMap((group, g) => ofSides(found.filter(point => point.group === g)).map(one => ({ ...one, group }))) : []
  const asked = [...ofSides(found).map(one => ({ ...one, group: null })), ...told]
  const intervals = given.intervals ?? areIntervalsQuick(resamples * asked.reduce((sum, { points }) => sum + points.length, 0))
  return {
    ...given,
    xSummary,
    ySummary,
    intervals,
    measure: y,
    points: found.map(({ run, pair: { experiment, position, treatment, capacity, seed }, x, y, group }) => ({ x, y, group, side: run.side, run: run.run ?? null, experiment, position, treatment, capacity, seed })),
    colouredBy,
    groups,
    correlations: asked.map(({ side, group, points }) => ({ side, group, found: correlate(points, coefficient, intervals ? { seed, resamples } : undefined) })),
    counts: countRuns(runs.map(({ run, x, y }) => ({ run, isMeasured: x !== undefined && y !== undefined }))),
    pooledOver: pooledOver(pairs, []),
  }
}

function pairsAt(pairs: readonly ComparisonPair[], at: At): readonly ComparisonPair[] {
  const fields = Object.entries(at).map(([name, value]) => ({ of: fieldOf(name).of, value }))
  return pairs.filter(pair => fields.every(({ of, value }) => (of(pair) ?? null) === value))
}

export default {
  id: 'scatter',
  title: 'Run by run',
  help: 'Any measure against any other, and how their ranks correlate',
  options,
  of: scatter,
  caption: scatterCaption,
  chart: { id: 'scatter', rows: scatter => scatter },
} satisfies Panel<Options, Scatter>
