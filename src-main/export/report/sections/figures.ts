import type { Drawing } from '../../figures'
import type { Section } from '../section'
import { WIDTHS_MM } from '../../figure-format'
import { Html, html } from '../html'

export default {
  id: 'figures',
  title: 'Figures',
  body: ({ drawings }) => drawings.length
    ? html`${comparisonsFirst(drawings).map((drawing, i) => figureHtml(drawing, `figure${i + 1}`))}`
    : undefined,
} satisfies Section

/** Those that show what came out before those that show how it came. */
function comparisonsFirst(drawings: readonly Drawing[]): Drawing[] {
  return drawings.toSorted((a, b) => Number(b.draws === 'experiment') - Number(a.draws === 'experiment'))
}

/** As wide as a page, or as a column where a window has no room for that. */
function figureHtml(drawing: Drawing, id: string): Html {
  const { caption } = drawing
  return html`<figure>
<div class="wide">${inline(drawing, WIDTHS_MM.page, `${id}w`)}</div>
<div class="narrow">${inline(drawing, WIDTHS_MM.column, `${id}n`)}</div>
<figcaption>${caption}</figcaption>
</figure>
`
}

/** The drawing as a part of the page: named for who cannot see it, its ids its own. */
function inline({ draw, title, caption }: Drawing, mm: number, id: string): Html {
  const { svg } = draw(mm)
  const named = html`role="img" aria-label="${title}. ${caption}"`
  return new Html(svg
    .replace(/<desc>[^<]*<\/desc>/, '')
    .replace('<svg ', `<svg ${named.source} `)
    .replace(/(?<= id="|url\(#)(id\d+)/g, `${id}-$1`))
}
