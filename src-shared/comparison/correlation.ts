import type { Settings } from '../experiment/parameter'
import type { Side } from '../random/stream'
import type { Point } from '../statistics/correlation'
import type { ComparisonPair, ComparisonRun } from './pair'
import type { Summary } from './summary'
import { z } from 'zod'
import { kendallTauB, spearman } from '../statistics/correlation'
import { correlationInterval } from '../statistics/correlation-interval'

/** Kendall's tau-b, the same without its sign, Spearman's rho. */
export const coefficient = z.enum(['kendall', 'absolute', 'spearman'])
export type Coefficient = z.infer<typeof coefficient>

/** Of which side runs are: both together only where pooling is chosen. */
export const ofSide = z.enum(['dense', 'sparse', 'both'])
export type OfSide = z.infer<typeof ofSide>

/** Of fewer runs nothing can be said. */
export const LEAST_RUNS = 4

/** Of the bootstrap: intervals at this confidence. */
export const CONFIDENCE = 0.95

/** Intervals of fewer clusters are too narrow as a rule. Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90, 414-427. */
export const ENOUGH_CLUSTERS = 10

/** Drawing so many points takes about a second: more are drawn only where intervals are asked for. */
const USUAL_DRAWS = 2e7

/** A run of some pairs, with the first of them. */
export interface CorrelatedRun {
  readonly run: ComparisonRun
  readonly pair: ComparisonPair
}

/** What a run is in a scatter. */
export interface ClusteredPoint extends Point {
  /** Runs of one treatment and seed, whatever their capacity. */
  readonly cluster: string
}

/** What points say together. */
export type Correlated
  = | { readonly kind: 'few', readonly n: number }
    /** One of both numbers is the same in all runs. */
    | { readonly kind: 'constant', readonly n: number }
    | {
      readonly kind: 'correlated'
      /** Runs. */
      readonly n: number
      readonly clusters: number
      /** With its sign, also where the table shows it without: -1 .. 1. */
      readonly value: number
      /** Two-sided, if the runs were independent. */
      readonly p: number
      /** Bootstrap over clusters; null where it was not asked for, or there is only one cluster. */
      readonly interval: { readonly low: number, readonly high: number } | null
    }

/** The runs of a side of some pairs, each once however many pairs share it. */
export function runsOf(pairs: readonly ComparisonPair[], side: OfSide): CorrelatedRun[] {
  const sides: readonly Side[] = side === 'both' ? ['dense', 'sparse'] : [side]
  const once = new Map<string, CorrelatedRun>()
  for (const pair of pairs) {
    for (const one of sides) {
      if (!once.has(pair[one].id))
        once.set(pair[one].id, { run: pair[one], pair })
    }
  }
  return [...once.values()]
}

/** The number of a run that has finished; undefined where it was not measured, or not finite. */
export function valueOf({ state, measured }: ComparisonRun, measure: string, summary: Summary): number | undefined {
  const value = state === 'done' ? measured(measure, summary)?.value : undefined
  return value !== undefined && Number.isFinite(value) ? value : undefined
}

/**
 * Names the cluster of a run: its treatment and its seed. A treatment is known by its settings too, for experiments
 * name them alike ("base") that are not.
 */
export function clusterNames(): (run: CorrelatedRun) => string {
  const numbers = new Map<string, number>()
  const known = new Map<Settings, number>()
  const numberOf = (settings: Settings): number => {
    const found = known.get(settings)
    if (found !== undefined)
      return found
    const text = JSON.stringify(settings)
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    known.set(settings, number)
    return number
  }
  return ({ pair: { treatment, seed, dense, sparse } }) => `${seed} ${numberOf(dense.settings)} ${numberOf(sparse.settings)} ${treatment}`
}

/** @param resampling no interval if absent */
export function correlate(points: readonly ClusteredPoint[], coefficient: Coefficient, resampling?: { readonly seed: number, readonly resamples: number }): Correlated {
  const n = points.length
  if (n < LEAST_RUNS)
    return { kind: 'few', n }
  const [x, y] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const found = coefficient === 'spearman' ? spearman(x, y) : kendallTauB(x, y)
  if (!found)
    return { kind: 'constant', n }
  const clusters = [...Map.groupBy(points, ({ cluster }) => cluster).values()]
  const interval = resampling && correlationInterval(clusters, coefficient === 'spearman' ? 'spearman' : 'kendall', { ...resampling, confidence: CONFIDENCE })
  return {
    kind: 'correlated',
    n,
    clusters: clusters.length,
    value: 'tau' in found ? found.tau : found.rho,
    p: found.p,
    interval: interval ? { low: interval.low, high: interval.high } : null,
  }
}

/** Whether intervals take about a second or less: `draws` points in all resamples. */
export function areIntervalsQuick(draws: number): boolean {
  return draws <= USUAL_DRAWS
}

/** What |x| is for all x of an interval. */
export function absolute({ low, high }: { readonly low: number, readonly high: number }): { readonly low: number, readonly high: number } {
  const [a, b] = [Math.abs(low), Math.abs(high)]
  return { low: low <= 0 && high >= 0 ? 0 : Math.min(a, b), high: Math.max(a, b) }
}

/** How many runs there are, and why some of them say nothing. */
export interface RunCounts {
  readonly runs: number
  /** Finished with finite numbers. */
  readonly complete: number
  readonly diverged: number
  readonly failed: number
  readonly cancelled: number
  readonly unfinished: number
  /** Finished without what is correlated. */
  readonly unmeasured: number
  /** Complete ones that ended finite but dead; they are kept. */
  readonly collapsed: number
}

/** Of runs, each with whether it has what is correlated once it is finished. */
export function countRuns(runs: readonly { readonly run: ComparisonRun, readonly isMeasured: boolean }[]): RunCounts {
  const done = runs.filter(({ run }) => run.state === 'done')
  const complete = done.filter(({ isMeasured }) => isMeasured)
  const count = (...states: readonly ComparisonRun['state'][]): number => runs.filter(({ run }) => states.includes(run.state)).length
  return {
    runs: runs.length,
    complete: complete.length,
    diverged: count('diverged'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    unfinished: count('waiting', 'running'),
    unmeasured: done.length - complete.length,
    collapsed: complete.filter(({ run }) => run.isCollapsed()).length,
  }
}
