import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../temporary'

/** A file with an experiment in a folder of its own. */
export function experimentFile(document: object | string, name = 'experiment.json'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document, null, 2))
  return path
}
