import { closest, distance } from 'fastest-levenshtein'

/** "1 pair", "2,560 examples". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${integer(count)} ${count === 1 ? one : many}`
}

export function integer(value: number): string {
  return value.toLocaleString('en-US')
}

/** "; did you mean adam?" where something known is near, else nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = known.length ? closest(name, known) : ''
  return near !== '' && distance(name, near) <= Math.max(2, Math.ceil(name.length / 3)) ? `; did you mean ${near}?` : ''
}
