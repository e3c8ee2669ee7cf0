import type { ComparisonPair, ComparisonRun, Measured } from './pair'
import type { Summary } from './summary'
import { integer, plural } from '../words'

/** What two runs say of a measure beside each other. */
export type Outcome
  = | { readonly kind: 'complete', readonly first: Measured, readonly second: Measured }
    /** Training left the finite numbers in one or both, neither of which is open or failed; null where that is no worse than the other: in differences of differences. */
    | { readonly kind: 'diverged', readonly which: 'first' | 'second' | 'both' | null }
    | { readonly kind: typeof silent[number] }

/** Why two runs say nothing; where they differ in that, the first of these that is true. */
export const silent = ['failed', 'cancelled', 'unfinished', 'unmeasured'] as const

/** What two runs say of a measure once both have ended: of a pair dense first, then sparse. */
export function outcomeOf(first: ComparisonRun, second: ComparisonRun, measure: string, summary: Summary): Outcome {
  const kinds = [first, second].map(kindOf)
  const why = silent.find(kind => kinds.includes(kind as never))
  if (why)
    return { kind: why }
  const [isFirst, isSecond] = kinds.map(kind => kind === 'diverged')
  if (isFirst || isSecond)
    return { kind: 'diverged', which: isFirst && isSecond ? 'both' : isFirst ? 'first' : 'second' }
  const [ofFirst, ofSecond] = [first, second].map(run => run.measured(measure, summary))
  return ofFirst && ofSecond ? { kind: 'complete', first: ofFirst, second: ofSecond } : { kind: 'unmeasured' }
}

function kindOf({ state }: ComparisonRun): 'done' | 'diverged' | 'failed' | 'cancelled' | 'unfinished' {
  return state === 'waiting' || state === 'running' ? 'unfinished' : state
}

/** How many there are of each outcome, and what is dead among the complete ones. */
export interface Counts {
  /** Pairs, or of a contrast of treatments pairs of pairs. */
  readonly pairs: number
  readonly complete: number
  readonly diverged: number
  readonly failed: number
  readonly cancelled: number
  readonly unfinished: number
  readonly unmeasured: number
  /** Complete ones with a side that ended finite but dead; they are kept. */
  readonly collapsed: { readonly dense: number, readonly sparse: number }
  /** Distinct ones among the complete pairs. */
  readonly capacities: number
  readonly seeds: number
}

export function countOutcomes(found: readonly { readonly pairs: readonly ComparisonPair[], readonly outcome: Outcome }[]): Counts {
  const complete = found.filter(({ outcome }) => outcome.kind === 'complete').map(({ pairs }) => pairs)
  const count = (kind: Outcome['kind']): number => found.filter(({ outcome }) => outcome.kind === kind).length
  const dead = (side: 'dense' | 'sparse'): number => complete.filter(pairs => pairs.some(({ [side]: run }) => run.isCollapsed())).length
  return {
    pairs: found.length,
    complete: complete.length,
    diverged: count('diverged'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    unfinished: count('unfinished'),
    unmeasured: count('unmeasured'),
    collapsed: { dense: dead('dense'), sparse: dead('sparse') },
    capacities: new Set(complete.map(([pair]) => pair!.capacity)).size,
    seeds: new Set(complete.map(([pair]) => pair!.seed)).size,
  }
}

/** "117 of 120 pairs complete, 2 diverged, 1 unfinished; collapsed, and kept: 3 dense, 1 sparse"; what is 0 or not counted is not said. */
export function outcomesInWords({ pairs, complete, collapsed, ...lost }: Pick<Counts, 'pairs' | 'complete'> & Partial<Counts>): string {
  const said = (['diverged', ...silent] as const).flatMap(kind => lost[kind] ? [`, ${integer(lost[kind])} ${kind}`] : []).join('')
  const dead = collapsed ? (['dense', 'sparse'] as const).flatMap(side => collapsed[side] ? [`${integer(collapsed[side])} ${side}`] : []) : []
  return `${integer(complete)} of ${plural(pairs, 'pair')} complete${said}${dead.length ? `; collapsed, and kept: ${dead.join(', ')}` : ''}`
}
