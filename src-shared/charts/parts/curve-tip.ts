import type { CurveGroup, Curves, SideCurve } from '../../comparison/panels/curves'
import type { Shown } from './shown'
import { facetInWords } from '../../comparison/facets'
import { integer } from '../../words'
import { orderedName } from './curve-layout'
import { decimal, measured } from './numbers'
import { placesOf } from './places'
import { shown } from './shown'
import { tipTable } from './tooltip'

/** A tooltip that lists more would cover the chart. */
const LISTED = 12

/** Every group's value at a place, dense beside sparse: at the last epoch up to there, which is said where it is another. */
export function curveTip(rows: Curves, at: number): string {
  const measure = shown(rows.measure)
  const { label, unit } = measure
  const groups = rows.facets.flatMap(facet => facet.groups.map(group => ({ facet, group })))
  const lines = groups.slice(0, LISTED).map(({ facet, group }) => [
    [facetInWords(facet), group.name, ...group.ordered === null ? [] : [orderedName(rows.orderedBy)(group.ordered)]].filter(Boolean).join(', '),
    ...(['dense', 'sparse'] as const).map(side => valueAt(group, side, at, rows, measure)),
  ])
  return tipTable(`${label}${unit ? `, ${unit}` : ''}, ${placeInWords(rows, at)}`, ['', 'dense (n)', 'sparse (n)'], lines, groups.length - LISTED)
}

function placeInWords({ x }: Curves, at: number): string {
  if (x === 'epoch')
    return `epoch ${integer(Math.round(at))}`
  const { name, unit } = placesOf(x, at)
  return `${name.replace(/, .*/, '')} ${measured(at / unit)}${name.includes(',') ? ` ${name.replace(/.*, /, '')}` : ''}`
}

function valueAt({ curves }: CurveGroup, side: SideCurve['side'], at: number, rows: Curves, measure: Shown): string {
  const curve = curves.find(one => one.side === side)
  const i = curve ? indexAt(curve.xs ?? curve.epochs, at) : -1
  if (!curve || i < 0 || curve.centre[i] === null)
    return '–'
  const epoch = curve.epochs[i]!
  const where = rows.x === 'epoch' && epoch === Math.round(at) ? '' : `, epoch ${integer(epoch)}`
  return `${saying(curve, i, rows, measure)} (${curve.n[i]}${where})`
}

/** The last one at or before a place; none before the first or after the last. */
function indexAt(xs: readonly (number | null)[], at: number): number {
  const last = xs.findLastIndex(x => x !== null)
  // Places come back from units that divide no number exactly.
  const reached = at * (1 + 1e-9) + 1e-9
  return last < 0 || at > xs[last]! * (1 + 1e-9) ? -1 : xs.findLastIndex(x => x !== null && x <= reached)
}

function saying({ centre, low, high }: SideCurve, i: number, rows: Curves, { of, isShare }: Shown): string {
  const say = (value: number): string => isShare ? decimal(value, 1) : measured(value)
  const [middle, down, up] = [of(centre[i]), of(low?.[i]), of(high?.[i])]
  if (!Number.isFinite(down) || !Number.isFinite(up))
    return say(middle)
  return rows.centre === 'mean' && rows.band !== 'range' ? `${say(middle)} ± ${say(up - middle)}` : `${say(middle)} [${say(down)}, ${say(up)}]`
}
