import type { FigureFormat } from '../figure-format'
import { isInFont } from '@shared/charts/parts/text-width'
import { textOption, widths } from '../figure-format'
import { MM_PER_INCH, POINTS_PER_INCH } from '../lengths'
import { fontFiles, textsOf } from '../svg/fonts'
import { outlined } from '../svg/outlines'

/** The same figure is the same bytes: a PDF's identity comes from its date. */
const ALWAYS = new Date(0)

export default {
  id: 'pdf',
  extension: 'pdf',
  mediaType: 'application/pdf',
  title: 'PDF',
  help: 'Figures as vectors for LaTeX: a page of the printed size, its fonts in it.',
  options: [widths, textOption],

  async render({ svg, mm, title, caption }, { text }) {
    const [{ default: PDFDocument }, { default: draw }] = await Promise.all([import('pdfkit'), import('svg-to-pdfkit')])
    const size = { width: points(mm.width), height: points(mm.height) }
    const document = new PDFDocument({
      size: [size.width, size.height],
      pdfVersion: '1.7',
      margin: 0,
      // Else it looks for Helvetica.
      font: fontFiles[400],
      info: { Title: title, Subject: caption, Creator: 'Gradient Flow Lab', Producer: 'PDFKit', CreationDate: ALWAYS },
    })
    document.registerFont('400', fontFiles[400]).registerFont('600', fontFiles[600])
    const chunks: Buffer[] = []
    const ended = new Promise<void>((resolve, reject) => document.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', resolve).on('error', reject))
    // A character that the font lacks is drawn by a font of the system.
    const drawn = text === 'outlines' || !isInFont(textsOf(svg)) ? await outlined(svg) : svg
    draw(document, drawn, 0, 0, { ...size, fontCallback: (_, isBold) => isBold ? '600' : '400' })
    document.end()
    await ended
    return Buffer.concat(chunks)
  },
} satisfies FigureFormat<{ text: string }>

function points(mm: number): number {
  return mm / MM_PER_INCH * POINTS_PER_INCH
}
