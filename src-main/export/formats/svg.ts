import type { FigureFormat } from '../figure-format'
import { textOption, widths } from '../figure-format'
import { fontFaces, textsOf } from '../svg/fonts'
import { outlined } from '../svg/outlines'

export default {
  id: 'svg',
  extension: 'svg',
  mediaType: 'image/svg+xml',
  title: 'SVG',
  help: 'Figures as vectors, to be edited or shown on a page.',
  options: [widths, textOption],

  async render({ svg }, { text }) {
    if (text === 'outlines')
      return outlined(svg)
    const faces = await fontFaces(textsOf(svg))
    return svg.replace('</desc>', () => `</desc><style>${faces}</style>`)
  },
} satisfies FigureFormat<{ text: string }>
