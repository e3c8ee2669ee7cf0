import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface ExportedFile {
  readonly name: string
  readonly content: Blob
}

export type ExportFiles = (dataDirectory: string, slug: string, format: 'csv' | 'png' | 'svg') => Promise<ExportedFile[]>

/**
 * An experiment's files by `lab export` in a process of its own: drawing takes seconds, and this process answers windows.
 * @param cli the built command line
 */
export function exportInProcess(cli: string): ExportFiles {
  return async (dataDirectory, slug, format) => {
    const folder = await mkdtemp(join(tmpdir(), 'gradient-flow-lab-'))
    try {
      await promisify(execFile)(process.env.LAB_NODE ?? process.execPath, [cli, 'export', slug, '--format', format, '--out', folder, '--data', dataDirectory])
      const names = (await readdir(folder)).sort()
      return await Promise.all(names.map(async name => ({ name, content: new Blob([await readFile(join(folder, name))]) })))
    }
    finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
