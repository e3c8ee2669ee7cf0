/**
 * Tests the built program in a real Electron, where its binary is; else says that it does not, and why.
 * `--required` (as in CI) makes that a failure.
 */

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { findElectron } from './electron.mjs'
import { setUp } from './setup.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { node } = setUp()
const electron = await findElectron({ node })
const display = displayOf()

if (electron.kind === 'missing')
  skip(electron.reason)
else if (display.kind === 'none')
  skip('there is no display, and no xvfb-run to make one')
else
  test(electron.path, display.command)

function test(path, [command, ...args]) {
  const playwright = [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', '--config', join(root, 'test', 'electron-e2e', 'playwright.config.ts')]
  const { status } = spawnSync(command, [...args, ...playwright], { cwd: root, stdio: 'inherit', env: { ...process.env, ELECTRON_PATH: path, LAB_NODE: node } })
  process.exitCode = status ?? 1
}

function skip(reason) {
  console.log(`skipped: ${reason}`)
  process.exitCode = process.argv.includes('--required') ? 1 : 0
}

/** What runs a program where it can be seen, if only by the tests. */
function displayOf() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
    return { kind: 'there', command: [node] }
  const { error } = spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' })
  return error ? { kind: 'none' } : { kind: 'there', command: ['xvfb-run', '--auto-servernum', node] }
}
