import { spreading, spreads } from '@shared/statistics/spread'
import { studentQuantile } from '@shared/statistics/student-t'
import { describe, expect, it } from 'vitest'

describe('the t of Student', () => {
  // scipy.stats.t.ppf(0.975, ν) and (0.995, ν), SciPy 1.17.
  it.each([
    [1, 12.706204736174694, 63.656741162871526],
    [2, 4.302652729749462, 9.924843200918287],
    [3, 3.1824463052837078, 5.840909309733355],
    [4, 2.7764451051977934, 4.604094871349992],
    [9, 2.262157162798205, 3.249835541592126],
    [14, 2.144786687917804, 2.9768427343708344],
    [99, 1.9842169515864174, 2.626405457280827],
    [4999, 1.9604386466615247, 2.5768131633989824],
  ])('with %i degrees of freedom is exceeded to either side with p = 0.05 and 0.01 where SciPy has it', (degrees, twentieth, hundredth) => {
    expect(studentQuantile(0.95, degrees) / twentieth).toBeCloseTo(1, 11)
    expect(studentQuantile(0.99, degrees) / hundredth).toBeCloseTo(1, 11)
  })
})

describe('the spread of values', () => {
  const values = [0.861, 0.858, 0.866, 0.852, 0.859]
  // NumPy's mean and std(ddof=1), SciPy's t.interval(0.95, 4, mean, sd / √5).
  const [mean, sd] = [0.8592, 0.005069516742254635]

  it.each([
    ['sd', mean - sd, mean + sd],
    ['standardError', mean - sd / Math.sqrt(5), mean + sd / Math.sqrt(5)],
    ['interval', 0.8529053635728511, 0.8654946364271486],
    ['range', 0.852, 0.866],
  ] as const)('as %s ends where NumPy and SciPy have it', (spread, low, high) => {
    const found = spreading(values, spread)
    expect(found.n).toBe(5)
    for (const [value, expected] of [[found.mean, mean], [found.sd, sd], [found.low, low], [found.high, high]] as const)
      expect(value).toBeCloseTo(expected, 12)
  })

  it.each(spreads)('as %s has no ends with fewer than two values', (spread) => {
    expect(spreading([0.5], spread)).toEqual({ n: 1, mean: 0.5, sd: Number.NaN, low: Number.NaN, high: Number.NaN })
    expect(spreading([], spread)).toEqual({ n: 0, mean: Number.NaN, sd: Number.NaN, low: Number.NaN, high: Number.NaN })
  })
})
