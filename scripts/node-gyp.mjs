/** How the native engine is compiled: by node-gyp, with Node-API's headers of `node-api-headers`. */

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const nodeGyp = fileURLToPath(new URL('../node_modules/node-gyp/bin/node-gyp.js', import.meta.url))

const TOLD_HERE = /^npm_config_(?:nodedir|jobs|loglevel|force_process_config|target|runtime|disturl|dist_url|arch|debug)$/i

/**
 * Compiles the sources in a folder into its `build/Release/native.node`.
 * @returns what spawnSync returns
 */
export function compileAddon(node, folder, { arch = process.arch, env = {}, ...options } = {}) {
  // What npm has been told of node-gyp would be taken instead of what is told here.
  const own = Object.entries(process.env).filter(([name]) => !TOLD_HERE.test(name))
  return spawnSync(node, [nodeGyp, 'configure', 'build', '--arch', arch, '--jobs', 'max', '--nodedir', folder, '--force-process-config', '--loglevel', 'warn'], {
    cwd: folder,
    env: { ...Object.fromEntries(own), ...env },
    ...options,
  })
}

/** Where `compileAddon` puts what it makes of a folder. */
export function compiledAddon(folder) {
  return join(folder, 'build', 'Release', 'native.node')
}
