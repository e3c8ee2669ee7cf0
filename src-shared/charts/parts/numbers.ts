const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** By number of decimals: making one takes much longer than using it. */
const formats = new Map<number, Intl.NumberFormat>()

/** With so many decimals, a true minus sign and commas; "-0" is 0. */
export function decimal(value: number, decimals: number): string {
  const format = formats.get(decimals) ?? new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: 'min2' })
  formats.set(decimals, format)
  return format.format(value).replace(/^-(?=[0.,]*$)/, '').replace('-', '−')
}

/** The decimals that a multiple of the step needs. */
export function decimalsOf(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
}

/** 0.01, 1, 2,000; beyond five digits 2×10⁶. */
export function plain(value: number): string {
  if (value === 0)
    return '0'
  const size = Math.abs(value)
  if (size >= 1e-4 && size < 1e5)
    return decimal(value, Math.min(6, Math.max(0, decimalsOf(size))))
  const exponent = Math.floor(Math.log10(size) + 1e-9)
  const mantissa = Number((value / 10 ** exponent).toPrecision(3))
  return mantissa === 1 ? `10${superscript(exponent)}` : power(value, 10 ** exponent, exponent)
}

/** "1.25×10⁶" with the decimals that a step between such numbers needs. */
export function power(value: number, step: number, exponent: number): string {
  return value === 0 ? '0' : `${decimal(value / 10 ** exponent, decimalsOf(step / 10 ** exponent))}×10${superscript(exponent)}`
}

/** Three digits that count, for what is read beside a chart. */
export function measured(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value))
    return '–'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    const exponent = Math.floor(Math.log10(size))
    return power(value, 10 ** (exponent - 2), exponent)
  }
  return decimal(value, size === 0 ? 0 : Math.min(5, Math.max(0, 2 - Math.floor(Math.log10(size)))))
}

/** "86.1 ± 0.4", both to the decimals of the sd's second digit, or three digits of a lone value. */
export function withSd(mean: number, sd: number): string {
  if (!Number.isFinite(mean))
    return '–'
  if (!Number.isFinite(sd) || sd === 0)
    return Number.isFinite(sd) ? `${measured(mean)} ± 0` : measured(mean)
  const size = Math.max(Math.abs(mean), sd)
  if (size < 1e-3 || size >= 1e6)
    return `${measured(mean)} ± ${measured(sd)}`
  const decimals = Math.min(5, Math.max(0, 1 - Math.floor(Math.log10(sd))))
  return `${decimal(mean, decimals)} ± ${decimal(sd, decimals)}`
}

/** "1 to 4", or "4" where all are the same. */
export function range(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return low === high ? decimal(low, 0) : `${decimal(low, 0)} to ${decimal(high, 0)}`
}

function superscript(exponent: number): string {
  return (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map(digit => SUPERSCRIPTS[Number(digit)]).join('')
}
