/** Plain JavaScript: `scripts/test.mjs` asks before Playwright does. */

import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'

const NAMES = process.platform === 'win32' ? ['chrome.exe', 'msedge.exe'] : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Where installers put it without telling the path. */
const PLACES = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(Boolean).map(folder => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
}

/** @returns {string | undefined} the browser that is installed here: `$CHROMIUM`, else the first that the path knows */
export function findChromium() {
  if (process.env.CHROMIUM)
    return process.env.CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...NAMES.flatMap(name => folders.map(folder => join(folder, name))), ...PLACES[process.platform] ?? []].find(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  }
  catch {
    return false
  }
}
