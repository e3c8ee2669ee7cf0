export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the screens are drawn for. */
export const MINIMUM = { width: 960, height: 600 }
const FIRST = { width: 1440, height: 960 }

/**
 * Where a window opens: where it was, moved and shrunk as far as needed to lie wholly on the display that shows most of
 * it; in the middle of the first display where it was on none.
 * @param displays the work areas of the displays, at least one, the primary first
 */
export function placeWindow(was: Rectangle | undefined, displays: readonly Rectangle[]): Rectangle {
  const display = was && mostOf(was, displays)
  if (display)
    return moveInto(was, display)
  const [primary] = displays as [Rectangle]
  const size = shrinkTo(was ?? FIRST, primary)
  return { ...size, x: primary.x + Math.round((primary.width - size.width) / 2), y: primary.y + Math.round((primary.height - size.height) / 2) }
}

function mostOf(window: Rectangle, displays: readonly Rectangle[]): Rectangle | undefined {
  const [best] = displays.map(display => ({ display, area: overlap(window, display) })).sort((a, b) => b.area - a.area)
  return best && best.area > 0 ? best.display : undefined
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}

function moveInto(window: Rectangle, display: Rectangle): Rectangle {
  const { width, height } = shrinkTo(window, display)
  return {
    width,
    height,
    x: Math.min(Math.max(window.x, display.x), display.x + display.width - width),
    y: Math.min(Math.max(window.y, display.y), display.y + display.height - height),
  }
}

function shrinkTo({ width, height }: { width: number, height: number }, display: Rectangle): { width: number, height: number } {
  return { width: Math.min(width, display.width), height: Math.min(height, display.height) }
}
