import { decimal, decimalsOf, plain, power } from './numbers'

/**
 * Values to places on an axis. An ECharts axis is always linear in places, so that a logarithm may go on to zero (which
 * ECharts' own cannot) and every tick and label is ours.
 */
export interface Scale {
  readonly kind: 'linear' | 'log' | 'symlog'
  /** First and last place. */
  readonly extent: readonly [number, number]
  readonly ticks: readonly { readonly at: number, readonly label: string }[]
  /** NaN for what has no place. */
  readonly place: (value: number) => number
  readonly value: (place: number) => number
  /** Of a symlog: where the linear part ends. */
  readonly threshold?: number
}

/** Beyond this ratio small values could not be told apart on a linear axis. */
export const LINEAR_SPAN = 30

/** Values that differ by less, relatively, are one value with the noise of its arithmetic: labels could not tell them apart. */
const SAME = 1e-12

/** What somebody asked for, or what suits the values. */
export type ScaleChoice = 'auto' | Scale['kind']

export interface ScaleOptions {
  readonly choice?: ScaleChoice
  /** The ratio of the largest to the smallest value beyond which an automatic one is logarithmic; never if not given. */
  readonly logBeyond?: number | undefined
  /** About so many ticks. */
  readonly ticks?: number
}

/**
 * A scale that shows all these values, its ends on ticks, so that growing data moves it in steps. Zeros have no logarithm:
 * with them it is a symlog; nor has what is negative: with that it is linear.
 */
export function scaleOf(values: Iterable<number>, { choice = 'auto', logBeyond = Infinity, ticks = 5 }: ScaleOptions): Scale {
  let [low, high, smallest] = [Infinity, -Infinity, Infinity]
  for (const value of values) {
    if (!Number.isFinite(value))
      continue
    low = Math.min(low, value)
    high = Math.max(high, value)
    if (value > 0)
      smallest = Math.min(smallest, value)
  }
  const isLinear = choice === 'auto' ? high / smallest <= logBeyond : choice === 'linear'
  if (isLinear || low < 0 || smallest === Infinity)
    return linear(low, high, ticks)
  return low > 0 && choice !== 'symlog' ? logarithmic(low, high, ticks) : symlog(smallest, high, ticks)
}

/** Whole steps of 1, 2 or 5 around low .. high; from zero where that is near. */
export function linear(low: number, high: number, ticks = 5): Scale {
  if (low > high)
    [low, high] = [0, 1]
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (high - low <= SAME * size)
    [low, high] = size === 0 ? [0, 1] : [low - size / 10, high + size / 10]
  if (low > 0 && low < 0.4 * high)
    low = 0
  const step = niceStep((high - low) / ticks)
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
  const places = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
  const most = Math.max(Math.abs(first), Math.abs(last)) * step
  const label = (at: number): string => most >= 1e5 || step < 1e-4 ? power(at, step, Math.floor(Math.log10(most) + 1e-9)) : decimal(at, decimalsOf(step))
  return {
    kind: 'linear',
    extent: [places[0]!, places.at(-1)!],
    ticks: places.map(at => ({ at, label: label(at) })),
    place: value => Number.isFinite(value) ? value : Number.NaN,
    value: place => place,
  }
}

/** From 0 to the last one in whole numbers. */
export function counted(last: number, ticks: number): Scale {
  return upTo(Math.max(1, last), ticks, 1)
}

/** From 0 to just the last value, which need not be on a tick. */
export function upTo(last: number, ticks: number, leastStep = 0): Scale {
  const step = Math.max(leastStep, niceStep(last / ticks))
  const places = Array.from({ length: Math.floor(last / step + 1e-9) + 1 }, (_, i) => i * step)
  return { ...linear(0, last), extent: [0, last], ticks: places.map(at => ({ at, label: decimal(at, decimalsOf(step)) })) }
}

export function logarithmic(low: number, high: number, ticks = 5): Scale {
  const [down, up] = [down125(low), up125(high)]
  // A single value stands between two steps.
  const [first, last] = down < up ? [down, up] : [down125(0.99 * low), up125(1.01 * high)]
  return {
    kind: 'log',
    extent: [Math.log10(first), Math.log10(last)],
    ticks: logTicks(first, last, ticks),
    place: value => value > 0 && Number.isFinite(value) ? Math.log10(value) : Number.NaN,
    value: place => 10 ** place,
  }
}

/** Logarithmic down to the decade of the smallest value, from there linear to zero, in the room of one decade. */
function symlog(smallest: number, high: number, ticks: number): Scale {
  const exponent = Math.floor(Math.log10(smallest) + 1e-9)
  const threshold = 10 ** exponent
  const last = up125(high)
  return {
    kind: 'symlog',
    extent: [exponent - 1, Math.log10(last)],
    ticks: [{ at: exponent - 1, label: '0' }, ...logTicks(threshold, last, ticks)],
    place: (value) => {
      if (!Number.isFinite(value) || value < 0)
        return Number.NaN
      return value < threshold ? exponent - 1 + value / threshold : Math.log10(value)
    },
    value: place => place < exponent ? (place - exponent + 1) * threshold : 10 ** place,
    threshold,
  }
}

/** As many as fit: 1, 2 and 5 of each decade, else 1 and 3, else 1, else every second decade, third... */
function logTicks(first: number, last: number, ticks: number): Scale['ticks'] {
  const [low, high] = [Math.floor(Math.log10(first) + 1e-9), Math.ceil(Math.log10(last) - 1e-9)]
  const inside = (mantissas: readonly number[], every: number): number[] => Array.from({ length: high - low + 1 }, (_, i) => low + i)
    .filter(exponent => every === 1 || exponent % every === 0)
    .flatMap(exponent => mantissas.map(mantissa => Number(`${mantissa}e${exponent}`)))
    .filter(value => value >= first * (1 - 1e-9) && value <= last * (1 + 1e-9))
  const candidates = [inside([1, 2, 5], 1), inside([1, 3], 1), ...Array.from({ length: 20 }, (_, i) => inside([1], i + 1))]
  const fitting = candidates.find(values => values.length <= ticks + 1) ?? candidates.at(-1)!
  return fitting.map(value => ({ at: Math.log10(value), label: plain(value) }))
}

/** 1, 2 or 5 times a power of ten: the next one up, or the one just below. */
function niceStep(rough: number): number {
  const exponent = Math.floor(Math.log10(rough))
  const mantissa = rough / 10 ** exponent
  return Number(`${[1, 2, 5].find(one => mantissa <= 1.2 * one) ?? 10}e${exponent}`)
}

function down125(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  return ([5, 2, 1].find(mantissa => mantissa * power <= value * (1 + 1e-9)) ?? 1) * power
}

function up125(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  return ([1, 2, 5, 10].find(mantissa => mantissa * power >= value * (1 - 1e-9)) ?? 10) * power
}
