/**
 * Differences in ascending order.
 * @throws RangeError for one that is NaN
 */
export function ascending(differences: readonly number[]): Float64Array {
  // Without negative zeros, which no interval should end at.
  const sorted = Float64Array.from(differences, difference => difference + 0).sort()
  // NaN is sorted to the end.
  if (Number.isNaN(sorted.at(-1)))
    throw new RangeError(`a test takes differences that are numbers, and one of ${differences.length} is NaN: leave such pairs out`)
  return sorted
}

/**
 * The same of differences that are to be estimated from.
 * @throws RangeError for one that is not finite
 */
export function ascendingFinite(differences: readonly number[]): Float64Array {
  const sorted = ascending(differences)
  if (sorted.length && !(Number.isFinite(sorted[0]) && Number.isFinite(sorted.at(-1))))
    throw new RangeError('estimates and margins take finite differences: leave pairs out of which a side diverged')
  return sorted
}
