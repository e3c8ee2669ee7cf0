import process from 'node:process'
import fc from 'fast-check'

/**
 * Property tests draw the same cases in every run, so that the same sources always pass or always fail. To look for new
 * ones: `PROPERTY_SEED=$RANDOM PROPERTY_RUNS=10000 npx vitest run --project unit`.
 */
const { PROPERTY_SEED = '1', PROPERTY_RUNS } = process.env
fc.configureGlobal({ seed: Number(PROPERTY_SEED), ...(PROPERTY_RUNS === undefined ? {} : { numRuns: Number(PROPERTY_RUNS) }) })

/** How many cases a property is tried on: so many, or as many as `PROPERTY_RUNS` says. */
export function cases(numRuns: number): { numRuns: number } {
  return { numRuns: Number(PROPERTY_RUNS ?? numRuns) }
}
