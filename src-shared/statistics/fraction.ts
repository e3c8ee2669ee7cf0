import { greatestCommonDivisor } from './counts'

/** An exact rational number: whole numbers without a common divisor, the denominator positive. */
export interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

/**
 * A number as the decimal that it is written as: 1.28 is 32/25, not the binary number next to it.
 * @throws RangeError for what is not finite, and for more digits than are exact
 */
export function fractionOf(value: number): Fraction {
  const written = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))
  if (!written)
    throw new RangeError(`a fraction is a finite number, not ${value}`)
  const [, whole, decimals = '', exponent = '0'] = written
  const power = Number(exponent) - decimals.length
  return reduced(Number(whole + decimals) * 10 ** Math.max(0, power), 10 ** Math.max(0, -power), value)
}

/**
 * A share of a total in counts, exactly: a margin of 0.005 (half a point) of 256 test examples is 32/25 of one.
 * @throws RangeError for more digits than are exact
 */
export function countsOf(share: number, total: number): Fraction {
  const { numerator, denominator } = fractionOf(share)
  const shared = greatestCommonDivisor(total, denominator)
  return reduced(numerator * (total / shared), denominator / shared, share)
}

/** A fraction's nearest number. */
export function numberOf({ numerator, denominator }: Fraction): number {
  return numerator / denominator
}

function reduced(numerator: number, denominator: number, value: number): Fraction {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator))
    throw new RangeError(`${value} has more digits than can be kept exactly: round it`)
  const shared = greatestCommonDivisor(Math.abs(numerator), denominator)
  return { numerator: numerator / shared, denominator: denominator / shared }
}
