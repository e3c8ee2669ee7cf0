import type { Resampling } from './bootstrap'
import { percentileInterval } from './bootstrap'
import { correlationP } from './correlation-p'
import { normalUpperTail } from './normal-tail'

/** Kendall's rank correlation. */
export interface Kendall {
  /** tau-b, -1 .. 1. */
  readonly tau: number
  /** Two-sided, if the runs were independent: those that share a seed or a treatment are not. */
  readonly p: number
  readonly n: number
  readonly method: 'exact' | 'normal'
}

/** Spearman's rank correlation. */
export interface Spearman {
  /** -1 .. 1. */
  readonly rho: number
  /** Two-sided, if the runs were independent. */
  readonly p: number
  readonly n: number
}

/** Up to so many points p of tau is exact where nothing ties. */
const EXACT = 200

/**
 * Kendall's tau-b, in O(n log n): concordant less discordant pairs, over the geometric mean of the pairs untied in each.
 * Its p is exact up to 200 points without ties (the number of permutations with so many inversions), else normal with
 * the variance corrected for ties and no continuity correction, as in SciPy. Kendall (1945), Biometrika 33, 239-251;
 * Knight (1966), JASA 61, 436-439.
 * @returns undefined where one of both is constant
 * @throws RangeError for lists of different lengths, and for NaN
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): Kendall | undefined {
  checkPoints(x, y)
  const n = x.length
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => compare(x[a]!, x[b]!) || compare(y[a]!, y[b]!))
  const [byX, yByX] = [Float64Array.from(order, i => x[i]!), Float64Array.from(order, i => y[i]!)]
  const tiesX = tiesIn(n, i => byX[i] === byX[i - 1])
  const tiesBoth = tiesIn(n, i => byX[i] === byX[i - 1] && yByX[i] === yByX[i - 1])
  const discordant = sortCountingSwaps(yByX)
  const tiesY = tiesIn(n, i => yByX[i] === yByX[i - 1])
  const all = n * (n - 1) / 2
  const [untiedX, untiedY] = [all - tiesX.pairs, all - tiesY.pairs]
  if (untiedX === 0 || untiedY === 0)
    return undefined
  const concordantLess = all - tiesX.pairs - tiesY.pairs + tiesBoth.pairs - 2 * discordant
  const exact = n <= EXACT && tiesX.pairs === 0 && tiesY.pairs === 0
  return {
    tau: concordantLess / Math.sqrt(untiedX * untiedY),
    p: exact ? exactP(n, discordant) : Math.min(1, 2 * normalUpperTail(Math.abs(concordantLess) / Math.sqrt(varianceOf(n, tiesX, tiesY)))),
    n,
    method: exact ? 'exact' : 'normal',
  }
}

/**
 * Spearman's rho: Pearson's correlation of mean ranks. Its p is Student's t with n - 2 degrees of freedom, as in SciPy,
 * but never less than 2/n!, the smallest that an order of n can have. Spearman (1904), American Journal of Psychology
 * 15, 72-101; Zwillinger and Kokoska, Standard Probability and Statistics Tables (2000), §14.7.
 * @returns undefined where one of both is constant
 * @throws RangeError for lists of different lengths, and for NaN
 */
export function spearman(x: readonly number[], y: readonly number[]): Spearman | undefined {
  checkPoints(x, y)
  const n = x.length
  const [a, b] = [centredRanks(x), centredRanks(y)]
  const dot = (u: Float64Array, v: Float64Array): number => u.reduce((sum, value, i) => sum + value * v[i]!, 0)
  const scale = Math.sqrt(dot(a, a) * dot(b, b))
  if (scale === 0)
    return undefined
  const rho = Math.max(-1, Math.min(1, dot(a, b) / scale))
  return { rho, p: correlationP(rho, n), n }
}

/** One run: what is correlated. */
export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * Percentile bootstrap interval of a statistic of points that come in clusters (runs of one treatment and seed): whole
 * clusters are drawn with replacement. Field and Welsh (2007), JRSS B 69, 369-390.
 * @param statistic of all points drawn; undefined where it does not exist
 * @returns `resamples`: how many had the statistic; undefined for fewer than two clusters or where none had
 * @throws RangeError for a confidence that is not between 0 and 1
 */
export function clusterBootstrap(clusters: readonly (readonly Point[])[], statistic: (points: readonly Point[]) => number | undefined, { seed, resamples = 2000, confidence = 0.95 }: Pick<Resampling, 'seed'> & Partial<Resampling>): { low: number, high: number, resamples: number } | undefined {
  return percentileInterval(clusters.length, { seed, resamples, confidence }, chosen => statistic(Array.from(chosen, i => clusters[i]!).flat()))
}

function checkPoints(x: readonly number[], y: readonly number[]): void {
  if (x.length !== y.length)
    throw new RangeError(`a correlation takes two values of each point, and got ${x.length} and ${y.length}`)
  if ([...x, ...y].some(Number.isNaN))
    throw new RangeError('a correlation takes numbers, and one is NaN: leave such points out')
}

/** Also of infinities, which have no difference. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What ties contribute to counts and variances: Σ over groups of t that tie. */
interface Ties {
  /** t(t-1)/2 */
  readonly pairs: number
  /** t(t-1)(t-2) */
  readonly triples: number
  /** t(t-1)(2t+5) */
  readonly spread: number
}

function tiesIn(n: number, tiesWithLast: (i: number) => boolean): Ties {
  let [pairs, triples, spread, t] = [0, 0, 0, 1]
  for (let i = 1; i <= n; i++) {
    if (i < n && tiesWithLast(i)) {
      t++
      continue
    }
    pairs += t * (t - 1) / 2
    triples += t * (t - 1) * (t - 2)
    spread += t * (t - 1) * (2 * t + 5)
    t = 1
  }
  return { pairs, triples, spread }
}

/** Of concordant less discordant pairs, were all orders equally likely given the ties. */
function varianceOf(n: number, x: Ties, y: Ties): number {
  const m = n * (n - 1)
  return (m * (2 * n + 5) - x.spread - y.spread) / 18 + 2 * x.pairs * y.pairs / m + (n > 2 ? x.triples * y.triples / (9 * m * (n - 2)) : 0)
}

/** Sorts by merging, and counts the pairs that stood in the wrong order. */
function sortCountingSwaps(values: Float64Array): number {
  let swaps = 0
  let from = values
  let to: Float64Array = new Float64Array(values.length)
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, values.length), Math.min(start + 2 * width, values.length)]
      let [left, right] = [start, middle]
      for (let k = start; k < end; k++) {
        if (right >= end || (left < middle && from[left]! <= from[right]!)) {
          to[k] = from[left++]!
        }
        else {
          to[k] = from[right++]!
          swaps += middle - left
        }
      }
    }
    [from, to] = [to, from]
  }
  if (from !== values)
    values.set(from)
  return swaps
}

/** P(so few inversions, or so many) in a random permutation: twice the smaller tail. */
function exactP(n: number, inversions: number): number {
  return Math.min(1, 2 * lowerTail(n)[Math.min(inversions, n * (n - 1) / 2 - inversions)]!)
}

/** Once computed they are kept: tables ask for many p of the same n. All of them take 5 MB. */
const lowerTails = new Map<number, Float64Array>()

/** P(at most k inversions) in a random permutation of n, for k up to the middle. */
function lowerTail(n: number): Float64Array {
  const known = lowerTails.get(n)
  if (known)
    return known
  const middle = Math.floor(n * (n - 1) / 4)
  // Share of the permutations of 1 .. size with k inversions: the mean over the size places of the largest.
  let [share, next] = [new Float64Array(middle + 1), new Float64Array(middle + 1)]
  share[0] = 1
  for (let size = 2; size <= n; size++) {
    let sum = 0
    for (let k = 0; k <= middle; k++) {
      sum += share[k]! - (k >= size ? share[k - size]! : 0)
      next[k] = sum / size
    }
    [share, next] = [next, share]
  }
  for (let k = 1; k <= middle; k++)
    share[k]! += share[k - 1]!
  lowerTails.set(n, share)
  return share
}

/** Mean ranks less their mean. */
function centredRanks(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).sort((a, b) => compare(values[a]!, values[b]!))
  const ranks = new Float64Array(values.length)
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!])
      end++
    for (let i = start; i < end; i++)
      ranks[order[i]!] = (start + end - values.length) / 2
  }
  return ranks
}
