import { join } from 'node:path'
import envPaths from 'env-paths'

/** Where the database and checkpoints are unless a folder is given: the platform's place for an application's data. */
export function dataDirectory(): string {
  return envPaths('gradient-flow-lab', { suffix: '' }).data
}

/** Where exported files go unless a folder is given. */
export function exportFolder(dataDirectory: string, slug: string): string {
  return join(dataDirectory, 'exports', slug)
}
