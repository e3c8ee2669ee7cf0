import { expect, it } from 'vitest'
import { whyUnavailable } from './available'
import { killStudy } from './kill'

it.for(['wasm', 'native'] as const)('kill -9 of workers and main loses nothing, leaves nothing, changes no bit of the engine %s (npm run test:kill does twenty)', { timeout: 240_000 }, async (engine, context) => {
  const obstacle = whyUnavailable(engine)
  if (obstacle) {
    console.warn(`skipped: ${obstacle}`)
    return context.skip(obstacle)
  }
  const report = await killStudy({ engine, kills: 6, seed: 3 })
  expect(report.mainKills + report.workerKills).toBe(6)
  expect(report.mainKills).toBeGreaterThan(0)
  expect(report.workerKills).toBeGreaterThan(0)
  // The run whose worker was killed after its checkpoint, and the one that main was killed at.
  expect(report.resumed).toBeGreaterThanOrEqual(2)
  return undefined
})
