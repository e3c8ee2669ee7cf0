import type { Chart, RowsOf } from '@shared/charts'
import { themes, UNITS_PER_POINT } from '@shared/charts/parts/theme'
import { stringify } from 'csv-stringify/browser/esm/sync'
import { init } from 'echarts/core'

/** 170 mm, the width of a page's text, in the units of the print theme. */
const PRINT_WIDTH = 170 / 25.4 * 72 * UNITS_PER_POINT
/** Pixels a unit for 300 dots an inch. */
const PIXEL_RATIO = 300 / 72 / UNITS_PER_POINT

/** A chart as a file: drawn for print, or the numbers that it shows. */
export async function chartFile<Draws extends keyof RowsOf>(chart: Chart<Draws>, rows: RowsOf[Draws], format: 'png' | 'svg' | 'csv', name: string): Promise<{ name: string, content: Blob }> {
  return { name: `${name}-${chart.id}.${format}`, content: await contentOf(chart, rows, format) }
}

async function contentOf<Draws extends keyof RowsOf>(chart: Chart<Draws>, rows: RowsOf[Draws], format: 'png' | 'svg' | 'csv'): Promise<Blob> {
  if (format === 'csv') {
    const { columns, rows: lines } = chart.table(rows)
    const head = columns.map(({ name, unit }) => unit ? `${name} (${unit})` : name)
    return new Blob([stringify([head, ...lines.map(line => [...line])], { escape_formulas: true })], { type: 'text/csv' })
  }
  const look = { theme: themes.print, width: PRINT_WIDTH }
  const option = { ...chart.option(rows, look), backgroundColor: look.theme.background, animation: false }
  const size = { width: PRINT_WIDTH, height: chart.height(rows, look) }
  if (format === 'svg') {
    const drawn = init(null, null, { renderer: 'svg', ssr: true, ...size })
    drawn.setOption(option)
    const svg = drawn.renderToSVGString()
    drawn.dispose()
    return new Blob([svg], { type: 'image/svg+xml' })
  }
  const drawn = init(document.createElement('div'), null, { renderer: 'canvas', devicePixelRatio: PIXEL_RATIO, ...size })
  drawn.setOption(option)
  const canvas = drawn.renderToCanvas({ pixelRatio: PIXEL_RATIO, backgroundColor: look.theme.background })
  const png = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
  drawn.dispose()
  if (!png)
    throw new Error('the browser could not encode the picture')
  return png
}
