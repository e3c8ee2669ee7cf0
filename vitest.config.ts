import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const resolved = {
  alias: {
    '@shared': resolve(import.meta.dirname, 'src-shared'),
  },
}

/** Times are against what hangs, not against what is slow on a busy machine. */
const patient = { expect: { poll: { timeout: 20_000 } } }

/** Suites as `npm test` runs them: by folder, fast ones first. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: resolved,
        test: {
          name: 'unit',
          testTimeout: 30_000,
          ...patient,
          // Modules are loaded once a worker: loading them for every file took longer than all tests.
          isolate: false,
          setupFiles: 'test/seed.ts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/engines/**', 'test/processes/**'],
        },
      },
      {
        resolve: resolved,
        test: {
          name: 'engines',
          setupFiles: 'test/seed.ts',
          include: ['test/engines/**/*.test.ts'],
          testTimeout: 60_000,
          ...patient,
        },
      },
      {
        resolve: resolved,
        test: {
          name: 'processes',
          include: ['test/processes/**/*.test.ts'],
          testTimeout: 120_000,
          ...patient,
          // They start processes that want the cores for themselves.
          fileParallelism: false,
        },
      },
    ],
  },
})
