import type { Chart } from '.'
import type { Line } from './parts/marks'
import type { PairCurveRows } from './parts/rows'
import type { Look, Theme } from './parts/theme'
import { panelAxes, whole } from './parts/axes'
import { absence, pairInWords, sentence, stillOpen } from './parts/captions'
import { faded } from './parts/colours'
import { band, curve } from './parts/marks'
import { decimal } from './parts/numbers'
import { epochsOf, lastEpoch, valueAt } from './parts/pair'
import { emptiness, frame, heading, stroke, words } from './parts/pieces'
import { counted, linear } from './parts/scale'
import { shown } from './parts/shown'
import { textWidth } from './parts/text-width'
import { linkedTooltip, tipTable } from './parts/tooltip'
import { labelRoom, sides, ticksFor } from './parts/twin'

/** What is below the panel, in font sizes. */
const BELOW = 2.9

export default {
  id: 'difference',
  title: ({ measure }) => `Difference: ${inPoints(measure, shown(measure).label)}`,
  draws: 'pairCurves',
  measures: ['test.accuracy.subset', 'test.loss.subset', 'train.loss', 'egf1', 'egf2'],

  height: (rows, look) => heightOf(rows, look),

  option(rows, look) {
    const { theme, width } = look
    const em = theme.size
    const height = look.height ?? heightOf(rows, look)
    const { label } = shown(rows.measure)
    const { pieces, height: headHeight } = head(rows, look)
    const above = headHeight + 0.5 * em
    const line = differences(rows)
    const finite = line.values.filter(Number.isFinite)
    const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)]
    const scale = linear(...low === high ? [-1, 1] as const : [low, high] as const, ticksFor(height - above - BELOW * em, theme, 2.2))
    const y = finite.length ? scale : { ...scale, ticks: [] }
    const left = labelRoom(y.ticks.map(tick => tick.label), theme)
    const last = lastEpoch(rows)
    const right = textWidth(decimal(last, 0), em) / 2 + 0.1 * em
    const box = whole({ left, top: above, width: width - left - Math.max(0.5 * em, right), height: height - above - BELOW * em })
    const x = counted(last, ticksFor(box.width, theme))
    const zero = box.top + box.height * y.extent[1] / (y.extent[1] - y.extent[0])
    const filled = throughZero(line)
    const none = filled.values.map(() => 0)
    const area = { panel: 0, opacity: fillOpacity(theme) }
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      ...panelAxes(box, x, y, theme),
      series: [
        band(filled.epochs, none, filled.values.map(value => Math.max(value, 0)), y, { ...area, id: 'sparse higher', colour: theme.side.sparse }),
        band(filled.epochs, filled.values.map(value => Math.min(value, 0)), none, y, { ...area, id: 'dense higher', colour: theme.side.dense }),
        curve(line, y, { id: 'difference', name: `${label}, sparse − dense`, panel: 0, colour: theme.text }, theme),
        frame([
          ...pieces,
          finite.length
            ? stroke([box.left, zero], [box.left + box.width, zero], theme.id === 'print' ? theme.axis : theme.muted, theme.hairline)
            : emptiness(missing(rows), box, theme),
          words('epoch', box.left + box.width, box.top + box.height + 2.25 * em, theme, { colour: theme.muted, align: 'right' }),
        ]),
      ],
      ...linkedTooltip(theme, epoch => tip(rows, epoch)),
    }
  },

  table(rows) {
    const unit = shown(rows.measure).storedUnit
    return {
      columns: [{ name: 'epoch', unit: 'epochs' }, { name: `dense ${rows.measure}`, unit }, { name: `sparse ${rows.measure}`, unit }, { name: 'sparse - dense', unit }],
      rows: epochsOf(rows).map((epoch) => {
        const [dense, sparse] = [valueAt(rows.dense, epoch), valueAt(rows.sparse, epoch)]
        return [epoch, dense, sparse, dense === null || sparse === null ? null : sparse - dense]
      }),
    }
  },

  caption: ({ measure, pair }) => sentence(`${shown(measure).label} over epochs of one pair, ${pairInWords(pair)}: sparse − dense${stillOpen(pair)}`),
} satisfies Chart<'pairCurves'>

/** What is written above the panel. */
function head({ measure }: PairCurveRows, look: Look): ReturnType<typeof heading> {
  const { theme } = look
  const name = inPoints(measure, `${shown(measure).label}, sparse − dense`)
  const entries = sides.map(side => ({ kind: 'band', text: `${side} higher`, colour: faded(theme.side[side], fillOpacity(theme)) } as const))
  return heading(name, entries, { ...look, ...look.title === `Difference: ${inPoints(measure, shown(measure).label)}` && { title: name } })
}

/** With the unit of a difference. */
function inPoints(measure: string, text: string): string {
  const { differenceUnit } = shown(measure)
  return differenceUnit ? `${text}, ${differenceUnit}` : text
}

/** Why there is no difference at any epoch. */
function missing({ pair, dense, sparse }: PairCurveRows): string {
  const curves = { dense, sparse }
  const empty = sides.filter(side => !curves[side]?.values.some(value => value !== null))
  const why = empty.map(side => absence(pair, side))
  return why.length === 0 ? 'no epoch in common' : why.some(text => !text.startsWith('not')) ? [...new Set(why)].join(', ') : why[0]!
}

function fillOpacity(theme: Theme): number {
  return theme.id === 'dark' ? 0.4 : 0.25
}

function heightOf(rows: PairCurveRows, look: Look): number {
  const { theme, width } = look
  return head(rows, look).height + (0.5 + BELOW) * theme.size + Math.min(Math.max(width / 4, 7 * theme.size), 12 * theme.size)
}

/** sparse - dense at each epoch that both sides have; NaN where one of them was not finite. */
function differences({ measure, dense, sparse }: PairCurveRows): Line {
  const { of } = shown(measure)
  const both = epochsOf({ dense, sparse }).filter(epoch => dense?.epochs.includes(epoch) && sparse?.epochs.includes(epoch))
  return { epochs: both, values: both.map(epoch => of(valueAt(sparse, epoch)) - of(valueAt(dense, epoch))) }
}

/** The same line with a point wherever it crosses zero, so that what is above and what is below can be filled apart. */
function throughZero({ epochs, values }: Line): Line {
  const points = epochs.flatMap((epoch, i) => {
    const [before, value] = [values[i - 1] ?? Number.NaN, values[i]!]
    const crossing = before * value < 0 ? [{ epoch: epochs[i - 1]! + (epoch - epochs[i - 1]!) * before / (before - value), value: 0 }] : []
    return [...crossing, { epoch, value }]
  })
  return { epochs: points.map(({ epoch }) => epoch), values: points.map(({ value }) => value) }
}

function tip(rows: PairCurveRows, epoch: number): string {
  const { label, unit, differenceUnit, of, said } = shown(rows.measure)
  const [dense, sparse] = [of(valueAt(rows.dense, epoch)), of(valueAt(rows.sparse, epoch))]
  return tipTable(`${label}, epoch ${epoch}`, [], [
    [`sparse − dense${differenceUnit ? `, ${differenceUnit}` : ''}`, said(sparse - dense)],
    [`dense${unit ? `, ${unit}` : ''}`, said(dense)],
    [`sparse${unit ? `, ${unit}` : ''}`, said(sparse)],
  ])
}
