import type { DefinitionId } from '../statistics/definitions'
import type { Difference } from './differences'
import type { Statistic } from './panel'
import type { Question } from './question'
import { points, probability, significant } from '../format'
import { measures } from '../measures'
import { bootstrapMean } from '../statistics/bootstrap'
import { signTest } from '../statistics/sign-test'
import { plural } from '../words'
import { testCell } from './cell-test'
import { numbersOf } from './differences'

/** Of the resampling, so that the interval is the same at each look. */
const SEED = 1

/** Everything that is known of one cell's differences, second - first. */
export function cellStatistics(differences: readonly Difference[], { measure, question, alpha }: { readonly measure: string, readonly question: Question, readonly alpha: number }): Statistic[] {
  const { values, unit } = numbersOf(differences)
  if (values.length === 0)
    return []
  const share = measures.get(measure).unit === 'share'
  const difference = (value: number | null): string => value === null ? 'open' : share ? points(value) : significant(value)
  const between = (low: number | null, high: number | null): string => `${difference(low)} .. ${difference(high)}${share ? ' points' : ''}`
  const { p, pDiverged, n, zeros, effect, mean, sd, estimate, interval } = testCell(differences, measure, question, alpha)
  const signs = signTest(values, { alternative: 'two-sided' })
  const resampled = bootstrapMean(values.map(value => value * unit), { seed: SEED, confidence: 1 - alpha })
  const terms = { difference: 'wilcoxon-superiority', asGood: 'non-inferiority', equivalent: 'equivalence' } as const
  return [
    say(terms[question.kind], `${p === null ? 'no difference that could speak' : `p = ${probability(p)}`}: ${plural(n, 'difference')}${zeros ? ` and ${plural(zeros, 'zero')}` : ''}`),
    ...pDiverged === null ? [] : [say('diverged-worst', `p = ${probability(pDiverged)}`)],
    say('hodges-lehmann', `${difference(estimate)}, interval ${between(interval.low, interval.high)}`),
    ...effect === null ? [] : [say('rank-biserial', effect.toFixed(2))],
    ...signs ? [say('sign-test', `two-sided p = ${probability(signs.p)}: ${signs.positive} of ${signs.n} are greater than zero`)] : [],
    ...resampled ? [say('bootstrap-mean', `mean ${difference(mean)}${sd === null ? '' : ` ± ${difference(sd).replace('+', '')}`}, ${Number((100 * (1 - alpha)).toPrecision(4))} % interval ${between(resampled.low, resampled.high)}`)] : [],
  ]
}

function say(term: DefinitionId, text: string): Statistic {
  return { term, text }
}
