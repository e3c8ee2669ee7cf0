import type { MeanSd } from './statistics/mean'
import { integer } from './words'

/** A share in percent, one decimal. */
export function percent(share: number): string {
  return Number.isNaN(share) ? '–' : (100 * share).toFixed(1)
}

/** A density in percent; small ones do not look like none. */
export function densityPercent(density: number): string {
  return density > 0 && density < 0.0005 ? '< 0.1' : percent(density)
}

/** Percentage points with their sign. */
export function points(difference: number): string {
  return Number.isNaN(difference) ? '–' : signed((100 * difference).toFixed(1))
}

/** "-0.0" is no difference. */
function signed(text: string): string {
  if (/^-?0(?:\.0+)?$/.test(text))
    return text.replace('-', '')
  return text.startsWith('-') ? text : `+${text}`
}

/** Three significant digits. */
export function significant(value: number): string {
  return Number.isNaN(value) ? '–' : Number(value.toPrecision(3)).toString()
}

/** A p-value to three decimals, a smaller one to the digit that counts: what no experiment can tell from zero is not written as zero. */
export function probability(p: number): string {
  if (p < 1e-6)
    return 'less than 0.000001'
  return p.toFixed(Math.max(3, Math.ceil(-Math.log10(p) - 1e-9)))
}

/** As screens and figures write it; the terminal and CSV files keep to ASCII. "-5.2" has a minus sign, "2 x 4" a times sign. */
export function typeset(text: string): string {
  return text
    .replace(/(?<=[\w)]) x (?=[\d(])/g, ' × ')
    .replace(/(?<![\w.)])-(?=\.?\d)/g, '−')
    .replace(/\b([Ss]parse) - dense\b/g, '$1 − dense')
    .replace(/ <= (?=\d)/g, ' ≤ ')
}

/** One number of decimals for a column, such that its smallest value has three significant digits (five decimals at most). */
export function decimalsFor(values: readonly number[]): (value: number) => string {
  const smallest = Math.min(...values.filter(value => Number.isFinite(value) && value !== 0).map(Math.abs))
  const decimals = Number.isFinite(smallest) ? Math.min(5, Math.max(0, 2 - Math.floor(Math.log10(smallest)))) : 0
  return value => Number.isNaN(value) ? '–' : value.toFixed(decimals)
}

export function withSd({ mean, sd, n }: MeanSd, format: (value: number) => string): string {
  if (n === 0)
    return '–'
  return Number.isNaN(sd) ? format(mean) : `${format(mean)} ± ${format(sd).replace('+', '')}`
}

/** Seconds as m:ss or h:mm:ss. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const two = (n: number): string => String(n).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** A rough time: "less than a minute", "about 4 min", "about 3 h", "about 2 days". */
export function roughDuration(seconds: number): string {
  const minutes = seconds / 60
  if (minutes < 1)
    return 'less than a minute'
  if (minutes < 90)
    return `about ${Math.round(minutes)} min`
  if (minutes < 36 * 60)
    return `about ${Math.round(minutes / 60)} h`
  return `about ${integer(Math.round(minutes / 60 / 24))} days`
}

/** "850 kB", "12 MB", "3.4 GB": two digits that count. */
export function bytes(count: number): string {
  const unit = [...UNITS].reverse().find(([size]) => count >= 0.995 * size) ?? UNITS[0]!
  return `${integer(Number((count / unit[0]).toPrecision(2)))} ${unit[1]}`
}

const UNITS: readonly (readonly [size: number, name: string])[] = [[1, 'B'], [1e3, 'kB'], [1e6, 'MB'], [1e9, 'GB'], [1e12, 'TB']]

/** "2026-10-01": the day of a moment where this program runs. */
export function day(at: string): string {
  return new Date(at).toLocaleDateString('sv')
}
