import { Buffer } from 'node:buffer'
import { unzipSync } from 'fflate'

/** The files of a ZIP archive by name. */
export function unzip(archive: Uint8Array): Map<string, Buffer> {
  return new Map(Object.entries(unzipSync(archive)).map(([name, content]) => [name, Buffer.from(content)]))
}
