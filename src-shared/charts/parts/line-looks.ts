import type { MeanCurve } from '../../contract/rows'
import type { Side } from '../../random/stream'
import type { Entry } from './pieces'
import type { Theme } from './theme'
import { mix, viridis } from './colours'
import { decimal } from './numbers'

/** How the curves of a treatment at a capacity look, and the legend that says so. */
export interface LineLooks {
  readonly of: (curve: Pick<MeanCurve, 'treatment' | 'capacity' | 'side'>) => { readonly colour: string, readonly dash?: readonly number[] }
  readonly entries: readonly Entry[]
}

/** Small capacities are broken finely, the largest is solid; in line widths. Two capacities take the second of them. */
const DASHES = [[1, 1.8], [4, 2.4], [10, 2.4]]

/**
 * Colour by treatment (Okabe-Ito's remaining hues; viridis if they do not suffice), dash by capacity (shade if there
 * are more than four). With one treatment alone, capacities take viridis; a single curve takes its side's colour.
 */
export function lineLooks(treatments: readonly string[], capacities: readonly number[], theme: Theme): LineLooks {
  const named = (capacity: number): string => `W = ${decimal(capacity, 0)}`
  if (treatments.length <= 1 && capacities.length <= 1)
    return { of: ({ side }: { side: Side }) => ({ colour: theme.side[side] }), entries: [] }
  const ordered = (count: number, i: number): string => viridis(theme.lineRange[0] + (theme.lineRange[1] - theme.lineRange[0]) * i / Math.max(1, count - 1))
  if (treatments.length <= 1) {
    const colour = (capacity: number): string => ordered(capacities.length, capacities.indexOf(capacity))
    return { of: ({ capacity }) => ({ colour: colour(capacity) }), entries: capacities.map(capacity => ({ kind: 'line', text: named(capacity), colour: colour(capacity) })) }
  }
  const hue = (treatment: string): string => {
    const i = treatments.indexOf(treatment)
    return treatments.length <= theme.series.length ? theme.series[i]! : ordered(treatments.length, i)
  }
  const byDash = capacities.length <= DASHES.length + 1
  const dash = (capacity: number): { dash?: readonly number[] } => {
    const i = capacities.indexOf(capacity) + (capacities.length === 2 ? 1 : 0)
    return byDash && capacity !== capacities.at(-1) ? { dash: DASHES[i]!.map(length => length * theme.line) } : {}
  }
  const shade = (colour: string, capacity: number): string =>
    byDash ? colour : mix(theme.background, colour, 0.35 + 0.65 * capacities.indexOf(capacity) / (capacities.length - 1))
  return {
    of: ({ treatment, capacity }) => ({ colour: shade(hue(treatment), capacity), ...dash(capacity) }),
    entries: [
      ...treatments.map((treatment): Entry => ({ kind: 'line', text: treatment, colour: hue(treatment) })),
      ...capacities.length > 1 ? capacities.map((capacity): Entry => ({ kind: 'line', text: named(capacity), colour: shade(theme.muted, capacity), ...dash(capacity) })) : [],
    ],
  }
}
