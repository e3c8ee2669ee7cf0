/** Below it the series of the far tail is more exact than what the near one leaves. */
const FAR = 1e-3

/**
 * P(|T| ≥ |t|) of Student's t with ν degrees of freedom, by its angle θ = arctan(t / √ν): sin θ and cos² θ are given, for
 * a correlation r they are |r| and 1 - r². 1 - sin θ Σ_{k<ν/2} cₖ, cₖ the terms of Abramowitz and Stegun (1964), 26.7.3
 * and 26.7.4, whose sum over all k is 1/sin θ.
 */
export function studentTails(sine: number, squaredCosine: number, ν: number): number {
  const odd = ν % 2 === 1
  // Odd ν: (2/π) cos θ (2k)!!/(2k+1)!! cos²ᵏ θ, after θ itself; even: (2k-1)!!/(2k)!! cos²ᵏ θ.
  const ratio = (k: number): number => (odd ? 2 * k / (2 * k + 1) : (2 * k - 1) / (2 * k)) * squaredCosine
  const terms = Math.floor(ν / 2)
  let term = odd ? 2 / Math.PI * Math.sqrt(squaredCosine) : 1
  let near = odd ? 2 / Math.PI * Math.asin(sine) : 0
  for (let k = 1; k <= terms; k++) {
    near += sine * term
    term *= ratio(k)
  }
  const p = 1 - near
  return p > FAR ? p : farTails(sine, term, terms, ratio)
}

function farTails(sine: number, first: number, terms: number, ratio: (k: number) => number): number {
  let far = 0
  for (let [term, k] = [first, terms + 1]; term > far * 1e-17; k++) {
    far += term
    term *= ratio(k)
  }
  return sine * far
}

/** The t that |T| exceeds with probability 1 - confidence, ν degrees of freedom: a mean's interval is ± t · sd / √n, ν = n - 1. */
export function studentQuantile(confidence: number, ν: number): number {
  // In θ, where the interval is bounded and its ends are no limits.
  let [low, high] = [0, Math.PI / 2]
  for (let middle = high / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (studentTails(Math.sin(middle), Math.cos(middle) ** 2, ν) > 1 - confidence)
      low = middle
    else
      high = middle
  }
  return Math.sqrt(ν) * Math.tan(low)
}
