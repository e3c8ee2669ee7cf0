/**
 * `npm run test:fuzz`: the engines' tests, their properties on hundreds of cases, new ones each time; `PROPERTY_SEED` and
 * `PROPERTY_RUNS` name others.
 */

import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { node } = setUp()
const { PROPERTY_SEED = String(randomInt(2 ** 31)), PROPERTY_RUNS = '500' } = process.env
console.log(`PROPERTY_SEED=${PROPERTY_SEED} PROPERTY_RUNS=${PROPERTY_RUNS}`)
const { status } = spawnSync(node, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'engines', '--testTimeout', '3600000'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PROPERTY_SEED, PROPERTY_RUNS },
})
process.exitCode = status ?? 1
