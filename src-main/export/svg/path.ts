/** Numbers that each command takes. */
const TAKES: Readonly<Record<string, number>> = { M: 2, L: 2, C: 6, Q: 4, A: 7, Z: 0 }

export interface Segment {
  readonly command: string
  /** Absolute coordinates; those of its end come last. */
  readonly numbers: readonly number[]
}

/** A path of absolute commands, one segment a command; undefined where it has others. */
export function segmentsOf(d: string): Segment[] | undefined {
  const segments: Segment[] = []
  for (const [, command, rest] of d.matchAll(/([a-z])([^a-df-z]*)/gi)) {
    const takes = TAKES[command!]
    if (takes === undefined)
      return undefined
    const numbers = [...rest!.matchAll(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi)].map(Number)
    if (takes === 0) {
      segments.push({ command: 'Z', numbers: [] })
      continue
    }
    for (let i = 0; i < numbers.length; i += takes)
      segments.push({ command: i > 0 && command === 'M' ? 'L' : command!, numbers: numbers.slice(i, i + takes) })
  }
  return segments
}

/** The path in as few characters as can be: relative, rounded to so many decimals without adding up what is rounded off. */
export function pathText(segments: readonly Segment[], decimals: number): string {
  const scale = 10 ** decimals
  const grid = (value: number): number => Math.round(value * scale)
  let [x, y, startX, startY] = [0, 0, 0, 0]
  let [text, last] = ['', '']
  for (const { command, numbers } of segments) {
    if (command === 'Z') {
      text += 'z';
      [x, y, last] = [startX, startY, 'z']
      continue
    }
    // An arc's radii, angle and flags are no places.
    const fixed = command === 'A' ? 5 : 0
    const places = numbers.slice(fixed).map((value, i) => grid(value) - (i % 2 ? y : x))
    const relative = [...numbers.slice(0, fixed), ...places.map(value => value / scale)]
    const name = command.toLowerCase()
    // After a move, lines need no letter.
    text += (name === last || (name === 'l' && last === 'm') ? separated(relative, true) : name + separated(relative, false))
    x += places.at(-2)!
    y += places.at(-1)!
    if (command === 'M')
      [startX, startY] = [x, y]
    last = name
  }
  return text
}

/** Numbers with a space only where two would become one. */
function separated(numbers: readonly number[], follows: boolean): string {
  return numbers.map((value, i) => {
    const text = String(Math.round(value * 1e4) / 1e4).replace(/^(-?)0\./, '$1.')
    return (i > 0 || follows) && !text.startsWith('-') ? ` ${text}` : text
  }).join('')
}
