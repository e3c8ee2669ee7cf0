/** A p-value, or null where there is none: no pair that could speak. Such cells are no tests and are not counted. */
export type MaybeP = number | null

/**
 * Adjusted p-values: those at most α are significant with at most α risk of a single false one among all. Holm (1979),
 * Scandinavian Journal of Statistics 6, 65-70.
 * @throws RangeError for what is no p-value
 */
export function holm(ps: readonly MaybeP[]): MaybeP[] {
  return adjusted(ps, (ascending) => {
    let largest = 0
    return ascending.map((p, i) => largest = Math.max(largest, Math.min(1, (ascending.length - i) * p)))
  })
}

/**
 * Adjusted p-values: of those at most q, at most a share q is expected to be false (tests independent or positively
 * dependent). Benjamini and Hochberg (1995), JRSS B 57, 289-300.
 * @throws RangeError for what is no p-value
 */
export function benjaminiHochberg(ps: readonly MaybeP[]): MaybeP[] {
  return adjusted(ps, (ascending) => {
    let smallest = 1
    return ascending.toReversed().map((p, i) => smallest = Math.min(smallest, p * ascending.length / (ascending.length - i))).reverse()
  })
}

function adjusted(ps: readonly MaybeP[], adjust: (ascending: readonly number[]) => readonly number[]): MaybeP[] {
  const strange = ps.find(p => p !== null && !(p >= 0 && p <= 1))
  if (strange !== undefined)
    throw new RangeError(`a p-value is between 0 and 1, and one is ${strange}`)
  const order = ps.flatMap((p, i) => p === null ? [] : [{ p, i }]).sort((a, b) => a.p - b.p)
  const values = adjust(order.map(({ p }) => p))
  const result: MaybeP[] = ps.map(() => null)
  order.forEach(({ i }, position) => result[i] = values[position]!)
  return result
}
