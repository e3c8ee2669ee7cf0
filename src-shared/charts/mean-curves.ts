import type { SeriesOption } from 'echarts'
import type { Chart } from '.'
import type { MeanCurve } from '../contract/rows'
import type { Side } from '../random/stream'
import type { LineLooks } from './parts/line-looks'
import type { Line } from './parts/marks'
import type { Entry } from './parts/pieces'
import type { MeanCurveRows } from './parts/rows'
import type { Scale } from './parts/scale'
import type { Shown } from './parts/shown'
import type { Look } from './parts/theme'
import type { Twin } from './parts/twin'
import { BEGINS_BELOW, overN, runsFinished, sentence } from './parts/captions'
import { faded } from './parts/colours'
import { BEHIND, groupLine, isPartial, PARTIAL_NOTE } from './parts/group-line'
import { capacityName, lineLooks } from './parts/line-looks'
import { decimal, withSd } from './parts/numbers'
import { frame } from './parts/pieces'
import { counted } from './parts/scale'
import { axisName, beginsBelow, scaleFor, shown } from './parts/shown'
import { linkedTooltip, tipTable } from './parts/tooltip'
import { beginnings, layScaled, sides, threshold, ticksFor, twinAxes } from './parts/twin'

/** Bands are drawn of up to so many curves in a panel: more would hide them. */
const BANDS = 4
/** A tooltip that lists more would cover the chart. */
const LISTED = 12
interface Layout {
  readonly measure: Shown
  readonly x: Scale
  readonly y: Scale
  /** The means of each side. */
  readonly lines: Readonly<Record<Side, readonly Line[]>>
  readonly looks: LineLooks
  readonly bands: boolean
  readonly twin: Twin
}

export default {
  id: 'mean-curves',
  title: rows => axisName(shown(rows.measure), scaleFor(shown(rows.measure), linesOf(rows).all)),
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
      series: [...drawn(rows).flatMap(one => seriesOf(one, layout, look)), frame([...layout.twin.pieces, ...threshold(layout.twin, layout.y, theme), ...beginnings(layout.twin, layout.lines, layout.y, theme)])],
      ...linkedTooltip(theme, epoch => tip(rows, epoch)),
    }
  },

  table(rows) {
    const { measure } = rows
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
      rows: drawn(rows).flatMap(({ treatment, capacity, side, epochs, mean, sd, n }) => epochs.map((epoch, i) => [treatment, capacity ?? 'all', side, epoch, mean[i]!, sd[i]!, n[i]!])),
    }
  },

  caption: (rows) => {
    const { measure, capacity, pairs } = rows
    const of = capacity === undefined ? ' and dense width W' : capacity === null ? ', over all dense widths W' : ` at ${capacityName(capacity)}`
    const what = capacity === null ? 'run' : 'seed'
    const { all } = linesOf(rows)
    const isBelow = all.some(line => beginsBelow(line, scaleFor(shown(measure), all)))
    return sentence(`${shown(measure).label} over epochs, dense left and sparse right, by treatment${of}, mean ± sd over ${overN(drawn(rows).flatMap(({ n }) => n), what)}: ${runsFinished(pairs)}${isBelow ? BEGINS_BELOW : ''}`)
  },
} satisfies Chart<'meanCurves'>

function hasBands(rows: MeanCurveRows): boolean {
  return cellsOf(rows).length <= BANDS
}

/** The treatments and capacities that have a curve, or will. */
function cellsOf({ cells, curves, capacity: one }: MeanCurveRows): string[] {
  return distinct([...cells.filter(({ capacity }) => one === undefined ? capacity !== null : capacity === one), ...curves].map(({ treatment, capacity }) => JSON.stringify([treatment, capacity])))
}

/** Means by side, and all that an axis must show: one deviation above them too where that is drawn. */
function linesOf(rows: MeanCurveRows): { means: Readonly<Record<Side, readonly Line[]>>, all: readonly Line[] } {
  const { of } = shown(rows.measure)
  const lines = drawn(rows).map(({ side, epochs, mean, sd }) => ({ side, epochs, values: mean.map(of), high: mean.map((value, i) => of(value) + of(sd[i])) }))
  return {
    means: { dense: lines.filter(({ side }) => side === 'dense'), sparse: lines.filter(({ side }) => side === 'sparse') },
    all: [...lines, ...hasBands(rows) ? lines.map(({ epochs, high }) => ({ epochs, values: high })) : []],
  }
}

function lay(rows: MeanCurveRows, look: Look): Layout {
  const { theme } = look
  const measure = shown(rows.measure)
  const treatments = distinct([...rows.cells, ...rows.curves].map(({ treatment }) => treatment))
  const capacities = rows.capacity === undefined ? distinct([...rows.cells, ...rows.curves].flatMap(({ capacity }) => capacity ?? [])).sort((a, b) => a - b) : []
  const looks = lineLooks(treatments, capacities, theme)
  const isDrawn = (text: string): boolean => !rows.treatments || rows.treatments.includes(text) || !treatments.includes(text)
  const bands = hasBands(rows)
  const { means, all } = linesOf(rows)
  const entries: Entry[] = [
    ...looks.entries.filter(({ text }) => isDrawn(text)),
    ...bands && drawn(rows).some(({ sd }) => sd.some(value => value !== null)) ? [{ kind: 'band', text: '± sd', colour: faded(theme.muted, 0.25) } as const] : [],
    ...drawn(rows).some(({ n }) => isPartial(n)) ? [PARTIAL_NOTE] : [],
  ]
  const last = Math.max(1, ...rows.pairs.flatMap(({ dense, sparse }) => [dense.epochs, sparse.epochs]), ...rows.curves.map(({ epochs }) => epochs.at(-1) ?? 0))
  const { y, twin } = layScaled(look, { measure, lines: all, entries, last })
  return { measure, lines: means, looks, bands, y, twin, x: counted(last, ticksFor(twin.boxes.dense.width, theme)) }
}

/** The curves of the treatments that are picked. */
function drawn({ curves, treatments }: MeanCurveRows): readonly MeanCurve[] {
  return treatments ? curves.filter(({ treatment }) => treatments.includes(treatment)) : curves
}

function seriesOf({ epochs, mean, sd, n, ...cell }: MeanCurve, { measure, looks, bands, y }: Layout, { theme, highlight }: Look): SeriesOption[] {
  const values = mean.map(measure.of)
  const spread = (sign: 1 | -1): number[] => values.map((value, i) => value + sign * measure.of(sd[i]))
  const shade = highlight === undefined || [cell.treatment, capacityName(cell.capacity)].includes(highlight) ? 1 : BEHIND
  const id = `${cell.side}/${cell.treatment}/${cell.capacity ?? 'all'}`
  return groupLine({ epochs, values, n, ...bands && { band: { id: `${id}/sd`, low: spread(-1), high: spread(1) } } }, y, { id, name: cellName(cell), panel: sides.indexOf(cell.side), shade, ...looks.of(cell) }, theme)
}

function cellName({ treatment, capacity }: Pick<MeanCurve, 'treatment' | 'capacity'>): string {
  return `${treatment}, ${capacityName(capacity)}`
}

/** Every curve's mean ± sd at an epoch, dense beside sparse. */
function tip(rows: MeanCurveRows, epoch: number): string {
  const { measure } = rows
  const curves = drawn(rows)
  const { label, unit, of, isShare } = shown(measure)
  const saying = (mean: number, sd: number): string => isShare && Number.isFinite(mean) ? `${decimal(mean, 1)}${Number.isFinite(sd) ? ` ± ${decimal(sd, 1)}` : ''}` : withSd(mean, sd)
  const cells = Map.groupBy(curves, cellName)
  const at = (ofCell: readonly MeanCurve[], side: MeanCurve['side']): string => {
    const found = ofCell.find(one => one.side === side)
    const i = found ? found.epochs.indexOf(epoch) : -1
    return found && i >= 0 ? `${saying(of(found.mean[i]), of(found.sd[i]))} (${found.n[i]})` : '–'
  }
  const lines = [...cells].map(([name, ofCell]) => [name, at(ofCell, 'dense'), at(ofCell, 'sparse')])
  return tipTable(`${label}${unit ? `, ${unit}` : ''}, epoch ${epoch}`, ['', 'dense (n)', 'sparse (n)'], lines.slice(0, LISTED), lines.length - LISTED)
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
