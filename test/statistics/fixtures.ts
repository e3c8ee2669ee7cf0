import type { Zeros } from '@shared/statistics/signed-ranks'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** n, W+, then p for greater, less and two-sided. */
type Tested = [n: number, statistic: number, greater: number, less: number, twoSided: number] | null
/** An end of an interval and whether it belongs to it. */
type End = [value: number, included: boolean] | null

/** What `test/reference/statistics/make_fixtures.py` computed by other means. */
interface Fixtures {
  readonly signedRank: readonly [differences: number[], wilcoxon: Tested, pratt: Tested][]
  /** At 5 %, each way: two-sided, one-sided; then p of a margin. */
  readonly intervals: readonly [differences: number[], estimate: number, twoSided: [End, End], oneSided: [End, End], margin: [numerator: number, denominator: number], p: [worse: number, better: number]][]
  readonly scipyWilcoxon: readonly [differences: number[], zeros: Zeros, method: 'exact' | 'normal', greater: number, less: number, twoSided: number][]
  readonly signTest: readonly [n: number, positive: number, greater: number, less: number, twoSided: number][]
  readonly correlations: readonly [x: number[], y: number[], tau: number, p: number, rho: number, p: number][]
  readonly benjaminiHochberg: readonly [ps: number[], adjusted: number[]][]
}

export const fixtures = JSON.parse(readFileSync(join(import.meta.dirname, '../reference/statistics/fixtures.json'), 'utf8')) as Fixtures
