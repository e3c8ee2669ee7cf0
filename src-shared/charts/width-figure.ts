import type { Chart } from '.'
import { accuracyRows } from './parts/width-rows'
import widths, { widthTable } from './widths'

/** The width figure of an experiment's overview. */
export default {
  id: 'width-figure',
  title: () => 'Accuracy by width',
  draws: 'experiment',
  height: (rows, look) => widths.height(accuracyRows(rows), look),
  option: (rows, look) => widths.option(accuracyRows(rows), look),
  table: rows => widthTable(accuracyRows(rows), 'accuracy'),
  caption: rows => widths.caption(accuracyRows(rows)),
} satisfies Chart<'experiment'>
