import type { SeriesOption } from 'echarts'
import type { Chart } from '.'
import type { MeanCurve } from '../contract/rows'
import type { LineLooks } from './parts/line-looks'
import type { Entry } from './parts/pieces'
import type { MeanCurveRows } from './parts/rows'
import type { Scale } from './parts/scale'
import type { Shown } from './parts/shown'
import type { Look, Theme } from './parts/theme'
import type { Twin } from './parts/twin'
import { overN, runsFinished, sentence } from './parts/captions'
import { faded } from './parts/colours'
import { lineLooks } from './parts/line-looks'
import { band, curve } from './parts/marks'
import { withSd } from './parts/numbers'
import { frame } from './parts/pieces'
import { counted } from './parts/scale'
import { shown } from './parts/shown'
import { linkedTooltip, tipTable } from './parts/tooltip'
import { layScaled, sides, threshold, ticksFor, twinAxes } from './parts/twin'

/** With more curves in a panel, bands would hide them. */
const BANDS = 4
/** A tooltip that lists more would cover the chart. */
const LISTED = 12
/** Where fewer runs have a value than elsewhere on the curve. */
const FAINT = 0.4

interface Layout {
  readonly measure: Shown
  readonly x: Scale
  readonly y: Scale
  readonly looks: LineLooks
  readonly bands: boolean
  readonly twin: Twin
}

export default {
  id: 'mean-curves',
  title: 'Mean curves',
  draws: 'meanCurves',
  measures: ['test.accuracy.subset', 'test.loss.subset', 'train.loss', 'egf1', 'egf2'],

  height: (rows, look) => lay(rows, look).twin.height,

  option(rows, look) {
    const { theme } = look
    const layout = lay(rows, look)
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      ...twinAxes(layout.twin, layout.x, layout.y, theme),
      series: [...rows.curves.flatMap(one => seriesOf(one, layout, theme)), frame([...layout.twin.pieces, ...threshold(layout.twin, layout.y, theme)])],
      ...linkedTooltip(theme, epoch => tip(rows, epoch)),
    }
  },

  table({ measure, curves }) {
    const { storedUnit } = shown(measure)
    return {
      columns: [
        { name: 'treatment', unit: '' },
        { name: 'dense width W', unit: 'units' },
        { name: 'side', unit: '' },
        { name: 'epoch', unit: 'epochs' },
        { name: `mean of ${measure}`, unit: storedUnit },
        { name: `sd of ${measure}`, unit: storedUnit },
        { name: 'n', unit: 'runs' },
      ],
      rows: curves.flatMap(({ treatment, capacity, side, epochs, mean, sd, n }) => epochs.map((epoch, i) => [treatment, capacity, side, epoch, mean[i]!, sd[i]!, n[i]!])),
    }
  },

  caption: ({ measure, curves, pairs }) => sentence(
    `${shown(measure).label} over epochs, dense left and sparse right, by treatment and dense width W, mean ± sd over ${overN(curves.flatMap(({ n }) => n), 'seed')}: ${runsFinished(pairs)}`,
  ),
} satisfies Chart<'meanCurves'>

function lay(rows: MeanCurveRows, look: Look): Layout {
  const { theme } = look
  const measure = shown(rows.measure)
  const treatments = distinct([...rows.cells, ...rows.curves].map(({ treatment }) => treatment))
  const capacities = distinct([...rows.cells, ...rows.curves].flatMap(({ capacity }) => capacity ?? [])).sort((a, b) => a - b)
  const looks = lineLooks(treatments, capacities, theme)
  const bands = treatments.length * capacities.length <= BANDS
  const values = rows.curves.flatMap(({ mean, sd }) => mean.flatMap((value, i) =>
    bands && sd[i] !== null ? [measure.of(value), measure.of(value) + measure.of(sd[i])] : [measure.of(value)]))
  const entries: Entry[] = [
    ...looks.entries,
    ...bands && rows.curves.some(({ sd }) => sd.some(value => value !== null)) ? [{ kind: 'band', text: '± sd', colour: faded(theme.muted, 0.25) } as const] : [],
    ...rows.curves.some(({ n }) => isPartial(n)) ? [{ kind: 'note', text: 'faint where fewer runs have a value' } as const] : [],
  ]
  const last = Math.max(1, ...rows.pairs.flatMap(({ dense, sparse }) => [dense.epochs, sparse.epochs]), ...rows.curves.map(({ epochs }) => epochs.at(-1) ?? 0))
  const { y, twin } = layScaled(look, { measure, values, entries, last })
  return { measure, looks, bands, y, twin, x: counted(last, ticksFor(twin.boxes.dense.width, theme)) }
}

function seriesOf({ epochs, mean, sd, n, ...cell }: MeanCurve, { measure, looks, bands, y }: Layout, theme: Theme): SeriesOption[] {
  const values = mean.map(measure.of)
  const most = Math.max(...n)
  const partial = (i: number): boolean => n[i] !== undefined && n[i] > 0 && n[i] < most
  const name = `${cell.treatment}, W = ${cell.capacity}`
  const id = `${cell.side}/${cell.treatment}/${cell.capacity}`
  const panel = sides.indexOf(cell.side)
  const look = { name, panel, ...looks.of(cell) }
  const spread = (sign: 1 | -1): number[] => values.map((value, i) => value + sign * measure.of(sd[i]))
  return [
    ...bands ? [band(epochs, spread(-1), spread(1), y, { id: `${id}/sd`, panel, colour: look.colour, opacity: 0.16 })] : [],
    // Always there, mostly empty: a series must not go while the pointer is on it. It reaches to the whole points beside it.
    curve({ epochs, values: values.map((value, i) => partial(i - 1) || partial(i) || partial(i + 1) ? value : Number.NaN) }, y, { ...look, id: `${id}/partial`, opacity: FAINT }, theme),
    curve({ epochs, values: values.map((value, i) => partial(i) ? Number.NaN : value) }, y, { ...look, id }, theme),
  ]
}

function isPartial(n: readonly number[]): boolean {
  return n.some(count => count > 0 && count < Math.max(...n))
}

/** Every curve's mean ± sd at an epoch, dense beside sparse. */
function tip({ measure, curves }: MeanCurveRows, epoch: number): string {
  const { label, unit, of } = shown(measure)
  const cells = Map.groupBy(curves, ({ treatment, capacity }) => `${treatment}, W = ${capacity}`)
  const at = (ofCell: readonly MeanCurve[], side: MeanCurve['side']): string => {
    const found = ofCell.find(one => one.side === side)
    const i = found ? found.epochs.indexOf(epoch) : -1
    return found && i >= 0 ? `${withSd(of(found.mean[i]), of(found.sd[i]))} (${found.n[i]})` : '–'
  }
  const rows = [...cells].map(([name, ofCell]) => [name, at(ofCell, 'dense'), at(ofCell, 'sparse')])
  return tipTable(`${label}${unit ? `, ${unit}` : ''}, epoch ${epoch}`, ['', 'dense (n)', 'sparse (n)'], rows.slice(0, LISTED), rows.length - LISTED)
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
