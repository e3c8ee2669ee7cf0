import type { MeanCurve } from '../../contract/rows'
import type { Side } from '../../random/stream'
import type { Entry } from './pieces'
import type { ChartCell } from './rows'
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

/** So many hues and lightnesses are told apart at a glance. */
const HUES = 4
const LIGHTNESSES = 3

/** More curves in a panel cannot be told apart: then they are means over all capacities, until one is picked. */
const APART = 8

/** Over what the curves of so many cells are: null over all capacities, undefined each for itself. */
export function overCapacities({ cells }: { readonly cells: readonly Pick<ChartCell, 'treatment' | 'capacity'>[] }): null | undefined {
  return cells.filter(({ capacity }) => capacity !== null).length > APART && cells.some(({ capacity }) => capacity === null) ? null : undefined
}

export function capacityName(capacity: number | null): string {
  return capacity === null ? 'all W' : `W = ${decimal(capacity, 0)}`
}

/**
 * Colour by treatment, dash by capacity (shade if there are more than four). With one treatment alone, capacities take
 * viridis; a single curve takes its side's colour.
 * @param capacities none where curves are means over all of them
 * @param named what they are called, where it is something else that is in order
 */
export function lineLooks(treatments: readonly string[], capacities: readonly number[], theme: Theme, named: (capacity: number) => string = capacityName): LineLooks {
  if (treatments.length <= 1 && capacities.length <= 1)
    return { of: ({ side }: { side: Side }) => ({ colour: theme.side[side] }), entries: [] }
  if (treatments.length <= 1) {
    const colour = (capacity: number): string => viridis(theme.lineRange[0] + (theme.lineRange[1] - theme.lineRange[0]) * capacities.indexOf(capacity) / Math.max(1, capacities.length - 1))
    return { of: ({ capacity }) => ({ colour: colour(capacity ?? Number.NaN) }), entries: capacities.map(capacity => ({ kind: 'line', text: named(capacity), colour: colour(capacity) })) }
  }
  const hueOf = hues(treatments, theme)
  const byDash = capacities.length <= DASHES.length + 1
  const dash = (treatment: string, capacity: number | null): { dash?: readonly number[] } => {
    const dashes = [...DASHES, undefined]
    const lengths = capacities.length > 1
      ? capacity === null || capacity === capacities.at(-1) ? undefined : dashes[capacities.indexOf(capacity) + (capacities.length === 2 ? 1 : 0)]
      // The same colours once more are broken.
      : dashes.at(-1 - hueOf(treatment).round)
    return byDash && lengths ? { dash: lengths.map(length => length * theme.line) } : {}
  }
  const shade = (colour: string, capacity: number | null): string =>
    byDash || capacity === null ? colour : mix(theme.background, colour, 0.35 + 0.65 * capacities.indexOf(capacity) / (capacities.length - 1))
  return {
    of: ({ treatment, capacity }) => ({ colour: shade(hueOf(treatment).colour, capacity), ...dash(treatment, capacity) }),
    entries: [
      ...treatments.map((treatment): Entry => ({ kind: 'line', text: treatment, colour: hueOf(treatment).colour, ...dash(treatment, null) })),
      ...capacities.length > 1 ? capacities.map((capacity): Entry => ({ kind: 'line', text: named(capacity), colour: shade(theme.muted, capacity), ...dash(treatments[0]!, capacity) })) : [],
    ],
  }
}

/**
 * A colour a treatment: where there are more than a few and they cross two factors, a hue for the first one's level and
 * a lightness for the others'; else one of the colours that the colour-blind tell apart.
 */
function hues(treatments: readonly string[], theme: Theme): (treatment: string) => { readonly colour: string, /** How often the same colours were given before. */ readonly round: number } {
  const parts = new Map(treatments.map(treatment => [treatment, treatment.split(' · ')]))
  const first = [...new Set([...parts.values()].map(([level]) => level!))]
  const second = [...new Set([...parts.values()].map(([, ...levels]) => levels.join(' · ')))]
  if (treatments.length <= HUES || first.length > HUES || second.length > LIGHTNESSES || first.length < 2) {
    const count = theme.series.length
    return treatment => ({ colour: theme.series[treatments.indexOf(treatment) % count]!, round: Math.min(DASHES.length, Math.floor(treatments.indexOf(treatment) / count)) })
  }
  return (treatment) => {
    const [level, ...others] = parts.get(treatment)!
    // From dark to light around the hue itself.
    const t = 2 * second.indexOf(others.join(' · ')) / Math.max(1, second.length - 1) - 1
    return { colour: mix(theme.series[first.indexOf(level!)]!, t < 0 ? theme.text : theme.background, (t < 0 ? 0.4 : 0.55) * Math.abs(t)), round: 0 }
  }
}
