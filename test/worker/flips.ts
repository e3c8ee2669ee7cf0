import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { DamagedFile } from '../../src-main/worker/safetensors'

/** Flips one bit of a file after the other, and says which of them `read` does not find to be damage. The file is then as it was. */
export function unnoticedFlips(path: string, read: () => unknown, bits: readonly number[]): string[] {
  const bytes = readFileSync(path)
  const file = openSync(path, 'r+')
  const unnoticed = bits.flatMap((bit) => {
    const at = bit >> 3
    writeSync(file, Uint8Array.of(bytes[at]! ^ 1 << bit % 8), 0, 1, at)
    try {
      read()
      return [`bit ${bit % 8} of byte ${at}`]
    }
    catch (error) {
      return error instanceof DamagedFile ? [] : [`bit ${bit % 8} of byte ${at}: ${String(error)}`]
    }
    finally {
      writeSync(file, bytes, at, 1, at)
    }
  })
  closeSync(file)
  return unnoticed
}
