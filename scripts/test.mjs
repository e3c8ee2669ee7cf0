/**
 * `npm test`: sets up, then types, lint and all tests, each suite within its budget of seconds and all within theirs.
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
import { suites, TOGETHER } from './suites.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-test-'))

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !suites.some(suite => suite.name === name))
if (unknown.length) {
  console.error(`There is no suite ${unknown.join(', ')}; there is ${suites.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const { node } = setUp()
const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const total = { passed: 0, failed: 0, skipped: 0 }
const begun = performance.now()
for (const [i, suite] of chosen.entries()) {
  const start = performance.now()
  const left = TOGETHER - (start - begun) / 1000
  if (left <= 0) {
    const names = chosen.slice(i).map(({ name }) => name)
    console.error(`\nThe ${TOGETHER} s that all suites have together are over: ${names.join(', ')} ${names.length === 1 ? 'was not run, and counts' : 'were not run, and count'} as failed.`)
    total.failed += names.length
    break
  }
  const budget = Math.min(suite.budget, left)
  console.log(`\n== ${suite.name} (budget ${budget.toFixed(0)} s)`)
  const result = await run({ ...suite, budget })
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
  const code = await spawnWithin(budget, name, [join(root, 'node_modules', script), ...args])
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
  const code = await spawnWithin(budget, name, [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test'])
  if (!existsSync(report))
    return { passed: 0, failed: 1, skipped: 0 }
  const { stats: { expected, unexpected, flaky, skipped } } = JSON.parse(readFileSync(report, 'utf8'))
  return { passed: expected, failed: Math.max(unexpected + flaky, code === 0 ? 0 : 1), skipped }
}

/** The exit code of a suite; 1, and a sentence, where it had to be ended. */
function spawnWithin(seconds, name, args) {
  return new Promise((resolve) => {
    const detached = process.platform !== 'win32'
    const child = spawn(node, args, { cwd: root, stdio: 'inherit', detached })
    const kill = () => detached
      ? process.kill(-child.pid, 'SIGKILL')
      : child.kill('SIGKILL')
    const timer = setTimeout(() => {
      kill()
      console.error(`The suite ${name} was ended after ${seconds.toFixed(0)} s: its budget, or what was left of the ${TOGETHER} s that all have together.`)
      resolve(1)
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
