import { downloadZip } from 'client-zip'

export interface NamedFile {
  readonly name: string
  readonly content: Blob
}

/**
 * Hands files to the user: where they say in the desktop's window; as a download in a browser, several in one archive,
 * since browsers ask about each further download.
 * @param archive the archive's name, without its extension
 * @returns what was done, in words; nothing if the user thought better of it
 */
export async function saveFiles(files: readonly NamedFile[], archive: string): Promise<string | undefined> {
  if (window.desktop)
    return saveByDesktop(files)
  const name = `${archive}.zip`
  download({ name, content: await downloadZip(files.map(({ name, content }) => ({ name, input: content }))).blob() })
  return `${name} with ${files.length} files is in your downloads`
}

/** The same with one file. */
export async function saveFile(file: NamedFile): Promise<string | undefined> {
  if (window.desktop)
    return saveByDesktop([file])
  download(file)
  return `${file.name} is in your downloads`
}

/**
 * Puts a text on the clipboard; where a page has none, as over plain http from another machine, hands it over as a file.
 * @returns what was done, in words; nothing if the user thought better of it
 */
export async function copyText(text: string, file: { name: string, type: string }): Promise<string | undefined> {
  const { clipboard } = navigator as { clipboard?: Clipboard }
  if (!clipboard)
    return saveFile({ name: file.name, content: new Blob([text], { type: file.type }) })
  await clipboard.writeText(text)
  return 'Copied'
}

async function saveByDesktop(files: readonly NamedFile[]): Promise<string | undefined> {
  const saved = await window.desktop!.save(await Promise.all(files.map(async ({ name, content }) => ({ name, bytes: new Uint8Array(await content.arrayBuffer()) }))))
  if (saved.kind === 'failed')
    throw new Error(saved.reason)
  return saved.kind === 'saved' ? `Saved in ${saved.path}` : undefined
}

function download({ name, content }: NamedFile): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
