import { Buffer } from 'node:buffer'
import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DamagedFile, readSafetensors, writeSafetensors } from '../../src-main/worker/safetensors'
import { temporaryFolder } from '../temporary'
import { unnoticedFlips } from './flips'

const file = {
  metadata: { format: 'pt', epoch: '3' },
  tensors: {
    'mask.a': { dtype: 'U8', shape: [3], values: Uint8Array.of(1, 0, 1) },
    'a': { dtype: 'F32', shape: [2, 2], values: Float32Array.of(1.5, -0, 3e-40, Number.NaN) },
    'b': { dtype: 'F32', shape: [1], values: Float32Array.of(-7) },
  },
} as const

describe('a safetensors file', () => {
  it('reads back as it was written, and leaves nothing else', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'sub', 'file.safetensors')
    const bytes = writeSafetensors(path, file)
    expect(readFileSync(path)).toHaveLength(bytes)
    const { tensors, metadata } = readSafetensors(path)
    expect(tensors).toEqual(file.tensors)
    expect(Object.is(tensors.a!.values[1], -0)).toBe(true)
    expect(metadata).toMatchObject(file.metadata)
    expect(readdirSync(join(folder, 'sub'))).toEqual(['file.safetensors'])
  })

  it('has the bytes that Python\'s safetensors 0.8 writes for the same tensors', () => {
    // safetensors.numpy.save({'mask.a': u8[1, 0, 1], 'a': f32[[1.5, -0.0], [3e-40, nan]], 'b': f32[-7]}, {'format': 'pt'}).hex()
    const theirs = Buffer.from('d0000000000000007b225f5f6d657461646174615f5f223a7b22666f726d6174223a227074227d2c2261223a7b226474797065223a22463332222c227368617065223a5b322c325d2c22646174615f6f666673657473223a5b302c31365d7d2c2262223a7b226474797065223a22463332222c227368617065223a5b315d2c22646174615f6f666673657473223a5b31362c32305d7d2c226d61736b2e61223a7b226474797065223a225538222c227368617065223a5b335d2c22646174615f6f666673657473223a5b32302c32335d7d7d2020202020200000c03f00000080474403000000c07f0000e0c0010001', 'hex')
    const path = join(temporaryFolder(), 'ours')
    writeSafetensors(path, file)
    const parts = (bytes: Buffer): { header: Record<string, unknown>, data: Buffer } => {
      const length = Number(bytes.readBigUInt64LE())
      const { __metadata__, ...header } = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<string, unknown>
      expect(length % 8).toBe(0)
      return { header, data: bytes.subarray(8 + length) }
    }
    expect(parts(readFileSync(path))).toEqual(parts(theirs))
  })

  it.each([
    ['cut at any length', (path: string, size: number) => truncateSync(path, Math.floor(size / 2))],
    ['cut by one byte', (path: string, size: number) => truncateSync(path, size - 1)],
    ['cut within its header', (path: string) => truncateSync(path, 20)],
    ['empty', (path: string) => truncateSync(path, 0)],
    ['longer than it should be', (path: string) => writeFileSync(path, Buffer.alloc(1), { flag: 'a' })],
    [
      'changed by one bit',
      (path: string, size: number) => {
        const bytes = readFileSync(path)
        bytes[size - 5]! ^= 1
        writeFileSync(path, bytes)
      },
    ],
    [
      'with another header',
      (path: string) => {
        const bytes = readFileSync(path)
        bytes[10] = 0
        writeFileSync(path, bytes)
      },
    ],
    ['of another kind', (path: string) => writeFileSync(path, Buffer.alloc(100, 255))],
  ])('%s is refused by name', (_, damage) => {
    const folder = temporaryFolder()
    const path = join(folder, 'file')
    const size = writeSafetensors(path, file)
    damage(path, size)
    expect(() => readSafetensors(path)).toThrow(DamagedFile)
    expect(() => readSafetensors(path)).toThrow(path)
  })

  it('is refused whichever of its bits is flipped', () => {
    const path = join(temporaryFolder(), 'file')
    writeSafetensors(path, file)
    expect(unnoticedFlips(path, () => readSafetensors(path), Array.from({ length: 8 * readFileSync(path).length }, (_, bit) => bit))).toEqual([])
    expect(readSafetensors(path)).toEqual(file)
  })

  it('missing is refused by name', () => {
    expect(() => readSafetensors('/nowhere/file')).toThrow(DamagedFile)
  })

  it('replaces an earlier one whole', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'file')
    writeSafetensors(path, file)
    copyFileSync(path, join(folder, 'before'))
    writeSafetensors(path, { ...file, metadata: { epoch: '4' } })
    expect(readSafetensors(path).metadata.epoch).toBe('4')
    expect(existsSync(join(folder, '.file.partial'))).toBe(false)
  })
})
