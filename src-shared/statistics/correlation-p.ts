import { studentTails } from './student-t'

/**
 * Two-sided p of a correlation r of n points by Student's t with ν = n - 2 degrees of freedom, t = r √(ν / (1 - r²)).
 * Never less than 2/n!, the share of two in all orders: of few points a t of infinity says no more.
 */
export function correlationP(r: number, n: number): number {
  const floor = Math.min(1, 2 / factorial(n))
  return n <= 2 ? floor : Math.min(1, Math.max(floor, studentTails(Math.abs(r), (1 - r) * (1 + r), n - 2)))
}

function factorial(n: number): number {
  let product = 1
  for (let k = 2; k <= n && Number.isFinite(product); k++)
    product *= k
  return product
}
