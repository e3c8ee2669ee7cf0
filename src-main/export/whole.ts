import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../folders'

/** Writes files into a folder, each whole or not at all. @returns their paths */
export function writeWhole(folder: string, files: readonly { readonly name: string, readonly content: string | Uint8Array }[]): string[] {
  makeFolder(folder)
  return files.map(({ name, content }) => {
    const path = join(folder, name)
    const temporary = `${path}.${process.pid}.partial`
    try {
      writeFileSync(temporary, content)
      renameSync(temporary, path)
    }
    catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
    return path
  })
}
