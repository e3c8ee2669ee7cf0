/** Below it the series of the far tail is more exact than what the near one leaves. */
const FAR = 1e-3

/**
 * Two-sided p of a correlation r of n points by Student's t with ν = n - 2 degrees of freedom, t = r √(ν / (1 - r²)):
 * P(|T| ≥ |t|) = 1 - |r| Σ_{k<ν/2} cₖ, cₖ the terms of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4, whose sum over
 * all k is 1/|r|. Never less than 2/n!, the share of two in all orders: of few points a t of infinity says no more.
 */
export function correlationP(r: number, n: number): number {
  const floor = Math.min(1, 2 / factorial(n))
  if (n <= 2)
    return floor
  const [sine, squaredCosine] = [Math.abs(r), (1 - r) * (1 + r)]
  const odd = (n - 2) % 2 === 1
  // Odd ν: (2/π) cos θ (2k)!!/(2k+1)!! cos²ᵏ θ, after θ itself; even: (2k-1)!!/(2k)!! cos²ᵏ θ.
  const ratio = (k: number): number => (odd ? 2 * k / (2 * k + 1) : (2 * k - 1) / (2 * k)) * squaredCosine
  const terms = Math.floor((n - 2) / 2)
  let term = odd ? 2 / Math.PI * Math.sqrt(squaredCosine) : 1
  let near = odd ? 2 / Math.PI * Math.asin(sine) : 0
  for (let k = 1; k <= terms; k++) {
    near += sine * term
    term *= ratio(k)
  }
  const p = 1 - near
  return Math.min(1, Math.max(floor, p > FAR ? p : farTail(sine, term, terms, ratio)))
}

function farTail(sine: number, first: number, terms: number, ratio: (k: number) => number): number {
  let far = 0
  for (let [term, k] = [first, terms + 1]; term > far * 1e-17; k++) {
    far += term
    term *= ratio(k)
  }
  return sine * far
}

function factorial(n: number): number {
  let product = 1
  for (let k = 2; k <= n && Number.isFinite(product); k++)
    product *= k
  return product
}
