import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../folders'
import { writeWhole } from '../whole'

/** Writes files into a folder, each whole or not at all. @returns their paths */
export async function writeFiles(folder: string, files: readonly { readonly name: string, readonly content: string | Uint8Array }[]): Promise<string[]> {
  makeFolder(folder)
  for (const { name, content } of files)
    await writeWhole(join(folder, name), partial => writeFile(partial, content))
  return files.map(({ name }) => join(folder, name))
}
