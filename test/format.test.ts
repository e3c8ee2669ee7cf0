import { bytes, roughDuration } from '@shared/format'
import { expect, it } from 'vitest'

it('says sizes in two digits that count', () => {
  expect([0, 999, 1000, 12_400, 999_499, 999_500, 1.2e7, 3.44e9, 2.5e15].map(bytes)).toEqual(['0 B', '1 kB', '1 kB', '12 kB', '1 MB', '1 MB', '12 MB', '3.4 GB', '2,500 TB'])
})

it('says rough times in one number', () => {
  expect([12, 61, 240, 5399, 5400, 3 * 3600, 60 * 3600].map(roughDuration)).toEqual(['less than a minute', 'about 1 min', 'about 4 min', 'about 90 min', 'about 2 h', 'about 3 h', 'about 3 days'])
})
