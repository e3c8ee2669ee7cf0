import type { Scatter, ScatterCorrelation } from './panels/scatter'
import { integer } from '../words'
import { LEAST_RUNS } from './correlation'
import { capital, coefficientInWords, correlationInterval, correlationInWords, intervalsInWords, runsInWords, sideInWords } from './correlation-words'
import { facetInWords } from './facets'
import { fieldOf } from './fields'
import { measureInWords } from './summary'

/** A caption lists so many groups. */
const LISTED = 4

/** "dense -0.31 [-0.50, -0.10] (n = 60, 20 clusters)". */
export function scatterCorrelationInWords({ side, found }: ScatterCorrelation, { coefficient }: Pick<Scatter, 'coefficient'>): string {
  return `${sideInWords(side)} ${said()}`

  function said(): string {
    switch (found.kind) {
      case 'few': return `none (n = ${found.n}: it takes ${LEAST_RUNS} runs)`
      case 'constant': return `none (n = ${integer(found.n)}: one of both is the same in all runs)`
      case 'correlated': return [correlationInWords(found.value, coefficient), correlationInterval(found, coefficient), `(n = ${integer(found.n)}, ${integer(found.clusters)} clusters)`].filter(Boolean).join(' ')
    }
  }
}

/** "Final test accuracy by effective gradient flow EGF₁, mean over the 11 epochs". */
export function scatterTitle({ x, xSummary, y, ySummary }: Pick<Scatter, 'x' | 'xSummary' | 'y' | 'ySummary'>): string {
  const by = measureInWords(x, xSummary)
  return `${measureInWords(y, ySummary)} by ${by.charAt(0).toLowerCase()}${by.slice(1)}`
}

/** What is drawn, of what, and what it says. */
export function scatterCaption(scatter: Scatter): string {
  const { side, at, groups, colouredBy, correlations, counts, coefficient, intervals, pooledOver } = scatter
  const where = facetInWords({ at })
  const marks = { dense: 'dense runs (dots)', sparse: 'sparse runs (crosses)', both: 'dense (dots) and sparse (crosses)' }[side]
  const list = (some: readonly ScatterCorrelation[]): string => some.map(one => scatterCorrelationInWords(one, scatter)).join(', ')
  const byGroup = Map.groupBy(correlations.filter(({ group }) => group !== null), ({ group }) => group)
  return [
    `${scatterTitle(scatter)}${where ? `, ${where}` : ''}: ${runsInWords(counts)}; ${marks}${groups.length > 1 ? `, coloured by ${colouredBy.map(name => fieldOf(name).title).join(', ')}` : ''}`,
    ...pooledOver.length ? [`Over ${pooledOver.join(', ')} together`] : [],
    `${capital(coefficientInWords(coefficient))}: ${list(correlations.filter(({ group }) => group === null))}`,
    ...[...byGroup].slice(0, LISTED).map(([group, some]) => `At ${group}: ${list(some)}`),
    ...intervals ? intervalsInWords(scatter, correlations.map(({ found }) => found)) : [],
  ].map(sentence => `${sentence}.`).join(' ')
}
