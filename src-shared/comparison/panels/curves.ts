import type { Value } from '../../experiment/parameter'
import type { Side } from '../../random/stream'
import type { GroupCurve, PlacedCurve } from '../curves/aggregate'
import type { RunCounts } from '../curves/caption'
import type { Facet } from '../facets'
import type { ComparisonPair, ComparisonRun } from '../pair'
import type { At, Comparison, Panel } from '../panel'
import { z } from 'zod'
import { measures } from '../../measures'
import { aggregateCurves, bands, centres } from '../curves/aggregate'
import { captionOf, countRuns } from '../curves/caption'
import { axes, countedWeights, placedCurves } from '../curves/place'
import { smoothed } from '../curves/smooth'
import { thinned } from '../curves/thinned'
import { facetFields, pooledOver, splitBy } from '../facets'
import { fieldOf, valuesOf } from '../fields'

const options = z.object({
  measure: z.enum(measures.members.filter(({ per }) => per === 'run').map(({ id }) => id)).default('egf2'),
  x: z.enum(axes).default('epoch'),
  /** In FLOPs: the active weights, or all as if none were masked. */
  weights: z.enum(countedWeights).default('active'),
  /** Fields; each combination of their values is a curve a side. */
  groupBy: z.array(z.string().max(200)).max(5).default(['treatment']),
  centre: z.enum(centres).default('mean'),
  band: z.enum(bands).default('spread'),
  /** Whether single runs are drawn too. */
  members: z.boolean().default(false),
  scale: z.enum(['automatic', 'linear', 'log', 'symlog']).default('automatic'),
  /** The weight of all that came before in the moving average; 0 smooths nothing. */
  smoothing: z.number().min(0).max(0.999).default(0),
  /** How wide a side is drawn: longer curves come with what is seen in each pixel; with everything if absent. */
  pixels: z.int().min(1).max(1_000_000).exactOptional(),
})
export type CurveOptions = z.infer<typeof options>

const sides: readonly Side[] = ['dense', 'sparse']

/** More curves a facet and side are not sent, and more single runs in all. */
const GROUPS = 100
const MEMBERS = 200

/** No side is wider on a screen, while one sees the whole of it. */
export const SIDE_PIXELS = 1024

/** The curve of one group's runs on one side. */
export interface SideCurve extends GroupCurve {
  readonly side: Side
  /** Of its runs some have such a curve. */
  readonly runs: number
  /** The centre, smoothed; absent without smoothing. */
  readonly smooth?: readonly (number | null)[]
}

export interface CurveGroup {
  readonly at: At
  /** In words, without the ordered field. */
  readonly name: string
  /** The value of the ordered field, if there is one. */
  readonly ordered: number | null
  readonly curves: readonly SideCurve[]
}

/** A single run's curve. */
export interface MemberCurve {
  /** "r12". */
  readonly id: string
  readonly run: number | null
  /** "r12, BN, W = 79, seed 2". */
  readonly name: string
  readonly side: Side
  /** Of its facet. */
  readonly group: number
  readonly epochs: readonly number[]
  readonly xs?: readonly (number | null)[]
  readonly values: readonly (number | null)[]
}

export interface CurveFacet {
  readonly at: At
  readonly groups: readonly CurveGroup[]
  readonly members: readonly MemberCurve[]
  /** Groups beyond those that are drawn. */
  readonly left: number
}

export interface Curves extends CurveOptions {
  readonly facets: readonly CurveFacet[]
  /** The field whose values order curves, with what its values are called. */
  readonly orderedBy: { readonly name: string, readonly title: string } | null
  /** Titles of the fields that tell curves apart. */
  readonly apart: readonly string[]
  /** "dense widths W", "seeds": of which pairs a curve has several. */
  readonly over: readonly string[]
  readonly counts: RunCounts
  /** Single runs that are there, of which at most some are drawn. */
  readonly available: number
  readonly pooled: readonly string[]
  /** The last epoch that is planned. */
  readonly last: number
}

function curves(comparison: Comparison, options: CurveOptions): Curves {
  const { pairs, curves: reader } = comparison
  const { measure, x, weights, groupBy, members } = options
  const fields = facetFields(pairs, comparison, groupBy)
  const runs = distinct(pairs.flatMap(pair => sides.map(side => pair[side])))
  const placed = placedCurves(reader, measure, runs, x, weights)
  const ordered = orderedField(pairs, groupBy)
  const split = splitBy(pairs, fields).map(facet => ({ facet, groups: splitBy(facet.pairs, groupBy) }))
  const available = members ? split.flatMap(({ groups }) => groups.slice(0, GROUPS).flatMap(group => sides.flatMap(side => runsOf(group, side)))).filter(({ id }) => placed.has(id)).length : 0
  const facets = split.map(({ facet, groups }): CurveFacet => ({
    at: facet.at,
    left: Math.max(0, groups.length - GROUPS),
    groups: groups.slice(0, GROUPS).map(group => groupOf(group, placed, options, ordered)),
    members: members ? membersOf(groups.slice(0, GROUPS), placed, Math.ceil(available / MEMBERS)) : [],
  }))
  return {
    ...options,
    facets: options.pixels === undefined ? facets : thin(facets, options.pixels),
    orderedBy: ordered === undefined ? null : { name: ordered, title: fieldOf(ordered).title },
    apart: groupBy.map(name => fieldOf(name).title),
    over: [['capacity', 'dense widths W'], ['seed', 'seeds']].flatMap(([name, words]) => split.some(({ groups }) => groups.some(group => valuesOf(group.pairs, fieldOf(name!).of).length > 1)) ? [words!] : []),
    counts: countRuns(runs, ({ id }) => placed.get(id)),
    available,
    pooled: pooledOver(pairs, [...fields, ...groupBy]),
    last: [...placed.values()].reduce((last, { epochs }) => Math.max(last, epochs.at(-1) ?? 0), runs.reduce((last, { settings }) => Math.max(last, Number(settings['training.epochs'] ?? 0)), 1)),
  }
}

/** Widths order curves, and a single field of numbers. */
function orderedField(pairs: readonly ComparisonPair[], groupBy: readonly string[]): string | undefined {
  if (groupBy.includes('capacity'))
    return 'capacity'
  const [one, ...others] = groupBy
  return one !== undefined && others.length === 0 && pairs.every(pair => typeof fieldOf(one).of(pair) === 'number') ? one : undefined
}

function groupOf(group: Facet, placed: ReadonlyMap<string, PlacedCurve>, { centre, band, smoothing }: CurveOptions, ordered: string | undefined): CurveGroup {
  return {
    at: group.at,
    name: Object.entries(group.at).filter(([name]) => name !== ordered).map(([name, value]) => valueInWords(name, value)).join(' · '),
    ordered: ordered === undefined ? null : group.at[ordered] as number,
    curves: sides.flatMap((side): SideCurve[] => {
      const runs = runsOf(group, side)
      const found = runs.flatMap(({ id }) => placed.get(id) ?? [])
      if (found.length === 0)
        return []
      const curve = aggregateCurves(found, centre, band)
      return [{ side, runs: runs.length, ...curve, ...smoothing > 0 && { smooth: smoothed(curve.centre, smoothing) } }]
    }),
  }
}

/** Single runs, every so many of them. */
function membersOf(groups: readonly Facet[], placed: ReadonlyMap<string, PlacedCurve>, every: number): MemberCurve[] {
  const all = groups.flatMap((group, g) => sides.flatMap(side => runsOf(group, side).flatMap((run) => {
    const curve = placed.get(run.id)
    return curve ? [{ run, curve, side, group: g }] : []
  })))
  return all.filter((_, i) => i % every === 0).map(({ run, curve: { epochs, xs, values }, side, group }) => ({
    id: run.id,
    run: run.run ?? null,
    name: nameOf(run, groups[group]!.pairs.find(pair => pair[side].id === run.id)!),
    side,
    group,
    epochs,
    ...xs && { xs: xs.map(finite) },
    values: values.map(finite),
  }))
}

function nameOf({ id }: ComparisonRun, { treatment, capacity, seed }: ComparisonPair): string {
  return [id, treatment, valueInWords('capacity', capacity), valueInWords('seed', seed)].join(', ')
}

/** What of long curves is seen in so many pixels, all of one horizontal scale. */
function thin(facets: readonly CurveFacet[], pixels: number): CurveFacet[] {
  const placesOf = ({ xs, epochs }: { readonly xs?: readonly (number | null)[], readonly epochs: readonly number[] }): readonly (number | null)[] => xs ?? epochs
  const to = facets.flatMap(({ groups }) => groups.flatMap(({ curves }) => curves)).reduce((to, curve) => placesOf(curve).reduce<number>((to, x) => Math.max(to, x ?? 0), to), 1e-300)
  const range = { from: 0, to, buckets: pixels }
  return facets.map(({ groups, members, ...facet }) => ({
    ...facet,
    groups: groups.map(group => ({ ...group, curves: group.curves.map(curve => picked(curve, thinned(placesOf(curve), [curve.centre, curve.low ?? [], curve.high ?? []], range))) })),
    members: members.map(member => picked(member, thinned(placesOf(member), [member.values], range))),
  }))
}

/** The same of all columns. */
function picked<Of extends object>(curve: Of, kept: readonly number[]): Of {
  return Object.fromEntries(Object.entries(curve).map(([name, column]) => [name, Array.isArray(column) ? kept.map(i => column[i] as unknown) : column])) as Of
}

function runsOf({ pairs }: Pick<Facet, 'pairs'>, side: Side): ComparisonRun[] {
  return distinct(pairs.map(pair => pair[side]))
}

function distinct(runs: readonly ComparisonRun[]): ComparisonRun[] {
  return [...new Map(runs.map(run => [run.id, run])).values()]
}

/** "BN", "W = 79", "Seed 2". */
export function valueInWords(name: string, value: Value | null): string {
  if (name === 'capacity')
    return `W = ${value}`
  return typeof value === 'string' ? value : `${name === 'seed' ? 'seed' : fieldOf(name).title} ${value ?? 'not set'}`
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

export default {
  id: 'curves',
  title: 'Curves',
  help: 'Any measure over epochs, training time or FLOPs',
  options,
  of: curves,
  caption: captionOf,
  terms: ({ measure }) => [measure],
  chart: { id: 'curves', rows: result => result.facets.length ? result : undefined },
  onScreen: { pixels: SIDE_PIXELS },
} satisfies Panel<CurveOptions, Curves>
