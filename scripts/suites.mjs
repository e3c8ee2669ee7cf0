/** What `npm test` runs, and the seconds that it may take on two cores. */

/** Fast ones first. Budgets are about one and a half times what suites take. */
export const suites = [
  { name: 'types', budget: 30, command: ['typescript/bin/tsc', '--noEmit'] },
  { name: 'types of screens', budget: 60, command: ['vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'src-renderer'] },
  { name: 'types of e2e', budget: 30, command: ['typescript/bin/tsc', '--noEmit', '-p', 'test/e2e'] },
  { name: 'unit', budget: 180, vitest: true },
  { name: 'lint', budget: 75, command: ['eslint/bin/eslint.js', '.'] },
  { name: 'engines', budget: 75, vitest: true },
  { name: 'processes', budget: 240, vitest: true },
  { name: 'e2e', budget: 390, playwright: true },
]

/**
 * Less than their sum, for not all are slow at once. They take nine to ten minutes, and a minute and a half is set-up;
 * a machine that is half as slow again still ends.
 */
export const TOGETHER = 840
