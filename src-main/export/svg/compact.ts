import type { Segment } from './path'
import { pathText, segmentsOf } from './path'

/** A tenth of a unit is 1/2880 inch: printers set no finer. */
const DECIMALS = 1

/** Shorter lines are drawn as they are. */
const LONG = 200

/** A pixel of a page, 1/96 inch, in units of print. */
const PIXEL = 3

/** So that with all else it is below 500 kB, which editors and LaTeX take without ado. */
const MOST = 450_000

/**
 * An SVG in the digits that print can show. Long lines keep their lowest and highest point of each pixel, so that spikes
 * stay; where that is still too much for a file that one opens, of each two pixels, three...
 */
export function compact(svg: string): string {
  for (let column = PIXEL; ; column += PIXEL) {
    const drawn = written(svg, column)
    if (drawn.length <= MOST || column >= 20 * PIXEL)
      return drawn
  }
}

function written(svg: string, column: number): string {
  return svg
    .replace(/<(?:path|polygon)\b[^>]*>/g, (element) => {
      // Its numbers are not in units of the figure.
      if (/transform="(?!translate)/.test(element))
        return element
      return element
        .replace(/ d="([^"]*)"/, (whole, d: string) => {
          const segments = segmentsOf(d)
          return segments ? ` d="${pathText(thinned(segments, column), DECIMALS)}"` : whole
        })
        .replace(/<polygon([^>]*) points="([^"]*)"/, (_, before: string, points: string) =>
          `<path${before} d="${pathText(thinned([...polyline(points), { command: 'Z', numbers: [] }], column), DECIMALS)}"`)
    })
    .replaceAll('</polygon>', '</path>')
    .replace(/(?<= (?:[xyr]|width|height|cx|cy)=")\d+\.\d{3,}(?=")/g, number => String(Math.round(Number(number) * 100) / 100))
    .replace(/><\/(?:path|rect|circle)>/g, '/>')
}

function polyline(points: string): Segment[] {
  const numbers = points.split(/[\s,]+/).map(Number)
  return Array.from({ length: numbers.length / 2 }, (_, i) => ({ command: i ? 'L' : 'M', numbers: numbers.slice(2 * i, 2 * i + 2) }))
}

/** Long stretches of straight lines, each by columns; everything else as it is. */
function thinned(segments: readonly Segment[], column: number): readonly Segment[] {
  if (segments.length < LONG)
    return segments
  const kept: Segment[] = []
  for (let i = 0; i < segments.length;) {
    let end = i + 1
    while (segments[end]?.command === 'L')
      end++
    const stretch = segments.slice(i, end)
    kept.push(...isLine(stretch[0]!) && stretch.length >= LONG ? extremes(stretch, column) : stretch)
    i = end
  }
  return kept
}

function isLine({ command }: Segment): boolean {
  return command === 'M' || command === 'L'
}

/** Of every run of points within one column the lowest and the highest, in their order, and both ends of the line. */
function extremes(points: readonly Segment[], column: number): Segment[] {
  const columnOf = ({ numbers: [x] }: Segment): number => Math.floor(x! / column)
  const kept: Segment[] = []
  for (let i = 0; i < points.length;) {
    let [end, low, high] = [i + 1, i, i]
    while (end < points.length && columnOf(points[end]!) === columnOf(points[i]!)) {
      if (points[end]!.numbers[1]! < points[low]!.numbers[1]!)
        low = end
      if (points[end]!.numbers[1]! > points[high]!.numbers[1]!)
        high = end
      end++
    }
    const ends = [...i === 0 ? [0] : [], ...end === points.length ? [end - 1] : []]
    kept.push(...[...new Set([low, high, ...ends])].sort((a, b) => a - b).map(at => points[at]!))
    i = end
  }
  return kept
}
