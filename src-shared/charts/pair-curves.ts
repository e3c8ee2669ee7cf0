import type { Chart } from '.'
import type { PairCurveRows } from './parts/rows'
import type { Scale } from './parts/scale'
import type { Look } from './parts/theme'
import type { Twin } from './parts/twin'
import { pairInWords, sentence, stillOpen } from './parts/captions'
import { curve } from './parts/marks'
import { measured } from './parts/numbers'
import { epochsOf, lastEpoch, valueAt } from './parts/pair'
import { frame } from './parts/pieces'
import { counted } from './parts/scale'
import { shown } from './parts/shown'
import { linkedTooltip, tipTable } from './parts/tooltip'
import { layScaled, sides, threshold, ticksFor, twinAxes } from './parts/twin'

export default {
  id: 'pair-curves',
  title: 'Curves of a pair',
  draws: 'pairCurves',
  measures: ['test.accuracy.subset', 'test.loss.subset', 'train.loss', 'egf1', 'egf2'],

  height: (rows, look) => lay(rows, look).twin.height,

  option(rows, look) {
    const { theme } = look
    const { x, y, twin } = lay(rows, look)
    const { label, of } = shown(rows.measure)
    return {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      ...twinAxes(twin, x, y, theme),
      series: [...sides.map((side, panel) => curve(
        { epochs: rows[side]?.epochs ?? [], values: (rows[side]?.values ?? []).map(of) },
        y,
        { id: side, name: `${label}, ${side}`, panel, colour: theme.side[side], side },
        theme,
      )), frame([...twin.pieces, ...threshold(twin, y, theme)])],
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

  caption: ({ measure, pair }) => sentence(`${shown(measure).label} over epochs of one pair, ${pairInWords(pair)}: dense left, sparse right${stillOpen(pair)}`),
} satisfies Chart<'pairCurves'>

function lay(rows: PairCurveRows, look: Look): { x: Scale, y: Scale, twin: Twin } {
  const { theme } = look
  const measure = shown(rows.measure)
  const values = sides.flatMap(side => (rows[side]?.values ?? []).map(measure.of))
  const last = lastEpoch(rows)
  const { y, twin } = layScaled(look, { measure, values, entries: [], last })
  return { y, twin, x: counted(last, ticksFor(twin.boxes.dense.width, theme)) }
}

function tip({ measure, dense, sparse }: PairCurveRows, epoch: number): string {
  const { label, unit, differenceUnit, of } = shown(measure)
  const [left, right] = [of(valueAt(dense, epoch)), of(valueAt(sparse, epoch))]
  const inUnit = (value: number, itsUnit: string): string => `${measured(value)}${itsUnit && Number.isFinite(value) ? ` ${itsUnit}` : ''}`
  return tipTable(`${label}, epoch ${epoch}`, [], [['dense', inUnit(left, unit)], ['sparse', inUnit(right, unit)], ['sparse − dense', inUnit(right - left, differenceUnit)]])
}
