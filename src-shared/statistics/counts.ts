/** A share, kept as what it was counted from. */
export interface Count {
  readonly correct: number
  readonly total: number
}

/**
 * Differences of shares (to - from) as whole numbers of 1/total, where equal ones are equal and order is exact. Of counts
 * with different totals the unit is that of their least common multiple.
 * @throws RangeError for what is no count, and for totals whose common multiple is beyond exact whole numbers
 */
export function differencesOfCounts(pairs: readonly { readonly from: Count, readonly to: Count }[]): { differences: number[], total: number } {
  const counts = pairs.flatMap(({ from, to }) => [from, to])
  const strange = counts.find(({ correct, total }) => !(Number.isInteger(correct) && Number.isInteger(total) && correct >= 0 && correct <= total && total > 0))
  if (strange)
    throw new RangeError(`a count is a whole number of a total, and one is ${strange.correct} of ${strange.total}`)
  const total = counts.reduce((multiple, { total }) => leastCommonMultiple(multiple, total), 1)
  if (!Number.isSafeInteger(total))
    throw new RangeError(`counts of so many different totals cannot be compared exactly: ${[...new Set(counts.map(({ total }) => total))].join(', ')}`)
  const scaled = ({ correct, total: own }: Count): number => correct * (total / own)
  return { differences: pairs.map(({ from, to }) => scaled(to) - scaled(from)), total }
}

function leastCommonMultiple(a: number, b: number): number {
  return a === b ? a : a / greatestCommonDivisor(a, b) * b
}

/** Of whole numbers. */
export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
