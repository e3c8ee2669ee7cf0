import type { EChartsOption } from 'echarts'
import type { Figure } from './figure-format'
import { textWidth } from '@shared/charts/parts/text-width'
import { UNITS_PER_POINT } from '@shared/charts/parts/theme'
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, setPlatformAPI, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { MM_PER_INCH, POINTS_PER_INCH } from './lengths'
import { compact } from './svg/compact'

use([LineChart, ScatterChart, CustomChart, GridComponent, SVGRenderer])

// Without a canvas ECharts guesses: here with the widths of the font that the figure is drawn in.
setPlatformAPI({
  measureText: (text, font) => ({ width: textWidth(text, Number(/([\d.]+)px/.exec(font ?? '')?.[1] ?? 12), /^(?:bold|[6-9]00)/.test(font ?? '')) }),
})

/** A printed width in the units of the print theme. */
export function printUnits(mm: number): number {
  return mm / MM_PER_INCH * POINTS_PER_INCH * UNITS_PER_POINT
}

/**
 * A chart of the print theme at a printed size; the same option gives the same bytes.
 * @param height in the same units as `printUnits`
 */
export function drawFigure(option: EChartsOption, { mm, height, title, caption }: { readonly mm: number, readonly height: number, readonly title: string, readonly caption: string }): Figure {
  const width = printUnits(mm)
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, backgroundColor: '#FFFFFF' })
    const drawn = compact(tidy(chart.renderToSVGString()))
    const size = { width: mm, height: round(height / width * mm) }
    const root = `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="${mm}mm" height="${size.height}mm" viewBox="0 0 ${round(width)} ${round(height)}" style="font-variant-numeric:tabular-nums"><desc>${xml(caption)}</desc>`
    return { svg: drawn.replace(/^<svg[^>]*>/, root), mm: size, title, caption }
  }
  finally {
    chart.dispose()
  }
}

/** ECharts numbers ids and classes by process-wide counters, and adds hover rules and events' metadata: not for a paper. */
function tidy(svg: string): string {
  const names = new Map<string, string>()
  return svg
    .replace(/<style\s*><!\[CDATA\[[\s\S]*?\]\]>\s*<\/style>/g, '')
    .replace(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replace(/\bzr\d+-\w+/g, (name) => {
      if (!names.has(name))
        names.set(name, `id${names.size}`)
      return names.get(name)!
    })
}

function xml(text: string): string {
  return text.replace(/[&<>]/g, character => `&#${character.charCodeAt(0)};`)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
