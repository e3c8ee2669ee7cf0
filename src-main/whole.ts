import { rename, rm } from 'node:fs/promises'

/**
 * A file written under another name first: under its own there is always a whole one, or what was there before.
 * @param write writes it to the path that it is given
 */
export async function writeWhole(path: string, write: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${path}.${process.pid}.partial`
  try {
    await write(partial)
    await rename(partial, path)
  }
  catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
