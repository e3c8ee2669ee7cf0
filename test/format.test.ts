import { bytes, day, probability, roughDuration, typeset } from '@shared/format'
import { expect, it, onTestFinished } from 'vitest'

it('says sizes in two digits that count', () => {
  expect([0, 999, 1000, 12_400, 999_499, 999_500, 1.2e7, 3.44e9, 2.5e15].map(bytes)).toEqual(['0 B', '1 kB', '1 kB', '12 kB', '1 MB', '1 MB', '12 MB', '3.4 GB', '2,500 TB'])
})

it('says rough times in one number', () => {
  expect([12, 61, 240, 5399, 5400, 3 * 3600, 60 * 3600].map(roughDuration)).toEqual(['less than a minute', 'about 1 min', 'about 4 min', 'about 90 min', 'about 2 h', 'about 3 h', 'about 3 days'])
})

it('says a p to three decimals, and small ones with the digit that counts', () => {
  expect([1, 0.5, 0.0625, 1 / 256, 2 ** -12, 3e-6, 1e-7].map(probability)).toEqual(['1.000', '0.500', '0.063', '0.004', '0.0002', '0.000003', 'less than 0.000001'])
})

it('sets minus and times signs in numbers, and in nothing else', () => {
  expect(typeset('-5.2 ± 1.5')).toBe('−5.2 ± 1.5')
  expect(typeset('2 pairs = 1 capacity x 2 seeds')).toBe('2 pairs = 1 capacity × 2 seeds')
  expect(typeset('Sparse - dense of first-look, 12 x 16, (-0.1)')).toBe('Sparse − dense of first-look, 12 × 16, (−0.1)')
  expect(typeset('seeds 1-2 of 2026-07-28, one-sided, max x and y')).toBe('seeds 1-2 of 2026-07-28, one-sided, max x and y')
})

it('writes a moment\'s day where it is read', () => {
  const zone = process.env.TZ
  onTestFinished(() => void (zone === undefined ? delete process.env.TZ : process.env.TZ = zone))
  const days = ['Asia/Tokyo', 'America/Los_Angeles'].map((here) => {
    process.env.TZ = here
    return ['2026-10-01T02:00:00.000Z', '2026-10-01T20:00:00.000Z'].map(day)
  })
  expect(days).toEqual([['2026-10-01', '2026-10-02'], ['2026-09-30', '2026-10-01']])
})
