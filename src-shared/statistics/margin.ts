import type { Fraction } from './fraction'
import type { Interval } from './inversion'
import { ascending, ascendingFinite } from './differences'
import { fractionOf } from './fraction'
import { intervalOf, probabilityAt, walshAverages } from './inversion'
import { checkAlpha } from './power'

/** Whether one side is as good as the other but for a margin. */
export interface NonInferiority {
  /** Of H0: worse by the margin or more. */
  readonly p: number
  /** Lower limit of the differences at confidence 1 - α: p ≤ α exactly where -margin lies outside it. -Infinity with too few pairs. */
  readonly bound: number
  /** Whether the bound itself is within. */
  readonly boundIncluded: boolean
  /** p ≤ α. */
  readonly asGood: boolean
}

/** Whether two sides are alike but for a margin either way. */
export interface Equivalence {
  /** The larger of the p of H0: worse by the margin or more, and H0: better by the margin or more. */
  readonly p: number
  /** At confidence 1 - 2α: p ≤ α exactly where both margins lie outside it. */
  readonly interval: Interval
  /** p ≤ α. */
  readonly equivalent: boolean
}

/**
 * A margin, in the unit of the differences: a number means the decimal that it is written as, a fraction is exact
 * (`countsOf` makes one of a share). Zero or more.
 */
export interface Margin {
  readonly margin: number | Fraction
  readonly alpha?: number
}

/**
 * As good as: the signed-rank test, zeros by Pratt, of H0 that differences (greater is better) are symmetric around
 * -margin or less. With margin m = a/b and differences that are whole numbers it ranks b·difference + a, whole numbers too,
 * so that nothing ties or differs by rounding. The bound is the inversion of the same test over all shifts. Wellek, Testing Statistical
 * Hypotheses of Equivalence and Noninferiority (2010), ch. 2 and 5.
 * @throws RangeError for a difference that is not finite, a margin that is negative or has too many digits, a strange α
 */
export function nonInferiority(differences: readonly number[], { margin, alpha = 0.05 }: Margin): NonInferiority {
  checkAlpha(alpha)
  const ascending = ascendingFinite(differences)
  const p = probabilityBeyond(ascending, exactMargin(margin), 'greater')
  const { low, lowIncluded } = intervalOf(ascending, walshAverages(ascending), alpha, 'greater')
  return { p, bound: low, boundIncluded: lowIncluded, asGood: p <= alpha }
}

/**
 * Alike: two one-sided tests of `nonInferiority`, one each way. Schuirmann (1987), Journal of Pharmacokinetics and
 * Biopharmaceutics 15, 657-680.
 * @throws RangeError as `nonInferiority`
 */
export function equivalence(differences: readonly number[], { margin, alpha = 0.05 }: Margin): Equivalence {
  checkAlpha(alpha)
  const ascending = ascendingFinite(differences)
  const exact = exactMargin(margin)
  const p = Math.max(probabilityBeyond(ascending, exact, 'greater'), probabilityBeyond(ascending, exact, 'less'))
  return { p, interval: intervalOf(ascending, walshAverages(ascending), 2 * alpha, 'two-sided'), equivalent: p <= alpha }
}

function exactMargin(margin: number | Fraction): Fraction {
  const exact = typeof margin === 'number' ? fractionOf(margin) : margin
  if (exact.numerator < 0)
    throw new RangeError(`a margin is zero or more, not ${exact.numerator / exact.denominator}`)
  return exact
}

/**
 * P of H0: differences are worse by the margin or more; where one run diverged its difference is infinite, beyond all others.
 * @throws RangeError for NaN, and for a margin as in `nonInferiority`
 */
export function worseByMargin(differences: readonly number[], margin: number | Fraction): number {
  return probabilityBeyond(ascending(differences), exactMargin(margin), 'greater')
}

/** P of H0: differences are better by the margin or more; otherwise as `worseByMargin`. */
export function betterByMargin(differences: readonly number[], margin: number | Fraction): number {
  return probabilityBeyond(ascending(differences), exactMargin(margin), 'less')
}

/**
 * P of H0: differences lie around -margin or below ('greater'), around +margin or above ('less'). Those that are no whole
 * numbers are rounded already; they are shifted as the inversion shifts them, and agree with it but for rounding.
 */
function probabilityBeyond(ascending: Float64Array, { numerator, denominator }: Fraction, alternative: 'greater' | 'less'): number {
  const finite = ascending.filter(Number.isFinite)
  const whole = finite.every(Number.isInteger)
  const scaled = whole ? ascending.map(difference => difference * denominator) : ascending
  const shift = whole ? numerator : numerator / denominator
  if (whole && denominator > 1 && denominator * Math.max(Math.abs(finite.at(0) ?? 0), Math.abs(finite.at(-1) ?? 0)) + numerator > Number.MAX_SAFE_INTEGER)
    throw new RangeError(`a margin of ${numerator}/${denominator} has too many digits beside differences of ${ascending.at(-1)}: round it`)
  return probabilityAt(scaled, alternative === 'greater' ? -shift : shift, alternative)
}
