import { philox } from '@shared/random/philox'
import { expect, it } from 'vitest'

/** From the `kat_vectors` of Random123 1.14 (D. E. Shaw Research): philox4x32, 10 rounds. */
const published = [
  { counter: [0, 0, 0, 0], key: [0, 0], block: [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8] },
  {
    counter: [0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF],
    key: [0xFFFFFFFF, 0xFFFFFFFF],
    block: [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD],
  },
  {
    counter: [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
    key: [0xA4093822, 0x299F31D0],
    block: [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
  },
] as const

it.each(published)('philox4x32-10 of counter $counter and key $key is as published', ({ counter, key, block }) => {
  const out = new Uint32Array(6)
  philox(key, counter, out, 1)
  expect([...out]).toEqual([0, ...block, 0])
})

it('agrees with 64-bit integer arithmetic on many counters', () => {
  const out = new Uint32Array(4)
  for (let i = 0; i < 200; i++) {
    const words = [i, i * 2654435761, i ** 5, 0xFFFFFFFF - i].map(word => word >>> 0) as [number, number, number, number]
    const key = [(i * 40503) >>> 0, (~i * 69069) >>> 0] as const
    philox(key, words, out)
    expect([...out]).toEqual(byBigInt(key, words))
  }
})

/** The definition in the paper, section 3.3, with BigInt products. */
function byBigInt(key: readonly [number, number], counter: readonly [number, number, number, number]): number[] {
  const word = 0xFFFFFFFFn
  let [k0, k1] = key.map(BigInt) as [bigint, bigint]
  let [a, b, c, d] = counter.map(BigInt) as [bigint, bigint, bigint, bigint]
  for (let round = 0; round < 10; round++) {
    const p = 0xD2511F53n * a
    const q = 0xCD9E8D57n * c;
    [a, b, c, d] = [
      (q >> 32n) ^ b ^ k0,
      q & word,
      (p >> 32n) ^ d ^ k1,
      p & word,
    ]
    k0 = (k0 + 0x9E3779B9n) & word
    k1 = (k1 + 0xBB67AE85n) & word
  }
  return [a, b, c, d].map(Number)
}
