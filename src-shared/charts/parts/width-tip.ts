import type { Spread } from '../../statistics/spread'
import type { Scale } from './scale'
import type { Shown } from './shown'
import type { Centre, WidthCell, WidthFacet, WidthRows } from './width-rows'
import { spreadWords } from '../../statistics/spread'
import { decimal, withSd } from './numbers'
import { shown } from './shown'
import { tipTable } from './tooltip'

/** A tooltip that lists more would cover the chart. */
const LISTED = 8

/** The cell of the panel and the width that the pointer is at, or nothing. */
export function widthTip(rows: WidthRows, facets: readonly WidthFacet[], x: Scale, found: unknown): string {
  const { axisIndex = -1, axisValue } = (Array.isArray(found) ? found[0] : found) as { axisIndex?: number, axisValue?: unknown } | undefined ?? {}
  const facet = facets[axisIndex]
  if (!facet || facet.cells.length === 0)
    return ''
  const distance = ({ capacity }: WidthCell): number => Math.abs(x.place(capacity) - Number(axisValue))
  return cellTip(rows, facet, facet.cells.reduce((nearest, other) => distance(other) < distance(nearest) ? other : nearest))
}

/** A cell's mean and spread, and its single pairs, in the digits of the table of cells. */
function cellTip({ measure, spread }: WidthRows, { title }: WidthFacet, { capacity, counts: { complete, pairs: all }, dense, sparse, difference, pairs }: WidthCell): string {
  const value = shown(measure)
  const unit = (of: string): string => of === '' ? '' : `, ${of}`
  const single = pairs.slice(0, LISTED).map(({ seed, dense, sparse }) => [`seed ${seed}`, ...[dense, sparse, sparse - dense].map(one => value.said(value.of(one)))])
  return tipTable(
    `${[...title === '' ? [] : [title], `W = ${capacity}`].join(', ')}, n = ${complete}${complete < all ? ` of ${all}` : ''}`,
    ['', `dense${unit(value.unit)}`, `sparse${unit(value.unit)}`, `sparse − dense${unit(value.differenceUnit)}`],
    [[spreadWords[spread].short, ...[dense, sparse, difference].map(centre => centreInWords(centre, spread, value))], ...single],
    pairs.length - LISTED,
  )
}

/** "86.1 ± 0.4" or "86.1 [85.3, 86.9]" in the unit of a chart; a lone value without the spread that it has not. */
export function centreInWords({ mean, low, high }: Centre, spread: Spread, { of, said, isShare }: Pick<Shown, 'of' | 'said' | 'isShare'>): string {
  if (mean === null)
    return '–'
  if (low === null || high === null)
    return said(of(mean))
  if (spread === 'interval' || spread === 'range')
    return `${said(of(mean))} [${said(of(low))}, ${said(of(high))}]`
  return isShare ? `${said(of(mean))} ± ${decimal(of(high) - of(mean), 1)}` : withSd(of(mean), of(high) - of(mean))
}
