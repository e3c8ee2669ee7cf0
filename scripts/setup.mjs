/**
 * Makes a checkout ready to run: installs what the lock file names, builds what is stale.
 * Plain JavaScript without dependencies, for Node 20 and later: it is what runs before anything is installed.
 * `npm start`, `npm run lab` and `npm test` call it first; a second time it takes well under a second.
 */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { compileAddon, compiledAddon } from './node-gyp.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'out')
/** What the program runs on; older ones only start it. */
const NODE = 24
/** Builds that stay beside the newest, and those of the last days: a program that still runs loads its parts from its own. */
const KEPT_BUILDS = 3
const KEPT_DAYS = 7

/** @returns {{ node: string, build: string }} the path of a Node 24 or later, and the folder of the newest build */
export function setUp() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20)
    fail(`Node ${process.versions.node} is too old to start from; install Node 20 or later (https://nodejs.org).`)
  try {
    // Where nothing is to be done nothing is written, and nobody is waited for.
    return isReady()
      ? ready()
      : alone(() => {
          install()
          build(findNode())
          buildNative(findNode())
          return ready()
        })
  }
  catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error.code))
      throw error
    return fail(`Setting up this checkout failed: ${error.code === 'ENOSPC' ? 'the disk is full' : 'it cannot be written'} (${error.path}). Mend that, then run the same command again.`)
  }
}

function isReady() {
  return isInstalled() && existsSync(join(buildFolder(), '.whole')) && isCurrent(buildFolder()) && isNativeReady()
}

function ready() {
  return { node: findNode(), build: buildFolder() }
}

const stamp = join(root, 'node_modules', '.installed')

/** Names what must be installed. */
function wantedPackages() {
  return hash(['package-lock.json', '.npmrc'], `${process.platform} ${process.arch}`)
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedPackages()
}

/** `npm ci`, if the lock file is not the one that was installed last. */
function install() {
  if (isInstalled())
    return
  say('Installing packages (npm ci); the first time takes a minute or two...')
  // npm tells its scripts where it is itself; without it (node scripts/setup.mjs) the one on the path is taken.
  const npm = process.env.npm_execpath
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, 'ci', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm ci --loglevel=error', { cwd: root, stdio: ['ignore', 2, 2], shell: true })
  if (done.status !== 0)
    fail('Installing packages failed (npm ci, see above). Is the npm registry reachable, and is the disk not full? Then run the same command again.')
  writeFileSync(stamp, wantedPackages())
}

/** The Node that the lock file brings for this platform, else the one that is running if it is new enough. */
function findNode() {
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const executable = join('bin', process.platform === 'win32' ? 'node.exe' : 'node')
  // Apple Silicon's package has another name than its siblings.
  const brought = [`node-${platform}`, `node-bin-${platform}`].map(name => join(root, 'node_modules', name, executable)).find(existsSync)
  if (brought)
    return brought
  if (Number(process.versions.node.split('.')[0]) >= NODE)
    return process.execPath
  return fail(`There is no Node ${NODE} from npm for ${platform}, and this is Node ${process.versions.node}. Install Node ${NODE} (https://nodejs.org), then run the same command again.`)
}

/** electron-vite, if any source is not what was built. Each build has a folder of its own, and `out/current` leads to the newest. */
function build(node) {
  const folder = buildFolder()
  if (!existsSync(join(folder, '.whole'))) {
    say('Building...')
    rmSync(folder, { recursive: true, force: true })
    const done = spawnSync(node, [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'error'], { cwd: root, encoding: 'utf8', env: { ...process.env, BUILD_FOLDER: relative(root, folder) } })
    if (done.status !== 0)
      fail(`${done.stdout ?? ''}${done.stderr ?? ''}\nBuilding failed (electron-vite build, see above). If the sources are unchanged, remove node_modules and run the same command again.`)
    writeFileSync(join(folder, '.whole'), '')
  }
  makeCurrent(folder)
}

/** The folder of what these sources are built to. */
function buildFolder() {
  const sources = ['electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json', ...['src-main', 'src-shared', 'src-renderer', join('resources', 'presets')].flatMap(filesUnder), ...nativeSources()]
  return join(out, 'builds', hash(sources, process.platform).slice(0, 16))
}

/** What node-gyp runs, by the names under which it may be found. */
const nativeTools = { 'a C++ compiler': ['c++', 'g++', 'clang++'], 'make': ['make'], 'Python 3': ['python3'] }

function missingNativeTools() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return Object.keys(nativeTools).filter(tool => !nativeTools[tool].some(name => folders.some(folder => existsSync(join(folder, name)))))
}

function nativeSources() {
  return filesUnder('src-native').filter(file => !file.startsWith(join('src-native', 'build')))
}

/** The native engine's file in the newest build. */
function nativeFile() {
  return join(buildFolder(), 'main', 'native.node')
}

/** Where a build of its sources is kept, for builds of other sources to come. */
function nativeCache() {
  return join(out, 'native', hash(['package-lock.json', ...nativeSources()], `${process.platform} ${process.arch}`).slice(0, 16))
}

/** Why it cannot be built here and now, with what to do. */
function nativeObstacle() {
  const missing = missingNativeTools()
  const failed = join(nativeCache(), 'failed')
  const reason = process.platform === 'win32'
    ? 'since on Windows it is not built yet'
    : missing.length
      ? `for want of ${missing.join(' and ')} (Debian: apt-get install g++ make python3; macOS: xcode-select --install)`
      : existsSync(failed) && `since compiling it failed (what was said is in ${failed})`
  return reason && `There is no native engine, ${reason}. Networks will be trained by WebAssembly, much slower.`
}

/** There, or not to be had until something changes. */
function isNativeReady() {
  return existsSync(nativeFile()) || Boolean(nativeObstacle())
}

/** node-gyp, if its sources are not what was compiled last. Without it the program trains on WebAssembly, and says so. */
function buildNative(node) {
  const cache = nativeCache()
  const cached = join(cache, 'native.node')
  if (!existsSync(cached) && !nativeObstacle())
    compileNative(node, cache, cached)
  if (existsSync(cached))
    place(cached, nativeFile())
  else
    say(nativeObstacle())
}

function compileNative(node, cache, file) {
  say('Building the native engine (node-gyp); half a minute...')
  const sources = join(root, 'src-native')
  const done = compileAddon(node, sources, { encoding: 'utf8' })
  mkdirSync(cache, { recursive: true })
  if (done.status === 0)
    place(compiledAddon(sources), file)
  else
    writeFileSync(join(cache, 'failed'), `${done.stdout ?? ''}${done.stderr ?? ''}`)
}

/** Copies a file such that it is there whole or not at all. */
function place(from, to) {
  copyFileSync(from, `${to}.${process.pid}`)
  renameSync(`${to}.${process.pid}`, to)
}

function isCurrent(folder) {
  const link = join(out, 'current')
  // In a copy of a checkout it leads to the original's builds.
  return existsSync(link) && existsSync(folder) && realpathSync(link) === realpathSync(folder)
}

function makeCurrent(folder) {
  if (isCurrent(folder))
    return
  const link = join(out, 'current')
  const now = new Date()
  utimesSync(folder, now, now)
  rmSync(`${link}.next`, { recursive: true, force: true })
  symlinkSync(folder, `${link}.next`, 'junction')
  if (process.platform === 'win32')
    rmSync(link, { recursive: true, force: true })
  renameSync(`${link}.next`, link)
  const older = readdirSync(join(out, 'builds')).map(name => join(out, 'builds', name)).map(path => ({ path, age: now - statSync(path).mtimeMs })).sort((a, b) => a.age - b.age).slice(KEPT_BUILDS)
  for (const { path } of older.filter(({ age }) => age > KEPT_DAYS * 86_400_000))
    rmSync(path, { recursive: true, force: true })
}

/** Two set-ups in one checkout would install into each other's folders: the second waits. */
function alone(action) {
  mkdirSync(out, { recursive: true })
  const lock = join(out, '.setting-up')
  for (let told = false; !taken(lock);) {
    const owner = ownerOf(lock)
    if (owner && !isAlive(owner)) {
      release(lock, owner)
      continue
    }
    if (owner && !told) {
      told = true
      say(`Another process (${owner}) is setting up this checkout; waiting for it... (If there is none, remove ${lock}.)`)
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  const end = () => release(lock, process.pid)
  process.once('exit', end)
  try {
    return action()
  }
  finally {
    process.off('exit', end)
    end()
  }
}

/** Takes the lock, whole or not at all: its name is given to a file that already says whose it is. */
function taken(lock) {
  const own = `${lock}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, lock)
    return true
  }
  catch (error) {
    if (error.code === 'EEXIST')
      return false
    throw error
  }
  finally {
    rmSync(own, { force: true })
  }
}

/** Removes the lock of one process, and never that of another who has taken it meanwhile. */
function release(lock, owner) {
  const aside = `${lock}.${process.pid}.aside`
  try {
    renameSync(lock, aside)
  }
  catch {
    return // Another was faster.
  }
  if (ownerOf(aside) === owner)
    rmSync(aside, { force: true })
  else
    renameSync(aside, lock)
}

/** 0 where there is none any more. */
function ownerOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'))
  }
  catch {
    return 0
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  }
  catch (error) {
    return error.code === 'EPERM'
  }
}

/** Of names and contents. */
function hash(files, salt) {
  const digest = createHash('sha256').update(salt)
  for (const file of files)
    digest.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  return digest.digest('hex')
}

function filesUnder(folder) {
  const absolute = join(root, folder)
  if (!existsSync(absolute))
    return []
  return readdirSync(absolute, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => relative(root, join(entry.parentPath ?? entry.path, entry.name))).sort()
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Whoever asks for it may have mended what was in the way.
  rmSync(join(nativeCache(), 'failed'), { force: true })
  const wasReady = isReady()
  setUp()
  if (wasReady && !existsSync(nativeFile()))
    say(nativeObstacle())
  say('Ready.')
}
