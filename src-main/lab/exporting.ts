import type { OptionValues } from '@shared/exports/format'
import type { ExecFileException } from 'node:child_process'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { conflict } from '../reads/errors'

export interface ExportedFile {
  readonly name: string
  readonly content: Blob
}

/** The exit code of a command that failed by itself, with its stack. */
const DEFECT = 1

/**
 * @param options checked ones of the format
 * @throws CONFLICT with the reason
 */
export type ExportFiles = (dataDirectory: string, slug: string, format: string, options: OptionValues) => Promise<ExportedFile[]>

/**
 * An experiment's files by `lab export` in a process of its own: drawing takes seconds, and this process answers windows.
 * @param cli the built command line
 */
export function exportInProcess(cli: string): ExportFiles {
  return async (dataDirectory, slug, format, options) => {
    let folder: string | undefined
    try {
      folder = await mkdtemp(join(tmpdir(), 'gradient-flow-lab-'))
      await promisify(execFile)(process.env.LAB_NODE ?? process.execPath, [cli, 'export', slug, '--format', format, ...Object.entries(options).map(([name, value]) => `--${name}=${[value].flat().join()}`), '--out', folder, '--data', dataDirectory])
      return await filesOf(folder)
    }
    catch (error) {
      throw conflict(reasonOf(error as ExecFileException))
    }
    finally {
      if (folder !== undefined)
        await rm(folder, { recursive: true, force: true })
    }
  }
}

async function filesOf(folder: string): Promise<ExportedFile[]> {
  const names = (await readdir(folder)).sort()
  return Promise.all(names.map(async name => ({ name, content: new Blob([await readFile(join(folder, name))]) })))
}

/** The sentence that the process said, if it is one of the ends that a command may come to. */
function reasonOf({ message, code, signal, stderr = '' }: ExecFileException): string {
  if (signal)
    return `The files could not be made: their process was ended by ${signal}`
  if (typeof code !== 'number')
    return `The files could not be made: ${message}`
  if (code !== DEFECT)
    return stderr.trim()
  process.stderr.write(stderr)
  return `The files could not be made: ${stderr.split('\n', 1)[0]}`
}
