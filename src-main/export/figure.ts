import type { EChartsOption } from 'echarts'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { Resvg } from '@resvg/resvg-js'
import { isInFont, textWidth } from '@shared/charts/parts/text-width'
import { UNITS_PER_POINT } from '@shared/charts/parts/theme'
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, setPlatformAPI, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { resources } from '../resources'

use([LineChart, ScatterChart, CustomChart, GridComponent, SVGRenderer])

// Without a canvas ECharts guesses: here with the widths of the font that the figure is drawn in.
setPlatformAPI({
  measureText: (text, font) => ({ width: textWidth(text, Number(/([\d.]+)px/.exec(font ?? '')?.[1] ?? 12), /^(?:bold|[6-9]00)/.test(font ?? '')) }),
})

const MM_PER_INCH = 25.4
const DPI = 300

/** A printed width in the units of the print theme. */
export function printUnits(mm: number): number {
  return mm / MM_PER_INCH * 72 * UNITS_PER_POINT
}

/**
 * A chart of the print theme as an SVG of a printed size; the same option gives the same bytes.
 * @param height in the same units as `printUnits`
 */
export function figureSvg(option: EChartsOption, { mm, height, caption }: { readonly mm: number, readonly height: number, readonly caption: string }): string {
  const width = printUnits(mm)
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, backgroundColor: '#FFFFFF' })
    const drawn = tidy(chart.renderToSVGString())
    const size = `width="${mm}mm" height="${round(height / width * mm)}mm" viewBox="0 0 ${round(width)} ${round(height)}"`
    return drawn.replace(/^<svg[^>]*>/, `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" ${size} style="font-variant-numeric:tabular-nums"><desc>${xml(caption)}</desc>`)
  }
  finally {
    chart.dispose()
  }
}

/** The SVG of `figureSvg` in pixels at 300 dpi, with the font that is shipped. */
export function figurePng(svg: string, { mm, caption }: { readonly mm: number, readonly caption: string }): Buffer {
  const drawn = renderFigure(svg, mm).asPng()
  return withChunks(drawn, [
    ['pHYs', physicalSize()],
    ['iTXt', Buffer.concat([Buffer.from('Description\0\0\0\0\0', 'latin1'), Buffer.from(caption)])],
  ])
}

export function renderFigure(svg: string, mm: number) {
  return new Resvg(svg, {
    fitTo: { mode: 'width', value: Math.round(mm / MM_PER_INCH * DPI) },
    background: 'white',
    font: {
      // Only for characters that the shipped font may lack: what it has looks the same on every machine.
      loadSystemFonts: !isInFont(textsOf(svg)),
      fontFiles: ['Inter-Regular.ttf', 'Inter-SemiBold.ttf'].map(file => join(resources, 'fonts', file)),
      defaultFontFamily: 'Inter',
    },
  }).render()
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

function textsOf(svg: string): string {
  return [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text).join('').replace(/&#?\w+;/g, '')
}

function xml(text: string): string {
  return text.replace(/[&<>]/g, character => `&#${character.charCodeAt(0)};`)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** Pixels per metre, so that LaTeX and word processors take the printed size. */
function physicalSize(): Buffer {
  const data = Buffer.alloc(9)
  data.writeUInt32BE(Math.round(DPI / MM_PER_INCH * 1000), 0)
  data.writeUInt32BE(Math.round(DPI / MM_PER_INCH * 1000), 4)
  data[8] = 1
  return data
}

/** Chunks after a PNG's header chunk, which ends at byte 33 (PNG, third edition, §5). */
function withChunks(png: Buffer, chunks: readonly (readonly [type: string, data: Buffer])[]): Buffer {
  const HEADER = 33
  const written = chunks.map(([type, data]) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const chunk = Buffer.alloc(body.length + 8)
    chunk.writeUInt32BE(data.length, 0)
    body.copy(chunk, 4)
    chunk.writeUInt32BE(crc32(body), body.length + 4)
    return chunk
  })
  return Buffer.concat([png.subarray(0, HEADER), ...written, png.subarray(HEADER)])
}
