import type { Point } from '../store/measurements'

/** Ranges of epochs are not fewer than this, however many curves there are. */
const LEAST_RANGES = 10

/**
 * The epochs at which long curves are shown, all at the same ones, so that they can be compared there: of each range of
 * epochs those of every curve's lowest and highest point, so that no spike is lost, and the first that is not finite, so
 * that no gap is; and each curve's ends. About `points` of them, or all epochs where there are no more.
 */
export function shownEpochs(curves: readonly (readonly Point[])[], points: number): (epoch: number) => boolean {
  const last = Math.max(0, ...curves.map(curve => curve.at(-1)?.epoch ?? 0))
  if (last < points)
    return () => true
  const ranges = Math.max(LEAST_RANGES, Math.floor(points / 2 / curves.length))
  const width = Math.ceil((last + 1) / ranges)
  const shown = new Set(curves.flatMap(curve => [
    ...curve.slice(0, 1),
    ...curve.slice(-1),
    ...extremes(curve, width),
  ].map(({ epoch }) => epoch)))
  return epoch => shown.has(epoch)
}

/** Of each range of so many epochs the lowest and the highest point, and the first that is not finite. */
function extremes(curve: readonly Point[], width: number): Point[] {
  const found: Point[] = []
  for (let i = 0; i < curve.length;) {
    const end = (Math.floor(curve[i]!.epoch / width) + 1) * width
    let [lowest, highest, gap]: (Point | undefined)[] = []
    for (; i < curve.length && curve[i]!.epoch < end; i++) {
      const point = curve[i]!
      if (!Number.isFinite(point.value)) {
        gap ??= point
        continue
      }
      if (!lowest || point.value < lowest.value)
        lowest = point
      if (!highest || point.value > highest.value)
        highest = point
    }
    found.push(...[lowest, highest, gap].filter(point => point !== undefined))
  }
  return found
}

/** One curve minus another, at the epochs that both have. */
export function difference(curve: readonly Point[], from: readonly Point[]): Point[] {
  const values = new Map(from.map(({ epoch, value }) => [epoch, value]))
  return curve.flatMap(({ epoch, value }) => values.has(epoch) ? [{ epoch, value: value - values.get(epoch)! }] : [])
}
