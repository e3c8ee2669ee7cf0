import type { Chart } from '.'
import type { Box } from './parts/axes'
import type { Piece } from './parts/pieces'
import type { RunCurveRows } from './parts/rows'
import type { Scale } from './parts/scale'
import type { Look } from './parts/theme'
import { axisX, axisY, grid, whole } from './parts/axes'
import { sentence } from './parts/captions'
import { curve } from './parts/marks'
import { decimal, measured } from './parts/numbers'
import { frame, heading, words } from './parts/pieces'
import { counted, scaleOf } from './parts/scale'
import { shown } from './parts/shown'
import { textWidth } from './parts/text-width'
import { linkedTooltip, tipTable } from './parts/tooltip'
import { labelRoom, ticksFor, withThreshold } from './parts/twin'

/** What is below the panel, in font sizes. */
const BELOW = 2.9

interface Layout {
  readonly box: Box
  readonly x: Scale
  readonly y: Scale
  readonly pieces: readonly Piece[]
  readonly height: number
}

export default {
  id: 'run-curve',
  title: 'Curve of a run',
  draws: 'runCurve',
  measures: ['test.accuracy.subset', 'train.loss', 'egf2', 'gf2'],

  height: (rows, look) => lay(rows, look).height,

  option(rows, look) {
    const { theme } = look
    const { run: { side }, measure, curve: { epochs, values } } = rows
    const { label, of } = shown(measure)
    const { box, x, y, pieces } = lay(rows, look)
    const em = theme.size
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      grid: [grid(box)],
      xAxis: [axisX(0, x, theme)],
      yAxis: [axisY(0, y, theme)],
      series: [
        curve({ epochs, values: values.map(of) }, y, { id: side, name: label, panel: 0, colour: theme.side[side], side }, theme),
        frame([...pieces, words('epoch', box.left + box.width, box.top + box.height + 2.25 * em, theme, { colour: theme.muted, align: 'right' })]),
      ],
      ...linkedTooltip(theme, epoch => tip(rows, epoch)),
    }
  },

  table({ measure, curve: { epochs, values } }) {
    return {
      columns: [{ name: 'epoch', unit: 'epochs' }, { name: measure, unit: shown(measure).storedUnit }],
      rows: epochs.map((epoch, i) => [epoch, values[i] ?? null]),
    }
  },

  caption: ({ run, measure }) => sentence(`${shown(measure).label} over epochs of run r${run.run}, ${run.side}`),
} satisfies Chart<'runCurve'>

function lay({ run, measure, curve: { epochs, values } }: RunCurveRows, { theme, width, height: given }: Look): Layout {
  const em = theme.size
  const { axis, of, logBeyond } = shown(measure)
  const panel = Math.min(Math.max(width / 3, 8 * em), 14 * em)
  const y = scaleOf(values.map(of), { logBeyond, ticks: ticksFor(panel, theme, 2) })
  const head = heading(withThreshold(axis, y), [], width, theme)
  const above = head.height + 0.5 * em
  const height = given ?? above + panel + BELOW * em
  const last = Math.max(1, run.epochs, ...epochs)
  const left = labelRoom(y.ticks.map(({ label }) => label), theme)
  const right = Math.max(0.5 * em, textWidth(decimal(last, 0), em) / 2 + 0.1 * em)
  const box = whole({ left, top: above, width: width - left - right, height: height - above - BELOW * em })
  return { box, x: counted(last, ticksFor(box.width, theme)), y, pieces: head.pieces, height }
}

function tip({ run, measure, curve: { epochs, values } }: RunCurveRows, epoch: number): string {
  const { label, unit, of } = shown(measure)
  const value = of(values[epochs.indexOf(epoch)])
  return tipTable(`${label}, epoch ${epoch}`, [], [[run.side, `${measured(value)}${unit && Number.isFinite(value) ? ` ${unit}` : ''}`]])
}
