/**
 * `npm test`: sets up, then types, lint and all tests, each suite within its budget of seconds on two cores.
 * `npm test -- unit` runs the suites that are named. The last line sums over all of them.
 */

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { findChromium } from './chromium.mjs'
import { setUp } from './setup.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-test-'))

/** Fast ones first. Budgets sum up to less than ten minutes. */
const suites = [
  {
    name: 'types',
    budget: 60,
    command: ['typescript/bin/tsc', '--noEmit'],
  },
  {
    name: 'types of screens',
    budget: 90,
    command: ['vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'src-renderer'],
  },
  {
    name: 'types of e2e',
    budget: 60,
    command: ['typescript/bin/tsc', '--noEmit', '-p', 'test/e2e'],
  },
  { name: 'unit', budget: 120, vitest: true },
  {
    name: 'lint',
    budget: 90,
    command: ['eslint/bin/eslint.js', '.'],
  },
  { name: 'engines', budget: 90, vitest: true },
  { name: 'processes', budget: 240, vitest: true },
  { name: 'e2e', budget: 300, playwright: true },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !suites.some(suite => suite.name === name))
if (unknown.length) {
  console.error(`There is no suite ${unknown.join(', ')}; there is ${suites.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const { node } = setUp()
const total = { passed: 0, failed: 0, skipped: 0 }
for (const suite of suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const start = performance.now()
  console.log(`\n== ${suite.name} (budget ${suite.budget} s)`)
  const result = await run(suite)
  console.log(`== ${suite.name}: ${inWords(result)}, ${((performance.now() - start) / 1000).toFixed(1)} s`)
  for (const kind of Object.keys(total))
    total[kind] += result[kind]
}
rmSync(reports, { recursive: true, force: true })
console.log(`\n${inWords(total)}`)
process.exitCode = total.failed ? 1 : 0

async function run({ name, budget, command, vitest, playwright }) {
  if (playwright)
    return runPlaywright(name, budget)
  const report = join(reports, `${name}.json`)
  const [script, ...args] = vitest
    ? [
        'vitest/vitest.mjs',
        'run',
        '--project',
        name,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ]
    : command
  const code = await spawnWithin(budget, node, [
    join(root, 'node_modules', script),
    ...args,
  ])
  if (code === 'late')
    console.error(`The suite ${name} took longer than its budget of ${budget} s.`)
  if (!vitest) {
    return {
      passed: code === 0
        ? 1
        : 0,
      failed: code === 0
        ? 0
        : 1,
      skipped: 0,
    }
  }
  if (!existsSync(report))
    return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'))
  // A suite that fails without a failed test (it could not be loaded, say) counts as one.
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, code === 0
      ? 0
      : 1),
    skipped: numPendingTests + numTodoTests,
  }
}

/** In the Chromium that is installed; without one it is skipped, and says so. */
async function runPlaywright(name, budget) {
  if (!findChromium()) {
    console.log('skipped: there is no Chromium or Chrome here (Debian: apt-get install chromium; or name one in CHROMIUM)')
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const report = join(reports, `${name}.json`)
  process.env.E2E_REPORT = report
  const code = await spawnWithin(budget, node, [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test'])
  if (code === 'late')
    console.error(`The suite ${name} took longer than its budget of ${budget} s.`)
  if (!existsSync(report))
    return { passed: 0, failed: 1, skipped: 0 }
  const { stats: { expected, unexpected, flaky, skipped } } = JSON.parse(readFileSync(report, 'utf8'))
  return { passed: expected, failed: Math.max(unexpected + flaky, code === 0 ? 0 : 1), skipped }
}

/** The exit code, or 'late' if it had to be ended. */
function spawnWithin(seconds, ...command) {
  return new Promise((resolve) => {
    const detached = process.platform !== 'win32'
    const child = spawn(...command, { cwd: root, stdio: 'inherit', detached })
    const kill = () => detached
      ? process.kill(-child.pid, 'SIGKILL')
      : child.kill('SIGKILL')
    const timer = setTimeout(() => {
      kill()
      resolve('late')
    }, seconds * 1000)
    process.once('SIGINT', () => {
      kill()
      process.exit(130)
    })
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code)
    })
  })
}

function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
