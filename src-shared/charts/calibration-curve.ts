import type { Chart } from '.'
import type { Calibration } from '../calibration/calibration'
import type { Box } from './parts/axes'
import type { Entry, Piece } from './parts/pieces'
import type { Scale } from './parts/scale'
import type { Look, Theme } from './parts/theme'
import { busyInWords, wasBusy } from '../calibration/calibration'
import { day } from '../format'
import { integer } from '../words'
import { panelAxes, whole } from './parts/axes'
import { sentence } from './parts/captions'
import { curve } from './parts/marks'
import { decimal, measured } from './parts/numbers'
import { frame, heading, stroke, words } from './parts/pieces'
import { linear, scaleOf } from './parts/scale'
import { textWidth } from './parts/text-width'
import { linkedTooltip, tipTable } from './parts/tooltip'
import { labelRoom, ticksFor } from './parts/twin'

/** What is below the panel, in font sizes. */
const BELOW = 2.9
const NAME = 'Time of a layer, ms a step'

/** What is compared, and the hue of each: not the sides', which are networks. */
const kinds = [{ id: 'sparse', name: 'active weights only', series: 0 }, { id: 'masked', name: 'dense product with a mask', series: 1 }] as const

export default {
  id: 'calibration-curve',
  title: () => NAME,
  draws: 'calibration',

  height: (rows, look) => lay(rows, look).height,

  option(rows, look) {
    const { theme } = look
    const { box, x, y, pieces } = lay(rows, look)
    const em = theme.size
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      ...panelAxes(box, x, y, theme),
      series: [
        ...kinds.map(({ id, name, series }) => curve({ epochs: rows.curve.map(({ density }) => 100 * density), values: rows.curve.map(point => 1000 * point[id]) }, y, { id, name, panel: 0, colour: theme.series[series]!, ...series === 1 && { dash: dashOf(theme) } }, theme)),
        frame([...pieces, words('density, %', box.left + box.width, box.top + box.height + 2.25 * em, theme, { colour: theme.muted, align: 'right' })]),
      ],
      ...linkedTooltip(theme, density => tip(rows, density)),
    }
  },

  table: ({ curve }) => ({
    columns: [{ name: 'density', unit: '' }, { name: 'active weights only', unit: 's' }, { name: 'dense product with a mask', unit: 's' }],
    rows: curve.map(({ density, sparse, masked }) => [density, sparse, masked]),
  }),

  caption: (rows) => {
    const { layer, breakEven, device, measuredWith, at } = rows
    const busy = wasBusy(rows) ? `; ${busyInWords(rows)}` : ''
    return sentence(`time that a layer of ${integer(layer.outputs)} × ${integer(layer.inputs)} takes of a training step of ${layer.batchSize} examples by its density, storing active weights only and as a dense product with a mask; break-even at ${percent(breakEven)} %, on ${device}, ${Object.values(measuredWith).join(', ')}, ${day(at)}${busy}`)
  },
} satisfies Chart<'calibration'>

interface Layout {
  readonly box: Box
  readonly x: Scale
  readonly y: Scale
  readonly pieces: readonly Piece[]
  readonly height: number
}

function lay({ curve, breakEven }: Calibration, look: Look): Layout {
  const { theme, width, height: given } = look
  const em = theme.size
  const panel = Math.min(Math.max(width / 3, 10 * em), 15 * em)
  const y = scaleOf([0, ...curve.flatMap(({ sparse, masked }) => [1000 * sparse, 1000 * masked])], { ticks: ticksFor(panel, theme, 2) })
  const entries = kinds.map(({ name, series }): Entry => ({ kind: 'line', text: name, colour: theme.series[series]!, ...series === 1 && { dash: dashOf(theme) } }))
  const head = heading(NAME, entries, look)
  // Above the panel stands where its lines meet.
  const above = head.height + 2 * em
  const height = given ?? above + panel + BELOW * em
  const left = labelRoom(y.ticks.map(({ label }) => label), theme)
  const right = textWidth('100', em) / 2 + 0.1 * em
  const box = whole({ left, top: above, width: width - left - right, height: height - above - BELOW * em })
  const x = linear(0, 100, Math.min(10, ticksFor(box.width, theme)))
  const at = box.left + breakEven * box.width
  const text = `break-even ${percent(breakEven)} %`
  const half = textWidth(text, em) / 2
  return {
    box,
    x,
    y,
    height,
    pieces: [
      ...head.pieces,
      stroke([at, box.top], [at, box.top + box.height], theme.muted, theme.hairline, [0.3 * em, 0.3 * em]),
      words(text, Math.min(Math.max(at, box.left + half), width - half), box.top - 0.9 * em, theme, { align: 'center' }),
    ],
  }
}

function dashOf({ size }: Theme): readonly number[] {
  return [0.6 * size, 0.35 * size]
}

function percent(density: number): string {
  return decimal(100 * density, 0)
}

function tip({ curve }: Calibration, at: number): string {
  const point = curve.find(({ density }) => Math.abs(100 * density - at) < 1e-6)
  return point
    ? tipTable(`density ${percent(point.density)} %`, [], [[kinds[0].name, `${measured(1000 * point.sparse)} ms`], [kinds[1].name, `${measured(1000 * point.masked)} ms`], ['times faster', measured(point.masked / point.sparse)]])
    : ''
}
