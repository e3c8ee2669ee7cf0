/**
 * `npm run test:native:sanitize`: the engines' tests on a native engine that was built with AddressSanitizer and
 * UndefinedBehaviorSanitizer. It is built into a folder of its own.
 */

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { compileAddon, compiledAddon } from './node-gyp.mjs'
import { setUp } from './setup.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { node } = setUp()
const folder = join(root, 'out', 'sanitized')
mkdirSync(folder, { recursive: true })
cpSync(join(root, 'src-native'), folder, { recursive: true, filter: file => !file.startsWith(join(root, 'src-native', 'build')) })
const { status } = compileAddon(node, folder, { stdio: 'inherit', env: { GYP_DEFINES: 'sanitize=address,undefined' } })
if (status !== 0)
  process.exit(status ?? 1)

const runtimes = ['libasan.so', 'libubsan.so'].map(name => spawnSync('c++', [`-print-file-name=${name}`], { encoding: 'utf8' }).stdout.trim())
run(node, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'engines', 'conformance', 'native'], root, {
  LAB_NATIVE: compiledAddon(folder),
  LD_PRELOAD: runtimes.join(':'),
  // Node itself leaves memory behind when it ends.
  ASAN_OPTIONS: 'detect_leaks=0:halt_on_error=1',
  UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
})
console.log('The sanitizers found nothing.')

function run(command, args, cwd, env = {}) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0)
    process.exit(status ?? 1)
}
