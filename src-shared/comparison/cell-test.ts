import type { Fraction } from '../statistics/fraction'
import type { Alternative } from '../statistics/wilcoxon'
import type { Difference } from './differences'
import type { Question } from './question'
import { measures } from '../measures'
import { countsOf } from '../statistics/fraction'
import { hodgesLehmann } from '../statistics/hodges-lehmann'
import { betterByMargin, worseByMargin } from '../statistics/margin'
import { meanSd } from '../statistics/mean'
import { signedRank } from '../statistics/wilcoxon'
import { numbersOf } from './differences'

/** What the differences of a cell say: second - first, in the measure's unit. */
export interface CellTest {
  /** Differences that are not zero: only they can speak. */
  readonly n: number
  readonly zeros: number
  /** Of the question; null where there is nothing to test. */
  readonly p: number | null
  /** The same with divergence ranked worst; null where nothing diverged, or nothing says what is worse. */
  readonly pDiverged: number | null
  /** Matched rank-biserial correlation, -1 .. 1: positive where the second is greater. */
  readonly effect: number | null
  readonly mean: number | null
  readonly sd: number | null
  /** Hodges-Lehmann. */
  readonly estimate: number | null
  /** Where the test does not reject, by the question's own test; an end is null where so few pairs bound nothing. */
  readonly interval: { readonly low: number | null, readonly high: number | null }
}

/** Which way is better: 1 where more is, -1 where less is; measures without a direction count as the former. */
export function better(measure: string): 1 | -1 {
  return measures.get(measure).direction === 'lower' ? -1 : 1
}

/** The differences of one cell, put to the question. */
export function testCell(differences: readonly Difference[], measure: string, question: Question, alpha: number): CellTest {
  const { values, unit, total } = numbersOf(differences)
  const sign = better(measure)
  // From here on more is better.
  const gains = values.map(value => sign * value)
  const signs = signedRank(values, { alternative: 'two-sided' })
  const { mean, sd } = meanSd(values.map(value => value * unit))
  const { low, high } = intervalOf(gains, question, alpha)
  const ends = [low, high].map(end => Number.isFinite(end) ? sign * end * unit : null)
  return {
    n: signs?.n ?? 0,
    zeros: values.length - (signs?.n ?? 0),
    p: probabilityOf(gains, question, total),
    pDiverged: measures.get(measure).direction === 'neither' ? null : withDivergence(differences, gains, question, total),
    effect: signs?.effect ?? null,
    mean: finite(mean),
    sd: finite(sd),
    estimate: gains.length ? sign * hodgesLehmann(gains)!.estimate * unit : null,
    interval: sign > 0 ? { low: ends[0]!, high: ends[1]! } : { low: ends[1]!, high: ends[0]! },
  }
}

const ALTERNATIVES: Readonly<Record<'better' | 'worse' | 'either', Alternative>> = { better: 'greater', worse: 'less', either: 'two-sided' }

/** @param gains more is better; infinite where one of two diverged */
function probabilityOf(gains: readonly number[], question: Question, total: number | undefined): number | null {
  switch (question.kind) {
    case 'difference': return signedRank(gains, { alternative: ALTERNATIVES[question.alternative], zeros: question.zeros })?.p ?? null
    case 'asGood': return gains.length ? worseByMargin(gains, marginOf(question.margin, total)) : null
    case 'equivalent': return gains.length ? Math.max(worseByMargin(gains, marginOf(question.margin, total)), betterByMargin(gains, marginOf(question.margin, total))) : null
  }
}

/** Where the question's test does not reject. */
function intervalOf(gains: readonly number[], question: Question, alpha: number): { readonly low: number, readonly high: number } {
  const unbounded = { low: -Infinity, high: Infinity }
  if (gains.length === 0)
    return unbounded
  const asked = { difference: { confidence: 1 - alpha }, asGood: { confidence: 1 - alpha, alternative: 'greater' }, equivalent: { confidence: 1 - 2 * alpha } } as const
  const { interval } = hodgesLehmann(gains, asked[question.kind])!
  return interval.kind === 'interval' ? interval : unbounded
}

/** In counts where differences are, exactly. */
function marginOf(margin: number, total: number | undefined): number | Fraction {
  return total === undefined ? margin : countsOf(margin, total)
}

/** One diverged: beyond every finite difference; both: no difference. */
function withDivergence(differences: readonly Difference[], gains: readonly number[], question: Question, total: number | undefined): number | null {
  const diverged = differences.flatMap(({ outcome }) => outcome.kind === 'diverged' && outcome.which ? [{ first: Infinity, second: -Infinity, both: 0 }[outcome.which]] : [])
  return diverged.length ? probabilityOf([...gains, ...diverged], question, total) : null
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
