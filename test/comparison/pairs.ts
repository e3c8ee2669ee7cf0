import type { Splitting } from '@shared/comparison/facets'
import type { ComparisonPair, ComparisonRun, Measured } from '@shared/comparison/pair'
import type { Comparison } from '@shared/comparison/panel'
import type { Settings } from '@shared/experiment/parameter'
import type { Side } from '@shared/random/stream'
import { configure } from '@shared/experiment/parameters'

/** What a side says: correct answers of 1,000 on the whole test set, further measures, or that it ended otherwise. */
export type Ended = number | ({ readonly [measure: string]: number }) | 'diverged' | 'failed' | 'waiting' | 'collapsed'

export interface Made {
  readonly experiment?: string
  readonly levels?: Readonly<Record<string, string>>
  readonly settings?: Settings
  readonly capacity?: number
  readonly seed?: number
  readonly dense: Ended
  readonly sparse: Ended
}

export const TOTAL = 1000

let made = 0

/** A pair as comparisons see it. */
export function pairOf({ experiment = 'study', levels = {}, settings = {}, capacity = 12, seed = 1, dense, sparse }: Made): ComparisonPair {
  const place = made++
  return {
    experiment,
    position: place,
    treatment: Object.values(levels).join(' · ') || 'base',
    levels,
    capacity,
    seed,
    dense: runOf(2 * place + 1, 'dense', settings, dense),
    sparse: runOf(2 * place + 2, 'sparse', settings, sparse),
  }
}

function runOf(run: number, side: Side, settings: Settings, ended: Ended): ComparisonRun {
  const isDone = typeof ended !== 'string' || ended === 'collapsed'
  return {
    id: `r${run}`,
    run,
    side,
    state: isDone ? 'done' : ended,
    engine: 'native',
    settings: configure(settings),
    measured: measure => isDone ? valueOf(ended, measure) : undefined,
    isCollapsed: () => ended === 'collapsed',
  }
}

function valueOf(ended: Ended, measure: string): Measured | undefined {
  if (typeof ended === 'object') {
    const value = ended[measure]
    return value === undefined ? undefined : { value }
  }
  const correct = ended === 'collapsed' ? 100 : Number(ended)
  return measure === 'test.accuracy' ? { value: correct / TOTAL, correct, total: TOTAL } : undefined
}

/** A comparison of these pairs that nobody asks for curves. */
export function comparisonOf(pairs: readonly ComparisonPair[], splitting: Partial<Splitting> = {}): Comparison {
  return {
    facets: [],
    pooled: [],
    ...splitting,
    pairs,
    curves: { curves: unexpected, flops: unexpected },
  }
}

function unexpected(): never {
  throw new Error('no curves were expected to be read')
}
