import { join, resolve } from 'node:path'
import envPaths from 'env-paths'

/** Where the database and checkpoints are: `given`, else the platform's place for an application's data. */
export function dataDirectory(given?: string): string {
  return given === undefined
    ? envPaths('gradient-flow-lab', { suffix: '' }).data
    : resolve(given)
}

/** Where exported files go unless a folder is given. */
export function exportFolder(dataDirectory: string, slug: string): string {
  return join(dataDirectory, 'exports', slug)
}
