import { crc32, inflateRawSync } from 'node:zlib'

/** The files of a ZIP archive by name, read from its central directory, each checked by its CRC (APPNOTE 6.3.10, §4.3). */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const files = new Map<string, Buffer>()
  for (let at = archive.readUInt32LE(end + 16); files.size < archive.readUInt16LE(end + 10);) {
    const [method, crc, size, nameLength, extraLength, commentLength, local] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 16), archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32), archive.readUInt32LE(at + 42)]
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const stored = archive.subarray(begin, begin + size)
    const content = method === 0 ? stored : inflateRawSync(stored)
    if (crc32(content) !== crc)
      throw new Error(`the CRC of ${name} is wrong`)
    files.set(name, content)
    at += 46 + nameLength + extraLength + commentLength
  }
  return files
}
