import type { Centre, WidthCell, WidthFacet, WidthGroup, WidthRows } from '../../charts/parts/width-rows'
import type { Spread } from '../../statistics/spread'
import type { Difference } from '../differences'
import type { ComparisonPair } from '../pair'
import type { At, Comparison, Panel } from '../panel'
import { z } from 'zod'
import widths from '../../charts/widths'
import { measures } from '../../measures'
import { spreading, spreads } from '../../statistics/spread'
import { uncapitalised } from '../../words'
import { differencesOf } from '../differences'
import { facetFields, facetInWords, pooledOver, splitBy } from '../facets'
import { fieldOf } from '../fields'
import { membersAt } from '../members'
import { countOutcomes } from '../outcome'
import { summary, usualSummary } from '../summary'

const scale = z.enum(['auto', 'linear', 'log', 'symlog'])

const options = z.object({
  measure: z.enum(measures.members.filter(({ per }) => per === 'run').map(({ id }) => id)).default('test.accuracy'),
  /** As the paper has it if absent. */
  summary: summary.exactOptional(),
  /** What error bars reach over. */
  spread: z.enum(spreads).default('sd'),
  /** The field whose values have a panel each. */
  by: z.string().default('treatment'),
  x: scale.default('auto'),
  y: scale.default('auto'),
  /** Whether single pairs are drawn. */
  singles: z.boolean().default(true),
})
export type WidthOptions = z.infer<typeof options>

function width(comparison: Comparison, { summary: given, by, ...chosen }: WidthOptions): WidthRows {
  const { pairs } = comparison
  const summary = given ?? usualSummary(chosen.measure)
  const fields = facetFields(pairs, comparison, [by])
  const facetsOf = (pairs: readonly ComparisonPair[], common: At): WidthFacet[] => splitBy(pairs, [by]).map(({ at, pairs }) => ({
    title: String(at[by] ?? 'not set'),
    at: { ...common, ...at },
    cells: cellsOf(differencesOf(pairs, { kind: 'sides' }, chosen.measure, summary), chosen.spread),
  }))
  const groups = splitBy(pairs, fields).map(facet => ({ title: facetInWords(facet), facets: facetsOf(facet.pairs, facet.at) }))
  return {
    ...chosen,
    summary,
    fields: [by, ...fields].map(name => ({ name, title: uncapitalised(fieldOf(name).title) })),
    groups: groups.every(({ facets }) => facets.length < 2) ? inOne(groups) : groups,
    pooled: pooledOver(pairs, [by, ...fields]),
  }
}

/** Groups of one panel each, beside each other. */
function inOne(groups: readonly WidthGroup[]): WidthGroup[] {
  const facets = groups.flatMap(({ title, facets }) => facets.map(facet => ({ ...facet, title: title === '' ? facet.title : `${facet.title}, ${title}` })))
  return facets.length ? [{ title: '', facets }] : []
}

/** A cell a capacity. */
function cellsOf(differences: readonly Difference[], spread: Spread): WidthCell[] {
  const byCapacity = [...Map.groupBy(differences, ({ pairs: [pair] }) => pair!.capacity)].sort(([a], [b]) => a - b)
  return byCapacity.map(([capacity, found]) => {
    const pairs = found.flatMap(({ pairs: [pair], outcome }) => outcome.kind === 'complete'
      ? [{ experiment: pair!.experiment, position: pair!.position, seed: pair!.seed, dense: outcome.first.value, sparse: outcome.second.value }]
      : [])
    const { capacities, seeds, ...counts } = countOutcomes(found)
    const centre = (of: (pair: typeof pairs[number]) => number): Centre => finite(spreading(pairs.map(of), spread))
    return { capacity, counts, dense: centre(({ dense }) => dense), sparse: centre(({ sparse }) => sparse), difference: centre(({ dense, sparse }) => sparse - dense), pairs }
  })
}

function finite({ mean, sd, low, high }: ReturnType<typeof spreading>): Centre {
  const one = (value: number): number | null => Number.isFinite(value) ? value : null
  return { mean: one(mean), sd: one(sd), low: one(low), high: one(high) }
}

export default {
  id: 'width',
  title: 'Width figure',
  help: 'Any measure over dense width, dense beside sparse',
  options,
  of: width,
  members: ({ pairs }, { measure, summary = usualSummary(measure) }, at) => membersAt(pairs, at, { kind: 'sides' }, measure, summary),
  caption: widths.caption,
  terms: ({ measure }) => [measure],
  chart: { id: 'widths', rows: rows => rows },
} satisfies Panel<WidthOptions, WidthRows>
