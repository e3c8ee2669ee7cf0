import type { MaybeP } from './many'
import type { Alternative } from './wilcoxon'

/** The smallest p that an exact signed-rank or sign test of n non-zero pairs can give: 2⁻ⁿ, twice that two-sided. */
export function smallestP(n: number, alternative: Alternative = 'greater'): number {
  return alternative === 'two-sided' ? Math.min(1, 2 ** (1 - n)) : 2 ** -n
}

/**
 * How many non-zero pairs one cell needs so that anything can be significant at α: the smallest n with
 * m · (smallest p) ≤ α. Under Holm m is the number of cells; without correction 1.
 * @throws RangeError for an α that is not between 0 and 1, or fewer than one cell
 */
export function pairsNeeded({ alpha = 0.05, cells = 1, alternative = 'greater' }: { alpha?: number, cells?: number, alternative?: Alternative } = {}): number {
  checkAlpha(alpha)
  if (!(cells >= 1))
    throw new RangeError(`pairs are needed for one cell or more, not for ${cells}`)
  let n = 1
  while (cells * smallestP(n, alternative) > alpha)
    n++
  return n
}

/** A cell that is tested: how many pairs are not zero, and its p. */
export interface TestedCell {
  readonly n: number
  readonly p: MaybeP
}

/**
 * Each cell's p adjusted by Holm, were its own the smallest that its n pairs can give and did the others keep theirs.
 * 1 for a cell without a p.
 */
export function smallestUnderHolm(cells: readonly TestedCell[], alternative: Alternative = 'greater'): number[] {
  const ascending = cells.flatMap(({ p }) => p === null ? [] : [p]).sort((a, b) => a - b)
  const m = ascending.length
  // Adjusted p of what stands before place k. A cell's own p is not among them, as it is no smaller than its smallest.
  const before = [0]
  for (const [i, p] of ascending.entries())
    before.push(Math.max(before[i]!, Math.min(1, (m - i) * p)))
  return cells.map(({ n, p }) => {
    if (p === null)
      return 1
    const smallest = smallestP(n, alternative)
    const place = firstAtLeast(ascending, smallest)
    return Math.max(before[place]!, Math.min(1, (m - place) * smallest))
  })
}

/** Which cells cannot be significant under Holm whatever their pairs had shown, given the p of the others. */
export function cannotReach(cells: readonly TestedCell[], { alpha = 0.05, alternative = 'greater' }: { alpha?: number, alternative?: Alternative } = {}): boolean[] {
  checkAlpha(alpha)
  return smallestUnderHolm(cells, alternative).map(p => p > alpha)
}

/** @throws RangeError for an α that is not between 0 and 1 */
export function checkAlpha(alpha: number): void {
  if (!(alpha > 0 && alpha < 1))
    throw new RangeError(`alpha is between 0 and 1, not ${alpha}`)
}

function firstAtLeast(ascending: readonly number[], value: number): number {
  const place = ascending.findIndex(p => p >= value)
  return place < 0 ? ascending.length : place
}
