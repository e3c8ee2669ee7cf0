import { defineConfig } from '@playwright/test'

/** A real Electron; `scripts/test-electron.mjs` runs it where there is one. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../out/test-electron',
  workers: 1,
  // A first start trains: slow machines of CI have two cores for it.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: 'list',
})
