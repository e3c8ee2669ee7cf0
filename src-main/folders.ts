import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it, so that they survive a power failure.
 * (Node's own recursive mkdir never returns where a file system refuses every name, as /proc does.)
 */
export function makeFolder(folder: string, mode?: number): void {
  if (isFolder(folder))
    return
  if (dirname(folder) !== folder)
    makeFolder(dirname(folder))
  try {
    mkdirSync(folder, mode)
  }
  catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(folder))
      throw error
  }
  syncFolder(dirname(folder))
}

/** Makes a data directory, for its user alone; one that is there stays as its user made it. */
export function makeDataDirectory(folder: string): void {
  makeFolder(folder, 0o700)
}

/** So that what was made or renamed in a folder survives a power failure; Windows has no such thing. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32')
    return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  }
  finally {
    closeSync(handle)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
