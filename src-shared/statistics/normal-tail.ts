/** Where the series gives way to the continued fraction. */
const FAR = 3
const FRACTIONS = 200

/**
 * P(Z ≥ z) of a standard normal variable, to about 13 digits also far out. Abramowitz and Stegun, Handbook of
 * Mathematical Functions (1964), 26.2.11 and 26.2.14.
 */
export function normalUpperTail(z: number): number {
  if (z < 0)
    return 1 - normalUpperTail(-z)
  const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI)
  if (z > FAR) {
    let fraction = z
    for (let k = FRACTIONS; k > 0; k--)
      fraction = z + k / fraction
    return density / fraction
  }
  let sum = 0
  for (let term = z, k = 1; term > 1e-18; k++) {
    sum += term
    term *= z * z / (2 * k + 1)
  }
  return 0.5 - density * sum
}
