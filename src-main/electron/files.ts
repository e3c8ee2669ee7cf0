import type { NamedBytes, Opened, Saved } from '@shared/desktop'
import type { BrowserWindow, FileFilter, WebContents } from 'electron'
import type { Electron } from './electron'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { channels } from '@shared/desktop'
import { plural } from '@shared/words'
import { z } from 'zod'
import { writeWhole } from '../whole'
import { isFromOwnPage } from './own-page'

/** Of an experiment file; the largest that a person writes has some thousand lines. */
const MAX_OPENED_BYTES = 8 * 2 ** 20
const MAX_SAVED_FILES = 1000

/** A name on every system: no folder, no control character, none of those that Windows keeps or changes. */
export function isFileName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what must not be there
  return name.length > 0 && name.length <= 200 && !/[\\/:*?"<>|\u0000-\u001F\u007F]|[. ]$/.test(name)
    && !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i.test(name)
}

const savedFiles = z.array(z.object({
  name: z.string().refine(isFileName, 'this is no name of a file'),
  bytes: z.instanceof(Uint8Array),
})).min(1).max(MAX_SAVED_FILES).refine(files => new Set(files.map(({ name }) => name.toLowerCase())).size === files.length, 'two files have one name')

/** Lets the page save and open files, each time where the user says. It never learns or names a folder itself. */
export function serveFiles(electron: Electron, contents: WebContents, window: BrowserWindow): void {
  const dialogs = new Dialogs(electron, window)
  contents.ipc.handle(channels.save, async (event, given: unknown): Promise<Saved> => {
    if (!isFromOwnPage(event))
      throw new Error('only the page itself may save files')
    const files = savedFiles.parse(given)
    const [file, ...others] = files as [NamedBytes, ...NamedBytes[]]
    return others.length === 0 ? dialogs.saveOne(file) : dialogs.saveAll(files)
  })
  contents.ipc.handle(channels.open, async (event): Promise<Opened> => {
    if (!isFromOwnPage(event))
      throw new Error('only the page itself may open files')
    return dialogs.open()
  })
}

class Dialogs {
  /** Where the user was last. */
  #folder: string | undefined

  constructor(private readonly electron: Electron, private readonly window: BrowserWindow) {}

  async saveOne({ name, bytes }: NamedBytes): Promise<Saved> {
    const { canceled, filePath } = await this.electron.dialog.showSaveDialog(this.window, {
      defaultPath: join(this.#start(), name),
      filters: filtersOf(name),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    if (canceled || !filePath)
      return { kind: 'cancelled' }
    this.#folder = dirname(filePath)
    return writing(filePath, () => writeWhole(filePath, partial => writeFile(partial, bytes)))
  }

  async saveAll(files: readonly NamedBytes[]): Promise<Saved> {
    const { canceled, filePaths: [folder] } = await this.electron.dialog.showOpenDialog(this.window, {
      title: `Choose a folder for ${plural(files.length, 'file')}`,
      buttonLabel: 'Save Here',
      defaultPath: this.#start(),
      properties: ['openDirectory', 'createDirectory'],
    })
    if (canceled || !folder)
      return { kind: 'cancelled' }
    const inTheWay = files.filter(({ name }) => existsSync(join(folder, name)))
    if (inTheWay.length && !await this.#mayReplace(folder, inTheWay.length))
      return { kind: 'cancelled' }
    this.#folder = folder
    return writing(folder, async () => {
      for (const { name, bytes } of files)
        await writeWhole(join(folder, name), partial => writeFile(partial, bytes))
    })
  }

  async open(): Promise<Opened> {
    const { canceled, filePaths: [path] } = await this.electron.dialog.showOpenDialog(this.window, {
      defaultPath: this.#start(),
      filters: [{ name: 'JSON', extensions: ['json'] }, { name: 'All files', extensions: ['*'] }],
      properties: ['openFile'],
    })
    if (canceled || !path)
      return { kind: 'cancelled' }
    this.#folder = dirname(path)
    try {
      const { size } = await stat(path)
      if (size > MAX_OPENED_BYTES)
        return { kind: 'failed', reason: `${path} has ${Math.round(size / 2 ** 20)} MiB; an experiment file has at most ${MAX_OPENED_BYTES / 2 ** 20}` }
      return { kind: 'opened', name: basename(path), bytes: new Uint8Array(await readFile(path)) }
    }
    catch (error) {
      return { kind: 'failed', reason: `${path} could not be read: ${(error as Error).message}` }
    }
  }

  async #mayReplace(folder: string, count: number): Promise<boolean> {
    const { response } = await this.electron.dialog.showMessageBox(this.window, {
      type: 'warning',
      message: `Replace ${plural(count, 'file')}?`,
      detail: `${folder} has ${count === 1 ? 'a file of this name' : 'files of these names'} already.`,
      buttons: ['Cancel', 'Replace'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    return response === 1
  }

  #start(): string {
    return this.#folder ?? this.electron.app.getPath('downloads')
  }
}

function filtersOf(name: string): FileFilter[] {
  const ending = extname(name).slice(1)
  return ending ? [{ name: ending.toUpperCase(), extensions: [ending] }] : []
}

async function writing(path: string, write: () => Promise<void>): Promise<Saved> {
  try {
    await write()
    return { kind: 'saved', path }
  }
  catch (error) {
    return { kind: 'failed', reason: `${path} could not be written: ${(error as Error).message}` }
  }
}
