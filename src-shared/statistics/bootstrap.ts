import { Draws, streamKey } from '../random/stream'

/** How a bootstrap resamples: the same seed, the same interval. */
export interface Resampling {
  readonly seed: number
  readonly resamples: number
  readonly confidence: number
}

/**
 * Percentile bootstrap interval of a mean. Efron (1979), Annals of Statistics 7, 1-26; quantiles interpolate linearly.
 * @returns undefined for fewer than two values
 * @throws RangeError for a value that is not finite, or a confidence that is not between 0 and 1
 */
export function bootstrapMean(values: readonly number[], { seed, resamples = 10_000, confidence = 0.95 }: Pick<Resampling, 'seed'> & Partial<Resampling>): { low: number, high: number } | undefined {
  const strange = values.find(value => !Number.isFinite(value))
  if (strange !== undefined)
    throw new RangeError(`a mean is taken of finite values, and one is ${strange}`)
  const interval = percentileInterval(values.length, { seed, resamples, confidence }, (chosen) => {
    let sum = 0
    for (const i of chosen)
      sum += values[i]!
    return sum / chosen.length
  })
  return interval && { low: interval.low, high: interval.high }
}

/**
 * The middle of what a statistic is of members drawn with replacement, as many as there are. Resample r has a stream of
 * its own, counter (draw, r).
 * @param statistic of the positions drawn, valid during the call; undefined where it does not exist
 * @returns `resamples`: how many had the statistic; undefined for fewer than two members or where none had
 * @throws RangeError for a confidence that is not between 0 and 1
 */
export function percentileInterval(members: number, { seed, resamples, confidence }: Resampling, statistic: (chosen: Uint32Array) => number | undefined): { low: number, high: number, resamples: number } | undefined {
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`a confidence is between 0 and 1, not ${confidence}`)
  if (members < 2)
    return undefined
  const key = streamKey({ name: 'bootstrap', seed })
  const chosen = new Uint32Array(members)
  const values: number[] = []
  for (let resample = 0; resample < resamples; resample++) {
    const draws = new Draws(key, resample)
    for (let i = 0; i < members; i++)
      chosen[i] = draws.below(members)
    const value = statistic(chosen)
    if (value !== undefined)
      values.push(value)
  }
  if (values.length === 0)
    return undefined
  const ascending = Float64Array.from(values).sort()
  return { low: quantile(ascending, (1 - confidence) / 2), high: quantile(ascending, (1 + confidence) / 2), resamples: values.length }
}

/** Linear between order statistics (Hyndman and Fan's type 7). */
function quantile(ascending: Float64Array, q: number): number {
  const place = q * (ascending.length - 1)
  const below = Math.floor(place)
  const [low, high] = [ascending[below]!, ascending[Math.min(below + 1, ascending.length - 1)]!]
  return low + (place - below) * (high - low)
}
