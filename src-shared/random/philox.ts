/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw,
 * "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). Any block can be had
 * at any time from its key and counter alone, so every engine can expand the
 * same stream to the same bits.
 */

/** Two 32-bit words. */
export type Key = readonly [number, number]
/** Four 32-bit words, least significant first. */
export type Counter = readonly [number, number, number, number]

const M0 = 0xD2511F53
const M1 = 0xCD9E8D57
const W0 = 0x9E3779B9
const W1 = 0xBB67AE85

/** The high 32 bits of the product of two unsigned 32-bit numbers. */
function high(a: number, b: number): number {
  const aLow = a & 0xFFFF
  const aHigh = a >>> 16
  const bLow = b & 0xFFFF
  const bHigh = b >>> 16
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const cross = aLow * bHigh + (middle & 0xFFFF)
  return aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000) >>> 0
}

/** Writes the four 32-bit words of one block into `out` at `offset`. */
export function philox(key: Key, counter: Counter, out: Uint32Array, offset = 0): void {
  let [k0, k1] = key
  let [c0, c1, c2, c3] = counter
  for (let round = 0; round < 10; round++) {
    const high0 = high(M0, c0)
    const low0 = Math.imul(M0, c0)
    const high1 = high(M1, c2)
    const low1 = Math.imul(M1, c2)
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0 >>> 0
    k0 = (k0 + W0) >>> 0
    k1 = (k1 + W1) >>> 0
  }
  out[offset] = c0
  out[offset + 1] = c1
  out[offset + 2] = c2
  out[offset + 3] = c3
}
