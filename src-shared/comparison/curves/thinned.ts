/** Columns of numbers over one another's places, null where there is none. */
export type Column = readonly (number | null)[]

/**
 * Which points of long curves are enough to draw them: in each of equally wide buckets of the horizontal axis those of
 * every column's lowest and highest value, so that no spike is lost, and a gap where there is one; both ends. All points
 * where there are no more than two a bucket.
 * @returns their indices, in order
 */
export function thinned(xs: Column, columns: readonly Column[], { from, to, buckets }: { readonly from: number, readonly to: number, readonly buckets: number }): number[] {
  const all = xs.map((_, i) => i)
  if (xs.length <= 2 * buckets)
    return all
  const kept = new Set([0, xs.length - 1])
  const width = (to - from) / buckets
  let bucket = 0
  const bucketOf = (i: number): number => {
    // What has no place stays with what came before.
    const x = xs[i]
    return x === null || x === undefined ? bucket : Math.min(buckets - 1, Math.max(0, Math.floor((x - from) / width)))
  }
  for (let begin = 0, end = 0; begin < xs.length; begin = end) {
    bucket = bucketOf(begin)
    for (end = begin + 1; end < xs.length && bucketOf(end) === bucket; end++);
    for (const column of columns)
      keepExtremes(column, begin, end, kept)
  }
  return all.filter(i => kept.has(i))
}

function keepExtremes(column: Column, begin: number, end: number, kept: Set<number>): void {
  let [low, high, gap] = [-1, -1, -1]
  for (let i = begin; i < end; i++) {
    const value = column[i]
    if (value === null || value === undefined) {
      gap = gap < 0 ? i : gap
      continue
    }
    if (low < 0 || value < column[low]!)
      low = i
    if (high < 0 || value > column[high]!)
      high = i
  }
  for (const i of [low, high, gap]) {
    if (i >= 0)
      kept.add(i)
  }
}
