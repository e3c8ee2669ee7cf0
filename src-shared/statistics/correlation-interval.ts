import type { Resampling } from './bootstrap'
import type { Point } from './correlation'
import { percentileInterval } from './bootstrap'

interface Ranked {
  /** In ascending order of x. */
  readonly points: readonly { readonly x: number, readonly y: number, readonly cluster: number }[]
  /** How many distinct values there are. */
  readonly values: { readonly x: number, readonly y: number }
}

/**
 * Percentile bootstrap interval of Kendall's tau-b or Spearman's rho of points that come in clusters, whole clusters
 * drawn with replacement: that of `clusterBootstrap`, whose statistic would rank the points of each resample anew. Here
 * they are ranked once and counted by how often their cluster was drawn: O(n log n) a resample for tau-b, O(n) for rho.
 * @returns undefined for fewer than two clusters, or where no resample has a correlation
 */
export function correlationInterval(clusters: readonly (readonly Point[])[], coefficient: 'kendall' | 'spearman', { seed, resamples = 2000, confidence = 0.95 }: Pick<Resampling, 'seed'> & Partial<Resampling>): { low: number, high: number, resamples: number } | undefined {
  const ranked = rank(clusters)
  const weights = new Int32Array(clusters.length)
  const statistic = coefficient === 'kendall' ? weightedTauB(ranked) : weightedRho(ranked)
  return percentileInterval(clusters.length, { seed, resamples, confidence }, (chosen) => {
    weights.fill(0)
    for (const cluster of chosen)
      weights[cluster]!++
    return statistic(weights)
  })
}

/** Points whose coordinates are the places of their values among the distinct ones. */
function rank(clusters: readonly (readonly Point[])[]): Ranked {
  const all = clusters.flat()
  const places = (values: readonly number[]): ReadonlyMap<number, number> => new Map([...new Set(values)].sort((a, b) => a < b ? -1 : 1).map((value, i) => [value, i]))
  const [x, y] = [places(all.map(({ x }) => x)), places(all.map(({ y }) => y))]
  return {
    points: clusters.flatMap((points, cluster) => points.map(point => ({ x: x.get(point.x)!, y: y.get(point.y)!, cluster }))).sort((a, b) => a.x - b.x),
    values: { x: x.size, y: y.size },
  }
}

function columnsOf({ points }: Ranked) {
  return {
    n: points.length,
    x: Uint32Array.from(points, ({ x }) => x),
    y: Uint32Array.from(points, ({ y }) => y),
    of: Uint32Array.from(points, ({ cluster }) => cluster),
  }
}

/** How often clusters are there. @returns undefined where all points that are there agree in x or y */
type Weighted = (weights: Int32Array) => number | undefined

/** Of points counted by weight: Σ w less than those before, less those greater, by a tree of weights over y (Fenwick 1994). */
function weightedTauB(ranked: Ranked): Weighted {
  const { n, x, y, of } = columnsOf(ranked)
  const tree = new Int32Array(ranked.values.y + 1)
  const at = new Int32Array(ranked.values.y)
  return (weights) => {
    tree.fill(0)
    at.fill(0)
    let [total, tiesX, tiesY, concordantLess] = [0, 0, 0, 0]
    for (let start = 0, end = 0; start < n; start = end) {
      let here = 0
      for (end = start; end < n && x[end] === x[start]; end++) {
        const weight = weights[of[end]!]!
        if (weight === 0)
          continue
        here += weight
        // Those before with smaller y count for, those with greater y against.
        concordantLess += weight * (2 * upTo(tree, y[end]!) + at[y[end]!]! - total)
      }
      for (let i = start; i < end; i++) {
        const weight = weights[of[i]!]!
        if (weight === 0)
          continue
        tiesY += weight * at[y[i]!]! + weight * (weight - 1) / 2
        at[y[i]!]! += weight
        add(tree, y[i]!, weight)
      }
      total += here
      tiesX += here * (here - 1) / 2
    }
    const all = total * (total - 1) / 2
    const untied = (all - tiesX) * (all - tiesY)
    return untied > 0 ? concordantLess / Math.sqrt(untied) : undefined
  }
}

/** Σ of what was added at places below. */
function upTo(tree: Int32Array, place: number): number {
  let sum = 0
  for (let i = place; i > 0; i &= i - 1)
    sum += tree[i]!
  return sum
}

function add(tree: Int32Array, place: number, weight: number): void {
  for (let i = place + 1; i < tree.length; i += i & -i)
    tree[i]! += weight
}

function weightedRho(ranked: Ranked): Weighted {
  const { n, x, y, of } = columnsOf(ranked)
  const [ranksX, ranksY] = [new Float64Array(ranked.values.x), new Float64Array(ranked.values.y)]
  return (weights) => {
    ranksX.fill(0)
    ranksY.fill(0)
    for (let i = 0; i < n; i++) {
      ranksX[x[i]!]! += weights[of[i]!]!
      ranksY[y[i]!]! += weights[of[i]!]!
    }
    const total = ranksX.reduce((sum, weight) => sum + weight, 0)
    const spread = Math.sqrt(toCentredRanks(ranksX, total) * toCentredRanks(ranksY, total))
    let product = 0
    for (let i = 0; i < n; i++)
      product += weights[of[i]!]! * ranksX[x[i]!]! * ranksY[y[i]!]!
    return spread > 0 ? Math.max(-1, Math.min(1, product / spread)) : undefined
  }
}

/** Writes mean ranks less their mean over the weights of distinct values. @returns their weighted sum of squares */
function toCentredRanks(weights: Float64Array, total: number): number {
  let [below, squares] = [0, 0]
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!
    const centred = below + (weight - total) / 2
    squares += weight * centred * centred
    below += weight
    weights[i] = centred
  }
  return squares
}
