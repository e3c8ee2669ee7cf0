import { expect, it } from 'vitest'
import { killStudy } from './kill'

it('kill -9 of workers and main loses nothing, leaves nothing, changes no bit (npm run test:kill does twenty)', async () => {
  const report = await killStudy({ kills: 6, seed: 3 })
  expect(report.mainKills + report.workerKills).toBe(6)
  expect(report.mainKills).toBeGreaterThan(0)
  expect(report.workerKills).toBeGreaterThan(0)
})
