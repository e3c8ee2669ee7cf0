import type { Incomplete } from './cells'
import { incomplete } from './cells'

/**
 * What a run gives to a contrast: its value, or why it has none. Accuracies are counts of correct answers of one test set,
 * so that differences are whole numbers.
 */
export type RunValue = { readonly kind: 'finished', readonly value: number } | { readonly kind: Incomplete }

/** By what runs of two treatments are paired. */
export interface PairKey {
  readonly capacity: number
  readonly seed: number
}

export type TreatedRun = PairKey & { readonly run: RunValue }
export type TreatedPair = PairKey & { readonly dense: RunValue, readonly sparse: RunValue }

/** What differs between two treatments, pair by pair. */
export interface Contrast {
  readonly pairs: readonly (PairKey & { readonly difference: number })[]
  /** 'missing': only one of both treatments has it. Else what became of a run; of several the first in `incomplete`. */
  readonly leftOut: readonly (PairKey & { readonly why: 'missing' | Incomplete })[]
}

/**
 * The effect of a treatment within a side: the value under `to` less that under `from`, for each capacity and seed.
 * @throws RangeError where a treatment has a capacity and seed twice
 */
export function contrast(from: readonly TreatedRun[], to: readonly TreatedRun[]): Contrast {
  return contrastOf(from, to, ({ run }) => run)
}

/**
 * Whether a treatment does more for sparse networks than for dense ones: sparse - dense under `to` less the same under
 * `from`, for each capacity and seed.
 * @throws RangeError where a treatment has a capacity and seed twice
 */
export function differenceInDifferences(from: readonly TreatedPair[], to: readonly TreatedPair[]): Contrast {
  return contrastOf(from, to, ({ dense, sparse }) => difference(dense, sparse))
}

/** Second less first, or why there is none. */
function difference(first: RunValue, second: RunValue): RunValue {
  return first.kind === 'finished' && second.kind === 'finished'
    ? { kind: 'finished', value: second.value - first.value }
    : { kind: incomplete.find(kind => kind === first.kind || kind === second.kind)! }
}

function contrastOf<T extends PairKey>(from: readonly T[], to: readonly T[], valueOf: (treated: T) => RunValue): Contrast {
  const [before, after] = [byKey(from), byKey(to)]
  const compared = [...new Map([...before, ...after])].map(([key, { capacity, seed }]) => {
    const [first, second] = [before.get(key), after.get(key)]
    return { capacity, seed, result: first && second ? difference(valueOf(first), valueOf(second)) : { kind: 'missing' as const } }
  })
  return {
    pairs: compared.flatMap(({ result, ...key }) => result.kind === 'finished' ? [{ ...key, difference: result.value }] : []),
    leftOut: compared.flatMap(({ result, ...key }) => result.kind === 'finished' ? [] : [{ ...key, why: result.kind }]),
  }
}

function byKey<T extends PairKey>(treated: readonly T[]): Map<string, T> {
  const all = new Map<string, T>()
  for (const one of treated) {
    const key = JSON.stringify([one.capacity, one.seed])
    if (all.has(key))
      throw new RangeError(`a treatment has one run of each capacity and seed, and capacity ${one.capacity}, seed ${one.seed} comes twice: choose one of the settings that differ between them`)
    all.set(key, one)
  }
  return all
}
