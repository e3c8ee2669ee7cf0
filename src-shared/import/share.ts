/** An exact decimal between 0 and 1: `digits` / 10^`decimals`. */
export interface Decimal {
  readonly digits: number
  readonly decimals: number
}

/** So many decimals of a share are whole numbers that a float64 holds exactly. */
export const MOST_DECIMALS = 15

/** A number as people and programs write it, in decimal; else undefined. */
export function decimalNumber(text: string): number | undefined {
  const value = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

/** The decimal that a text writes, whose value is known to be 0 .. 1, without zeros at its end. */
export function decimalOf(text: string): Decimal {
  const [, whole, fraction = '', exponent = '0'] = /^[+-]?(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text)!
  const written = (whole! + fraction).replace(/^0+/, '')
  const digits = written.replace(/0+$/, '')
  return digits === '' ? { digits: 0, decimals: 0 } : { digits: Number(digits), decimals: fraction.length - Number(exponent) - (written.length - digits.length) }
}

/** The same decimals as counts of one total, 10 to the power of the most decimals. */
export function countsOf(decimals: readonly Decimal[]): { correct: number, total: number }[] {
  const most = Math.max(0, ...decimals.map(({ decimals }) => decimals))
  return decimals.map(({ digits, decimals }) => ({ correct: digits * 10 ** (most - decimals), total: 10 ** most }))
}

/**
 * How many of `total` examples are right, where their share was written as a decimal: exactly, or rounded to its last
 * digit or to a float32. Undefined where that is no whole number, or could be several.
 */
export function countOf(text: string, total: number): number | undefined {
  const count = Number(text) * total
  const correct = Math.round(count)
  const rounding = total * Math.max(0.5 * 10 ** -decimalOf(text).decimals, 2 ** -24)
  const isExact = Math.abs(count - correct) <= 1e-9 * Math.max(1, count)
  return isExact || (rounding < 0.5 && Math.abs(count - correct) <= rounding) ? correct : undefined
}
