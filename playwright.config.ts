import { defineConfig } from '@playwright/test'
// @ts-expect-error -- plain JavaScript: it runs before anything is installed
import { findChromium } from './scripts/chromium.mjs'

/** The built program in the Chromium that is installed; `npm test -- e2e` runs it. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'out/test-e2e',
  // Tests of a file share a program and wait for it; those of two files are in each other's way less than one file leaves idle.
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list'], ...process.env.E2E_REPORT ? [['json', { outputFile: process.env.E2E_REPORT }] as const] : []],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findChromium() as string,
      args: [
        // A container's root cannot make its own sandbox.
        ...process.getuid?.() === 0 ? ['--no-sandbox'] : [],
        '--disable-gpu',
        '--disable-background-networking',
        // No name leads anywhere: what asks for another origin fails, and is seen to.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ],
    },
  },
})
