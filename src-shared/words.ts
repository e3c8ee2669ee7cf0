import { closest, distance } from 'fastest-levenshtein'

/** "1 pair", "2,560 examples". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${integer(count)} ${count === 1 ? one : many}`
}

export function integer(value: number): string {
  return value.toLocaleString('en-US')
}

/** "Treatment" as "treatment" within a sentence; names such as BatchNorm and SGD as they are. */
export function uncapitalised(title: string): string {
  return /^[A-Z][a-z]+(?= |$)/.test(title) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}` : title
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  return [...items.slice(0, -2), items.slice(-2).join(' and ')].join(', ')
}

/** The first few of a list, and how many more there are. */
export function atMost(count: number, items: readonly string[]): string {
  const more = items.length - count
  return more > 0 ? `${items.slice(0, count).join(', ')} and ${more} more` : items.join(', ')
}

/** "; did you mean adam?" where something known is near, else nothing. A path may be meant by its last name alone. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearest(name, known) ?? nearest(name, known.map(lastName))
  return meant === undefined ? '' : `; did you mean ${known.find(path => path === meant || lastName(path) === meant)!}?`
}

/** What is known that a name is a slip of, in any case of letters. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0)
    return undefined
  const [given, all] = [name.toLowerCase(), new Map(known.map(one => [one.toLowerCase(), one]))]
  const near = closest(given, [...all.keys()])
  // Two letters are near to too much.
  return given.length > 2 && distance(given, near) <= Math.max(2, Math.floor(given.length / 3)) ? all.get(near) : undefined
}

function lastName(path: string): string {
  return path.split('.').at(-1)!
}
