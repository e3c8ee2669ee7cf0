import type { Chart } from '.'
import type { Side } from '../random/stream'
import type { Line } from './parts/marks'
import type { PairCurveRows } from './parts/rows'
import type { Scale } from './parts/scale'
import type { Look } from './parts/theme'
import type { Twin } from './parts/twin'
import { BEGINS_BELOW, pairInWords, sentence, stillOpen } from './parts/captions'
import { curve } from './parts/marks'
import { epochsOf, lastEpoch, valueAt } from './parts/pair'
import { frame } from './parts/pieces'
import { counted } from './parts/scale'
import { axisName, beginsBelow, scaleFor, shown } from './parts/shown'
import { linkedTooltip, tipTable } from './parts/tooltip'
import { absences, beginnings, layScaled, sides, threshold, ticksFor, twinAxes } from './parts/twin'

export default {
  id: 'pair-curves',
  title: rows => axisName(shown(rows.measure), scaleFor(shown(rows.measure), linesOf(rows))),
  draws: 'pairCurves',
  measures: ['test.accuracy.subset', 'test.loss.subset', 'train.loss', 'egf1', 'egf2'],

  height: (rows, look) => lay(rows, look).twin.height,

  option(rows, look) {
    const { theme } = look
    const { x, y, twin, lines } = lay(rows, look)
    const { label } = shown(rows.measure)
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      ...twinAxes(twin, x, y, theme),
      series: [...sides.map((side, panel) => curve(
        lines[side],
        y,
        { id: side, name: `${label}, ${side}`, panel, colour: theme.side[side], side },
        theme,
      )), frame([
        ...twin.pieces,
        ...threshold(twin, y, theme),
        ...beginnings(twin, { dense: [lines.dense], sparse: [lines.sparse] }, y, theme, side => theme.side[side]),
        ...absences(twin, rows.pair, side => !lines[side].values.some(Number.isFinite), theme),
      ])],
      ...linkedTooltip(theme, epoch => tip(rows, epoch)),
    }
  },

  table({ measure, dense, sparse }) {
    const unit = shown(measure).storedUnit
    return {
      columns: [{ name: 'epoch', unit: 'epochs' }, { name: `dense ${measure}`, unit }, { name: `sparse ${measure}`, unit }],
      rows: epochsOf({ dense, sparse }).map(epoch => [epoch, valueAt(dense, epoch), valueAt(sparse, epoch)]),
    }
  },

  caption: (rows) => {
    const { measure, pair } = rows
    const lines = linesOf(rows)
    const isBelow = lines.some(line => beginsBelow(line, scaleFor(shown(measure), lines)))
    return sentence(`${shown(measure).label} over epochs of one pair, ${pairInWords(pair)}: dense left, sparse right${isBelow ? BEGINS_BELOW : ''}${stillOpen(pair)}`)
  },
} satisfies Chart<'pairCurves'>

function lay(rows: PairCurveRows, look: Look): { x: Scale, y: Scale, twin: Twin, lines: Readonly<Record<Side, Line>> } {
  const { theme } = look
  const [dense, sparse] = linesOf(rows) as [Line, Line]
  const last = lastEpoch(rows)
  const { y, twin } = layScaled(look, { measure: shown(rows.measure), lines: [dense, sparse], entries: [], last })
  return { y, twin, lines: { dense, sparse }, x: counted(last, ticksFor(twin.boxes.dense.width, theme)) }
}

function linesOf(rows: PairCurveRows): Line[] {
  const { of } = shown(rows.measure)
  return sides.map(side => ({ epochs: rows[side]?.epochs ?? [], values: (rows[side]?.values ?? []).map(of) }))
}

function tip({ measure, dense, sparse }: PairCurveRows, epoch: number): string {
  const { label, unit, differenceUnit, of, said } = shown(measure)
  const [left, right] = [of(valueAt(dense, epoch)), of(valueAt(sparse, epoch))]
  const inUnit = (value: number, itsUnit: string): string => `${said(value)}${itsUnit && Number.isFinite(value) ? ` ${itsUnit}` : ''}`
  return tipTable(`${label}, epoch ${epoch}`, [], [['dense', inUnit(left, unit)], ['sparse', inUnit(right, unit)], ['sparse − dense', inUnit(right - left, differenceUnit)]])
}
