import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { DatasetProblem } from './loader'

const decompress = promisify(gunzip)
/** Zlib's own pieces of 16 KB would be gathered for as long as it takes to unpack them. */
const PIECE = 2 ** 22

/** Element type of an IDX file whose values are unsigned bytes. */
const UNSIGNED_BYTE = 0x08

/**
 * The bytes of a gzipped IDX file (Y. LeCun's format for MNIST: magic number, sizes big-endian, values).
 * @param sha256 of the uncompressed file
 * @returns sizes and values
 * @throws DatasetProblem that names the file and what is wrong with it
 */
export async function readIdx(path: string, sha256: string): Promise<{ sizes: number[], values: Uint8Array }> {
  const packed = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new DatasetProblem(error.code === 'ENOENT'
      ? `the data file ${path} is missing`
      : `the data file ${path} cannot be read: ${error.message}`)
  })
  const file = await decompress(packed, { chunkSize: PIECE }).catch((error: Error) => {
    throw new DatasetProblem(`the data file ${path} is damaged: ${error.message}`)
  })
  const found = createHash('sha256').update(file).digest('hex')
  if (found !== sha256)
    throw new DatasetProblem(`the data file ${path} is damaged: its SHA-256 is ${found}, and it should be ${sha256}`)
  if (file[2] !== UNSIGNED_BYTE)
    throw new DatasetProblem(`the data file ${path} is no IDX file of bytes`)
  const dimensions = file[3]!
  const sizes = Array.from({ length: dimensions }, (_, i) => file.readUInt32BE(4 + 4 * i))
  return {
    sizes,
    values: new Uint8Array(file.buffer, file.byteOffset + 4 + 4 * dimensions, sizes.reduce((product, size) => product * size, 1)),
  }
}
