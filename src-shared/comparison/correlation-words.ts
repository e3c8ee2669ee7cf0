import type { Coefficient, Correlated, OfSide, RunCounts } from './correlation'
import type { CorrelationPart, Correlations, CorrelationTable } from './panels/correlations'
import { range } from '../charts/parts/numbers'
import { measures } from '../measures'
import { PAPER } from '../paper/tables'
import { integer, plural } from '../words'
import { absolute, CONFIDENCE, ENOUGH_CLUSTERS } from './correlation'
import { facetInWords } from './facets'
import { fieldOf } from './fields'
import { summaryInWords } from './summary'

/** Of these many a sentence tells examples. */
const TOLD = 3

export function coefficientInWords(coefficient: Coefficient): string {
  return { kendall: 'Kendall\'s tau-b', absolute: 'absolute Kendall\'s tau-b', spearman: 'Spearman\'s rho' }[coefficient]
}

/** "EGF₁": a flow measure where everything beside it is one too. */
export function flowInWords(flow: string): string {
  return measures.get(flow).label.replace(/^.*gradient flow /i, '')
}

/** "dense", "both sides". */
export function sideInWords(side: OfSide): string {
  return side === 'both' ? 'both sides' : side
}

/** A value as the coefficient has it, with its sign or without: "+0.42", "0.42". */
export function correlationInWords(value: number, coefficient: Coefficient): string {
  const digits = Math.abs(value).toFixed(2)
  return coefficient === 'absolute' || digits === '0.00' ? digits : `${value < 0 ? '-' : '+'}${digits}`
}

/** "[0.10, 0.55]"; empty where there is none. */
export function correlationInterval(found: Correlated, coefficient: Coefficient): string {
  if (found.kind !== 'correlated' || !found.interval)
    return ''
  const { low, high } = coefficient === 'absolute' ? absolute(found.interval) : found.interval
  return `[${correlationInWords(low, coefficient)}, ${correlationInWords(high, coefficient)}]`
}

/** "118 of 120 runs, 1 diverged, 1 failed; 3 of them collapsed". */
export function runsInWords({ runs, complete, collapsed, ...counts }: RunCounts): string {
  const absent = (['diverged', 'failed', 'cancelled', 'unfinished', 'unmeasured'] as const).filter(kind => counts[kind] > 0).map(kind => `, ${integer(counts[kind])} ${kind}`)
  return `${integer(complete)} of ${plural(runs, 'run')}${absent.join('')}${collapsed ? `; ${integer(collapsed)} that collapsed are kept` : ''}`
}

/** How the intervals of some correlations come about, and where they are not to be relied on. */
export function intervalsInWords({ resamples, seed }: { readonly resamples: number, readonly seed: number }, all: readonly Correlated[]): string[] {
  const few = all.flatMap(found => found.kind === 'correlated' && found.interval && found.clusters < ENOUGH_CLUSTERS ? [found.clusters] : [])
  return [
    `In brackets ${Math.round(100 * CONFIDENCE)} % intervals by percentile bootstrap over clusters (runs of one treatment and seed), ${integer(resamples)} resamples, seed ${seed}`,
    ...few.length ? [`Some are of only ${range(few)} clusters: intervals of fewer than ${ENOUGH_CLUSTERS} are as a rule too narrow`] : [],
  ]
}

/** Where pooling turns a sign, with examples; undefined where it turns none. */
export function turnsInWords({ facets, pooled }: CorrelationPart, coefficient: Coefficient): string | undefined {
  const turned = facets.flatMap(facet => facet.cells.flatMap((cell, i) => cell.turns ? [{ facet, cell, whole: pooled.cells[i]!.found }] : []))
  if (turned.length === 0)
    return undefined
  const signed = coefficient === 'absolute' ? 'kendall' : coefficient
  const said = ({ facet, cell, whole }: typeof turned[number]): string =>
    `${flowInWords(cell.flow)} with ${measures.get(cell.outcome).label.toLowerCase()}, ${sideInWords(cell.side)}: ${valueInWords(cell.found, signed)} at ${facetInWords(facet)}, pooled ${valueInWords(whole, signed)}`
  return `Pooling turns the sign of ${plural(turned.length, 'value')} whose interval excludes zero: ${turned.slice(0, TOLD).map(said).join('; ')}${turned.length > TOLD ? '; and others, marked' : ''}`
}

function valueInWords(found: Correlated, coefficient: Coefficient): string {
  return found.kind === 'correlated' ? correlationInWords(found.value, coefficient) : ''
}

/** What the table shows, of what, and how it was computed. */
export function correlationsCaption(result: Correlations): string {
  const { coefficient, flow, outcome, outcomes, pool, parts, counts, facetedBy, apart, mixed, intervals, pooledOver } = result
  const titles = (names: readonly string[]): string => names.map(name => fieldOf(name).title).join(', ')
  const within = [...mixed.includes('data.dataset') ? [] : ['data set'], ...mixed.some(name => name !== 'data.dataset') ? [] : ['depth'], ...pool.includes('side') ? [] : ['side']]
  const tables: readonly CorrelationTable[] = parts.flatMap(({ facets, pooled }) => [...facets, pooled])
  const turned = parts.flatMap(part => turnsInWords(part, coefficient) ?? [])
  return [
    `${capital(coefficientInWords(coefficient))} of gradient flow (${summaryInWords(flow)}) with ${summaryInWords(outcome)} ${outcomes.map(id => measures.get(id).label.toLowerCase()).join(' and ')} over runs${within.length ? `, within ${within.join(', ')}` : ''}: ${runsInWords(counts)}`,
    ...parts.length > 1 ? [`${integer(parts.length)} tables, for what differs in ${titles(apart)} is not mixed`] : [],
    ...facetedBy.length ? [`Apart by ${titles(facetedBy)}, beside it what it is pooled over all of these`] : [],
    ...pooledOver.length ? [`Pooled over ${pooledOver.join(', ')}`] : [],
    ...mixed.length ? [`Mixed as chosen: ${titles(mixed)}`] : [],
    ...pool.includes('side') ? ['Dense and sparse runs are pooled'] : [],
    ...turned,
    ...intervals ? intervalsInWords(result, tables.flatMap(({ cells }) => cells.map(({ found }) => found))) : ['Without intervals, so whether pooling turns a sign is not judged'],
    ...tables.some(({ cells }) => cells.some(({ isBest }) => isBest)) ? ['Marked: the largest absolute value of a column'] : [],
    ...tables.some(({ cells }) => cells.some(({ paper }) => paper)) ? [`${PAPER}: absolute tau-b over their multilayer perceptrons; the two agree where it lies in our interval`] : [],
  ].map(sentence => `${sentence}.`).join(' ')
}

/** "..." as a sentence begins. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
