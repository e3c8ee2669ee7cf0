import type { Figure, FigureFormat } from '../figure-format'
import { crc32 } from 'node:zlib'
import { widths } from '../figure-format'
import { MM_PER_INCH } from '../lengths'
import { resvgFont, textsOf } from '../svg/fonts'

export default {
  id: 'png',
  extension: 'png',
  mediaType: 'image/png',
  title: 'PNG',
  help: 'Figures as pixels, for slides and documents.',
  options: [widths, { kind: 'number', name: 'dpi', title: 'Resolution', unit: 'dpi', help: 'pixels an inch of the printed width', least: 72, most: 1200, default: 300 }],

  async render(figure, { dpi }) {
    const drawn = (await rasterised(figure, dpi)).asPng()
    return withChunks(drawn, [
      ['pHYs', physicalSize(dpi)],
      ['iTXt', Buffer.concat([Buffer.from('Description\0\0\0\0\0', 'latin1'), Buffer.from(figure.caption)])],
    ])
  },
} satisfies FigureFormat<{ dpi: number }>

/** A figure in pixels, with the font that is shipped. */
export async function rasterised({ svg, mm }: Pick<Figure, 'svg' | 'mm'>, dpi: number) {
  const { Resvg } = await import('@resvg/resvg-js')
  return new Resvg(svg, {
    fitTo: { mode: 'width', value: Math.round(mm.width / MM_PER_INCH * dpi) },
    background: 'white',
    font: resvgFont(textsOf(svg)),
  }).render()
}

/** Pixels per metre, so that LaTeX and word processors take the printed size. */
function physicalSize(dpi: number): Buffer {
  const data = Buffer.alloc(9)
  data.writeUInt32BE(Math.round(dpi / MM_PER_INCH * 1000), 0)
  data.writeUInt32BE(Math.round(dpi / MM_PER_INCH * 1000), 4)
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
