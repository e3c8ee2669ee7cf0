import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { makeFolder, syncFolder } from '../folders'

/** A tensor of a safetensors file (https://github.com/huggingface/safetensors): 32-bit floats or bytes. */
export type StoredTensor
  = | { readonly dtype: 'F32', readonly shape: readonly number[], readonly values: Float32Array }
    | { readonly dtype: 'U8', readonly shape: readonly number[], readonly values: Uint8Array }

export interface SafetensorsFile {
  readonly tensors: Readonly<Record<string, StoredTensor>>
  readonly metadata: Readonly<Record<string, string>>
}

/** A file that is no sound safetensors file of ours; the message names it and says what is wrong. */
export class DamagedFile extends Error {}

/** In the metadata: CRC-32 of the header without it, then of the data. */
const CHECKSUM = 'crc32'

const header = z.record(z.string(), z.object({
  dtype: z.enum(['F32', 'U8']),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
}))
type Entries = z.infer<typeof header>

/**
 * Writes the file so that under its name there is always a whole one or none: temporary name, fsync of file and folder, rename.
 * @returns its size in bytes
 */
export function writeSafetensors(path: string, { tensors, metadata }: SafetensorsFile): number {
  // Floats before bytes, so that every float is aligned.
  const ordered = Object.entries(tensors).sort(([, a], [, b]) => a.dtype === b.dtype ? 0 : a.dtype === 'F32' ? -1 : 1)
  const parts = ordered.map(([, { values }]) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  let offset = 0
  const entries = Object.fromEntries(ordered.map(([name, { dtype, shape, values }]) =>
    [name, { dtype, shape: [...shape], data_offsets: [offset, offset += values.byteLength] as [number, number] }]))
  const text = headerText(entries, { ...metadata, [CHECKSUM]: checksum(entries, metadata, parts) })
  const padded = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(padded.length))

  const folder = dirname(path)
  makeFolder(folder)
  const temporary = join(folder, `.${basename(path)}.partial`)
  try {
    const file = openSync(temporary, 'w')
    try {
      for (const part of [length, padded, ...parts])
        writeWhole(file, part)
      fsyncSync(file)
    }
    finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  }
  catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncFolder(folder)
  return length.length + padded.length + offset
}

function headerText(entries: Entries, metadata: Readonly<Record<string, string>>): string {
  return JSON.stringify({ __metadata__: metadata, ...entries })
}

function checksum(entries: Entries, metadata: Readonly<Record<string, string>>, parts: readonly Uint8Array[]): string {
  return parts.reduce((sum, part) => crc32(part, sum), crc32(headerText(entries, metadata))).toString(16)
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;)
    written += writeSync(file, bytes, written)
}

/** @throws DamagedFile if anything about it is not as it was written. */
export function readSafetensors(path: string): SafetensorsFile {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  }
  catch (error) {
    throw new DamagedFile(`${path} cannot be read: ${(error as Error).message}`)
  }
  const damaged = (what: string): DamagedFile => new DamagedFile(`${path} is damaged: ${what}`)
  if (bytes.length < 8)
    throw damaged(`it has ${bytes.length} bytes`)
  const start = 8 + Number(bytes.readBigUInt64LE())
  if (start > bytes.length)
    throw damaged(`it ends within its header`)
  const { metadata, entries } = parseHeader(bytes.toString('utf8', 8, start), damaged)
  const size = Object.values(entries).reduce((end, { data_offsets: [, to] }) => Math.max(end, to), 0)
  if (start + size !== bytes.length)
    throw damaged(`it has ${bytes.length} bytes and should have ${start + size}`)
  const data = bytes.subarray(start)
  const { [CHECKSUM]: expected, ...given } = metadata
  if (checksum(entries, given, [data]) !== expected)
    throw damaged('its checksum does not match')
  return {
    metadata: given,
    tensors: Object.fromEntries(Object.entries(entries).map(([name, { dtype, shape, data_offsets: [from, to] }]): [string, StoredTensor] => {
      // A copy is aligned and does not keep the whole file.
      const values = Uint8Array.from(data.subarray(from, to))
      return [name, dtype === 'F32' ? { dtype, shape, values: new Float32Array(values.buffer) } : { dtype, shape, values }]
    })),
  }
}

function parseHeader(text: string, damaged: (what: string) => DamagedFile): { metadata: Record<string, string>, entries: Entries } {
  try {
    const { __metadata__: metadata, ...entries } = JSON.parse(text) as Record<string, unknown>
    return { metadata: z.record(z.string(), z.string()).parse(metadata), entries: header.parse(entries) }
  }
  catch {
    throw damaged('its header cannot be read')
  }
}
