/**
 * `npm start`: sets up, then opens the app: as a window of its own where Electron is there or can be fetched soon, else
 * in a browser.
 */

import process from 'node:process'
import { parseArgs } from 'node:util'
import { findElectron, openElectron } from './electron.mjs'
import { runCli } from './run-cli.mjs'
import { setUp } from './setup.mjs'

/** How long fetching Electron may keep a user waiting; it is tried once a day. */
const FETCH_SECONDS = 90

const options = {
  'help': { type: 'boolean', short: 'h' },
  'data': { type: 'string' },
  'electron': { type: 'boolean' },
  'browser': { type: 'boolean' },
  'no-open': { type: 'boolean' },
  'port': { type: 'string' },
  'empty': { type: 'boolean' },
}

const help = `npm start -- [options]

Opens Gradient Flow Lab: in a window of its own where Electron is there or can be fetched, else in Chrome or the
default browser, else (no display) its address is printed. Training goes on where it was.

  --data DIR   data directory; the platform's place for an application's data if not given
  --electron   Electron, or nothing
  --browser    a browser, even where Electron is there
  --no-open    open nothing, print the address
  --port N     port for a browser; 4317, or the next one that is free, if not given
  --empty      do not begin with the first-look experiment
  --help       this
`

const { values } = read()
const contradiction = contradictionIn(values)
if (values.help) {
  process.stdout.write(help)
}
else if (contradiction) {
  process.stderr.write(`${contradiction}\n`)
  process.exitCode = 2
}
else {
  await start()
}

async function start() {
  const { node } = setUp()
  const common = [...values.data === undefined ? [] : ['--data', values.data], ...values.empty ? ['--empty'] : []]
  const reason = whyNoWindow() ?? await tryElectron(node, common)
  if (reason === undefined)
    return
  if (values.electron) {
    process.stderr.write(`${reason}\n`)
    process.exitCode = 1
    return
  }
  await runCli([
    'start',
    ...common,
    ...values.port === undefined ? [] : ['--port', values.port],
    ...values['no-open'] ? ['--no-open'] : [],
    ...reason === '' ? [] : ['--because', reason],
  ])
}

/** Why Electron is not even tried; empty where that is as it was asked, or is said anyway. */
function whyNoWindow() {
  if (values.browser || values['no-open'])
    return ''
  if (values.port !== undefined)
    return 'A port is for a browser: no window of Electron.'
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return values.electron ? 'There is no display for a window of Electron (neither DISPLAY nor WAYLAND_DISPLAY is set); without --electron the app is served to a browser.' : ''
  return undefined
}

/** Why the app did not open in Electron; undefined if it did, and has ended. */
async function tryElectron(node, args) {
  const found = await findElectron({ fetchSeconds: FETCH_SECONDS, node, say: text => process.stderr.write(`${text}\n`) })
  if (found.kind === 'missing')
    return found.reason
  process.stderr.write('Opening a window of its own (Electron).\n')
  const ended = await openElectron({ path: found.path, node, args })
  if (ended.kind === 'crashed')
    return `Electron could not open a window (${ended.reason}).`
  process.exitCode = ended.code
  return undefined
}

/** A sentence about options that exclude each other. */
function contradictionIn({ electron, browser, port, 'no-open': closed }) {
  if (!electron)
    return undefined
  if (browser)
    return '--electron and --browser exclude each other.'
  if (closed)
    return '--electron opens a window, and --no-open opens nothing: leave one of them out.'
  return port === undefined ? undefined : '--port is for a browser, and a window of Electron has none: leave out --port or --electron.'
}

function read() {
  try {
    return parseArgs({ options })
  }
  catch (error) {
    process.stderr.write(`${error.message}\n\n${help}`)
    process.exit(2)
  }
}
