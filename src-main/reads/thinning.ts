import type { Point } from '../store/measurements'

/** Ranges of epochs are not fewer than this, however many curves there are. */
const LEAST_RANGES = 10

/**
 * The epochs at which long curves are shown, all at the same ones, so that they can be compared there: of each range of
 * epochs those of every curve's lowest and highest point, so that no spike is lost, and each curve's ends; about
 * `points` of them, or all epochs where there are no more.
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
    ...[...Map.groupBy(curve, ({ epoch }) => Math.floor(epoch / width)).values()].flatMap(extremes),
  ].map(({ epoch }) => epoch)))
  return epoch => shown.has(epoch)
}

/** The lowest and the highest point; any where none is finite: its gap is shown. */
function extremes(range: readonly Point[]): Point[] {
  const finite = range.filter(({ value }) => Number.isFinite(value))
  const from = finite.length ? finite : range
  return [
    from.reduce((lowest, point) => point.value < lowest.value ? point : lowest),
    from.reduce((highest, point) => point.value > highest.value ? point : highest),
  ]
}

/** One curve minus another, at the epochs that both have. */
export function difference(curve: readonly Point[], from: readonly Point[]): Point[] {
  const values = new Map(from.map(({ epoch, value }) => [epoch, value]))
  return curve.flatMap(({ epoch, value }) => values.has(epoch) ? [{ epoch, value: value - values.get(epoch)! }] : [])
}
