/** Lets the user choose a JSON file; undefined where they do not. */
export async function openJsonFile(): Promise<{ name: string, text: string } | undefined> {
  if (window.desktop) {
    const opened = await window.desktop.open()
    if (opened.kind === 'failed')
      throw new Error(opened.reason)
    return opened.kind === 'opened' ? { name: opened.name, text: new TextDecoder().decode(opened.bytes) } : undefined
  }
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.json,application/json'
  const chosen = new Promise<File | undefined>((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]))
    input.addEventListener('cancel', () => resolve(undefined))
  })
  input.click()
  const file = await chosen
  return file && { name: file.name, text: await file.text() }
}
