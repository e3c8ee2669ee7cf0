import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The checkout's or the packaged app's `resources`, looked for upwards from the running file. */
export const resources = find(import.meta.dirname)

function find(folder: string): string {
  const candidate = join(folder, 'resources')
  if (existsSync(join(candidate, 'presets')))
    return candidate
  if (dirname(folder) === folder)
    throw new Error(`the folder "resources" of the product is missing above ${import.meta.dirname}`)
  return find(dirname(folder))
}
