import { resvgFont, textsOf } from './fonts'
import { pathText, segmentsOf } from './path'

/** Letters are small: they are set finer than lines. */
const DECIMALS = 2

/** The same SVG with every letter as its shape, by the shipped font, or by one of the system's where that lacks a character. */
export async function outlined(svg: string): Promise<string> {
  const { Resvg } = await import('@resvg/resvg-js')
  const texts = [...svg.matchAll(/<text\b([^>]*)>[^<]*<\/text>/g)].map(([text, attributes]) => ({ text, place: / transform="[^"]*"/.exec(attributes!)?.[0] ?? '' }))
  const [root] = /<svg[^>]*>/.exec(svg)!
  // Each by itself, where it would be without its transform, found again by its id.
  const alone = texts.map(({ text, place }, i) => text.replace(place, '').replace('<text', `<text id="t${i}"`)).join('')
  const drawn = new Resvg(`${root}${alone}</svg>`, { font: resvgFont(textsOf(svg)) }).toString()
  const shapes = new Map([...drawn.matchAll(/<g id="t(\d+)"[^>]*>([\s\S]*?)(?=<g id="t|<\/svg>)/g)].map(([, i, inside]) => [Number(i), pathsIn(inside!)]))
  let i = 0
  return svg.replace(/<text\b[^>]*>[^<]*<\/text>/g, () => {
    const shape = shapes.get(i) ?? ''
    const { place } = texts[i++]!
    return shape && place ? `<g${place}>${shape}</g>` : shape
  })
}

function pathsIn(group: string): string {
  return [...group.matchAll(/<path\b[^>]*>/g)].map(([path]) => path
    .replace(' stroke="none"', '')
    .replace(/ d="([^"]*)"/, (whole, d: string) => {
      const segments = segmentsOf(d)
      return segments ? ` d="${pathText(segments, DECIMALS)}"` : whole
    })).join('')
}
