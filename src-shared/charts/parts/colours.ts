/** Matplotlib's viridis (CC0) at nine equal steps: for what is ordered. */
const viridisStops = ['#440154', '#472D7B', '#3B528B', '#2C728E', '#21918C', '#28AE80', '#5EC962', '#ADDC30', '#FDE725']

/** @param t 0 .. 1, dark to light */
export function viridis(t: number): string {
  return between(viridisStops, t)
}

/** The colour at t of equally spaced ones, 0 .. 1. */
export function between(stops: readonly string[], t: number): string {
  const place = Math.min(Math.max(t, 0), 1) * (stops.length - 1)
  const i = Math.min(Math.floor(place), stops.length - 2)
  return mix(stops[i]!, stops[i + 1]!, place - i)
}

/** Between two colours, by their sRGB values. */
export function mix(from: string, to: string, t: number): string {
  const [a, b] = [channels(from), channels(to)]
  return `#${a.map((value, i) => Math.round(value + (b[i]! - value) * t).toString(16).padStart(2, '0')).join('').toUpperCase()}`
}

/** `#RRGGBB` with an opacity. */
export function faded(colour: string, opacity: number): string {
  return `rgba(${channels(colour).join(',')},${opacity})`
}

function channels(colour: string): number[] {
  return [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
}
