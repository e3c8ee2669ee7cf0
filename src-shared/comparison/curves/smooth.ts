/**
 * The exponential moving average of what was measured, corrected for its start from nothing as Adam corrects its
 * moments (arXiv 1412.6980, section 3): mₜ = β mₜ₋₁ + (1 - β) vₜ, shown mₜ / (1 - βᵗ). Gaps stay gaps and are not counted.
 * @param weight β, 0 .. 1: of all that came before
 */
export function smoothed(values: readonly (number | null)[], weight: number): (number | null)[] {
  let [moment, correction] = [0, 1]
  return values.map((value) => {
    if (value === null)
      return null
    moment = weight * moment + (1 - weight) * value
    correction *= weight
    return moment / (1 - correction)
  })
}
