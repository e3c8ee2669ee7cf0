/** Electron's entry: the program behind a window of its own. It decides nothing; `electron/` does. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { app, BrowserWindow, dialog, Menu, MessageChannelMain, nativeTheme, powerMonitor, protocol, screen, session, shell } from 'electron'
import { router } from './api/router'
import { exitCodes } from './cli/exit'
import { csp } from './csp'
import { dataDirectory } from './data-directory'
import { readArguments } from './electron/arguments'
import { NAME, startHost } from './electron/host'
import { NoPlainNode, plainNode } from './electron/plain-node'
import { beginFirstLook } from './lab/first-look'
import { openLab } from './lab/lab'
import { reportDefect } from './reads/report'
import { StoreProblem } from './store/open'

// The terminal that started it may be gone.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const { data = dataDirectory(), empty } = readArguments(process.argv.slice(1))
const rpc = new RPCHandler(router, { interceptors: [onError(reportDefect)] })

// Not awaited here: Electron is ready only when this file has run to its end.
void startHost({ app, BrowserWindow, dialog, Menu, MessageChannelMain, nativeTheme, powerMonitor, protocol, screen, session, shell }, {
  dataDirectory: data,
  async openLab() {
    // Read by what starts workers.
    process.env.LAB_NODE = plainNode({ given: process.env.LAB_NODE, resources: app.isPackaged ? process.resourcesPath : undefined, folder: import.meta.dirname, platform: process.platform, arch: process.arch })
    const lab = await openLab(data, NAME)
    if (!empty)
      await beginFirstLook(lab)
    return lab
  },
  exitCodeOf,
  // Whoever started this opens a browser otherwise.
  shown: () => process.env.LAB_SHOWN && writeFileSync(process.env.LAB_SHOWN, ''),
  serve: (port, lab) => rpc.upgrade(port, { context: { lab } }),
  rendererFolder: join(import.meta.dirname, '../renderer'),
  preloadFile: join(import.meta.dirname, '../preload/index.cjs'),
  contentSecurityPolicy: csp('app'),
  process,
  patienceMs: 30_000,
  pagePatienceMs: 5000,
})

/** Undefined for a defect. */
function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof StoreProblem)
    return exitCodes.data.code
  return error instanceof NoPlainNode ? exitCodes.failed.code : undefined
}
