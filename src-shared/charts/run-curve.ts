import type { Chart } from '.'
import type { Box } from './parts/axes'
import type { Line } from './parts/marks'
import type { Piece } from './parts/pieces'
import type { RunCurveRows } from './parts/rows'
import type { Scale } from './parts/scale'
import type { Look } from './parts/theme'
import { panelAxes, whole } from './parts/axes'
import { BEGINS_BELOW, sentence } from './parts/captions'
import { curve } from './parts/marks'
import { decimal } from './parts/numbers'
import { below, emptiness, frame, heading, words } from './parts/pieces'
import { counted } from './parts/scale'
import { axisName, beginsBelow, scaleFor, shown } from './parts/shown'
import { textWidth } from './parts/text-width'
import { linkedTooltip, tipTable } from './parts/tooltip'
import { labelRoom, ticksFor } from './parts/twin'

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
  title: rows => axisName(shown(rows.measure), scaleFor(shown(rows.measure), [lineOf(rows)])),
  draws: 'runCurve',
  measures: ['test.accuracy.subset', 'train.loss', 'egf2', 'gf2'],

  height: (rows, look) => lay(rows, look).height,

  option(rows, look) {
    const { theme } = look
    const { run: { side }, measure } = rows
    const { label } = shown(measure)
    const line = lineOf(rows)
    const { box, x, y, pieces } = lay(rows, look)
    const em = theme.size
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      ...panelAxes(box, x, y, theme),
      series: [
        curve(line, y, { id: side, name: label, panel: 0, colour: theme.side[side], side }, theme),
        frame([
          ...pieces,
          words('epoch', box.left + box.width, box.top + box.height + 2.25 * em, theme, { colour: theme.muted, align: 'right' }),
          ...beginsBelow(line, y) ? [below(box.left, box.top + box.height, theme.side[side], theme)] : [],
          ...line.values.some(Number.isFinite) ? [] : [emptiness('not measured yet', box, theme)],
        ]),
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

  caption: (rows) => {
    const { run, measure } = rows
    const isBelow = beginsBelow(lineOf(rows), scaleFor(shown(measure), [lineOf(rows)]))
    return sentence(`${shown(measure).label} over epochs of run r${run.run}, ${run.side}${isBelow ? BEGINS_BELOW : ''}`)
  },
} satisfies Chart<'runCurve'>

function lineOf({ measure, curve: { epochs, values } }: RunCurveRows): Line {
  return { epochs, values: values.map(shown(measure).of) }
}

function lay(rows: RunCurveRows, look: Look): Layout {
  const { run, measure, curve: { epochs } } = rows
  const { theme, width, height: given } = look
  const em = theme.size
  const panel = Math.min(Math.max(width / 3, 8 * em), 14 * em)
  const y = scaleFor(shown(measure), [lineOf(rows)], ticksFor(panel, theme, 2))
  const head = heading(axisName(shown(measure), y), [], look)
  const above = head.height + 0.7 * em
  const height = given ?? above + panel + BELOW * em
  const last = Math.max(1, run.epochs, ...epochs)
  const left = labelRoom(y.ticks.map(({ label }) => label), theme)
  const right = Math.max(0.5 * em, textWidth(decimal(last, 0), em) / 2 + 0.1 * em)
  const box = whole({ left, top: above, width: width - left - right, height: height - above - BELOW * em })
  return { box, x: counted(last, ticksFor(box.width, theme)), y, pieces: head.pieces, height }
}

function tip({ run, measure, curve: { epochs, values } }: RunCurveRows, epoch: number): string {
  const { label, unit, of, said } = shown(measure)
  const value = of(values[epochs.indexOf(epoch)])
  return tipTable(`${label}, epoch ${epoch}`, [], [[run.side, `${said(value)}${unit && Number.isFinite(value) ? ` ${unit}` : ''}`]])
}
