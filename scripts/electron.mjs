/**
 * Finds Electron's binary, which npm does not bring: `npx install-electron` fetches it from GitHub.
 * Plain JavaScript without dependencies, for Node 20 and later, as set-up is.
 */

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** How long nothing is fetched again after it failed. */
const REST_HOURS = 24
/** How long a binary may take to say its version. */
const PROBE_SECONDS = 20

/**
 * The binary, if it is there and runs here. It is fetched if it may be, within a number of seconds; where that failed,
 * not again for a day.
 * @param {object} options
 * @param {number} [options.fetchSeconds] 0: nothing is fetched
 * @param {string} [options.node] a Node 22.12 or later, which the installer needs
 * @param {(text: string) => void} [options.say] told before a wait
 * @param {string} [options.folder] the package `electron`
 * @param {string} [options.failure] the file that remembers that fetching failed
 * @returns {Promise<{ kind: 'found', path: string } | { kind: 'missing', reason: string }>} with a sentence where there is none
 */
export async function findElectron({ fetchSeconds = 0, node = process.execPath, say = () => {}, folder = join(root, 'node_modules', 'electron'), failure = join(root, 'out', '.electron-not-fetched') } = {}) {
  const there = installed(folder)
  if (there)
    return usable(there)
  if (fetchSeconds <= 0)
    return missing()
  if (existsSync(failure) && Date.now() - statSync(failure).mtimeMs < REST_HOURS * 3_600_000)
    return missing(readFileSync(failure, 'utf8'))
  say(`Fetching Electron (at most ${fetchSeconds} s)...`)
  const problem = await fetchElectron(node, folder, fetchSeconds)
  const fetched = installed(folder)
  if (fetched) {
    rmSync(failure, { force: true })
    return usable(fetched)
  }
  const reason = problem ?? 'its installer said nothing'
  try {
    writeFileSync(failure, reason)
  }
  catch {
    // The next start tries again, then.
  }
  return missing(reason)
}

/**
 * Opens the program in Electron, and waits for its end.
 * @param {object} options
 * @param {string} options.path the binary
 * @param {string} options.node what workers run on
 * @param {readonly string[]} [options.args] as in `src-main/electron/arguments.ts`
 * @param {string} [options.app] the folder with its `package.json`
 * @returns {Promise<{ kind: 'ended', code: number } | { kind: 'crashed', reason: string }>} crashed: it ended before its
 *   user saw anything, as Chromium's sandbox or display failed it, say, or by a crash; a browser may do instead
 */
export function openElectron({ path, node, args = [], app = root }) {
  const folder = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-start-'))
  // The program makes this file once its user sees a window, or why there is none.
  const shown = join(folder, 'shown')
  return new Promise((resolve) => {
    let child
    let isWanted = true
    // Ctrl-C reaches it by itself; this process waits for how it ends.
    const wait = () => isWanted = false
    const pass = () => {
      isWanted = false
      child.kill('SIGTERM')
    }
    process.on('SIGINT', wait).on('SIGTERM', pass)
    child = spawn(path, [app, ...args], { stdio: 'inherit', env: environment({ LAB_NODE: node, LAB_SHOWN: shown }) })
    const end = (how) => {
      process.off('SIGINT', wait).off('SIGTERM', pass)
      rmSync(folder, { recursive: true, force: true })
      resolve(how)
    }
    child.once('error', error => end({ kind: 'crashed', reason: error.message }))
    child.once('exit', (code, signal) => {
      if (!isWanted)
        end({ kind: 'ended', code: code ?? 130 })
      else if (code === null)
        end({ kind: 'crashed', reason: `Electron was ended by ${signal}` })
      else if (code !== 0 && !existsSync(shown))
        end({ kind: 'crashed', reason: `Electron ended with exit code ${code} before its window opened` })
      else
        end({ kind: 'ended', code })
    })
  })
}

/** Where the installer puts it, if all of it is there and it is of the package's version. */
function installed(folder) {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), readFileSync(join(folder, 'path.txt'), 'utf8'))
    const whole = readFileSync(join(folder, 'dist', 'version'), 'utf8').trim().replace(/^v/, '') === version
    return whole && existsSync(path) ? path : undefined
  }
  catch {
    return undefined
  }
}

/** Runs the package's installer (`npx install-electron`); what went wrong, if anything. */
function fetchElectron(node, folder, seconds) {
  return new Promise((resolve) => {
    const child = spawn(node, [join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'], env: environment() })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', text => said += text)
    const kill = () => child.kill('SIGKILL')
    process.once('exit', kill)
    const timer = setTimeout(() => {
      kill()
      resolve(`fetching it took longer than ${seconds} s`)
    }, seconds * 1000)
    const end = (problem) => {
      clearTimeout(timer)
      process.off('exit', kill)
      resolve(problem)
    }
    child.once('error', error => end(`its installer could not be started: ${error.message}`))
    child.once('close', code => end(code === 0 ? undefined : fetchProblem(lastWords(said) ?? `exit code ${code}`)))
  })
}

function fetchProblem(words) {
  // What Node's fetch says of every network without a way to it.
  return words.endsWith(': fetch failed') ? 'GitHub, where it is fetched from, cannot be reached' : `fetching it failed: ${words}`
}

/** Of a stack trace the line that says what was wrong. */
function lastWords(text) {
  const lines = text.split('\n').map(line => line.trim()).filter(line => line && !line.startsWith('at '))
  return lines.find(line => /error/i.test(line)) ?? lines.at(-1)
}

function usable(path) {
  const problem = startProblem(path) ?? (process.platform === 'linux' ? sandboxProblem(path) : undefined)
  return problem ? { kind: 'missing', reason: `Electron is here but cannot run: ${problem}` } : { kind: 'found', path }
}

function missing(why) {
  return { kind: 'missing', reason: why ? `Electron's binary is not here, and ${why} (npx install-electron tries again)` : 'Electron\'s binary is not here (npx install-electron fetches it)' }
}

/** A binary on a machine without its libraries does not come as far as this. */
function startProblem(path) {
  const { error, status, stderr } = spawnSync(path, ['-e', '0'], { encoding: 'utf8', timeout: PROBE_SECONDS * 1000, env: environment({ ELECTRON_RUN_AS_NODE: '1' }) })
  if (error)
    return error.code === 'ETIMEDOUT' ? `it did not start within ${PROBE_SECONDS} s` : error.message
  return status === 0 ? undefined : lastWords(stderr) ?? `it ended with exit code ${status}`
}

/** Why Chromium's sandbox, which we do not go without, cannot work for a binary on this Linux; undefined where it can. */
export function sandboxProblem(path, { user = process.getuid?.(), setting = kernelSetting, status = file => statSync(file, { throwIfNoEntry: false }) } = {}) {
  if (user === 0)
    return 'its sandbox refuses to be run by root'
  const helper = join(dirname(path), 'chrome-sandbox')
  const helperStatus = status(helper)
  if (helperStatus?.uid === 0 && (helperStatus.mode & 0o4111) === 0o4111)
    return undefined
  const forbidden = setting('kernel/apparmor_restrict_unprivileged_userns') === '1'
    || setting('kernel/unprivileged_userns_clone') === '0'
    || setting('user/max_user_namespaces') === '0'
  return forbidden
    ? `this system keeps its sandbox from working; allow it with "sudo chown root ${helper} && sudo chmod 4755 ${helper}"`
    : undefined
}

function kernelSetting(name) {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim()
  }
  catch {
    return undefined
  }
}

/** Ours, in which Electron is Electron unless it is said. */
function environment(more = {}) {
  const { ELECTRON_RUN_AS_NODE, ...ours } = process.env
  return { ...ours, ...more }
}
