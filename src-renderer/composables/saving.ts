/** Hands files to the user: where they say in the desktop's window, as downloads in a browser. Returns what was done, in words. */
export async function saveFiles(files: readonly { readonly name: string, readonly content: Blob }[]): Promise<string | undefined> {
  if (window.desktop) {
    const saved = await window.desktop.save(await Promise.all(files.map(async ({ name, content }) => ({ name, bytes: new Uint8Array(await content.arrayBuffer()) }))))
    if (saved.kind === 'failed')
      throw new Error(saved.reason)
    return saved.kind === 'saved' ? `Saved in ${saved.path}` : undefined
  }
  for (const { name, content } of files) {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(content)
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  return files.length === 1 ? `${files[0]!.name} is in your downloads` : `${files.length} files are in your downloads`
}
