import type { Key } from './philox'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import { philox } from './philox'

/**
 * The named random streams (design §2). What a stream may depend on is its key;
 * nothing else can reach it, so a treatment never changes what is drawn.
 */
export type Stream
  = | { name: 'weights', seed: number, capacity: string, side: Side, layer: number }
    | { name: 'mask', seed: number, capacity: string, side: Side, layer: number }
    | { name: 'order', seed: number, capacity: string }
    | { name: 'examples', data: string }
    | { name: 'synthetic', data: string }
    | { name: 'bootstrap', seed: number }

export type Side = 'dense' | 'sparse'

/** The key of a stream: the first 64 bits of the SHA-256 of its canonical JSON (RFC 8785). */
export function streamKey(stream: Stream): Key {
  const digest = sha256(utf8ToBytes(canonicalize(stream)!))
  const words = new DataView(digest.buffer, digest.byteOffset)
  return [words.getUint32(0, true), words.getUint32(4, true)]
}

/**
 * Draws from one stream in order. The counter is (block of four draws, `major`, `minor`):
 * `major` is the epoch or step, `minor` a layer or class, where the stream has one.
 */
export class Draws {
  readonly #words = new Uint32Array(4)
  #block = 0
  #next = 4

  constructor(
    private readonly key: Key,
    private readonly major = 0,
    private readonly minor = 0,
  ) {}

  /** 32 random bits. */
  word(): number {
    if (this.#next === 4) {
      philox(this.key, [this.#block++, 0, this.major, this.minor], this.#words)
      this.#next = 0
    }
    return this.#words[this.#next++]!
  }

  /** Uniform on [0, 1), a multiple of 2⁻³². */
  uniform(): number {
    return this.word() / 0x100000000
  }

  /** Uniform on 0 .. bound - 1, from 53 bits (bias below bound / 2⁵³). */
  below(bound: number): number {
    const high = this.word() >>> 5
    const low = this.word() >>> 6
    return Math.floor((high * 0x4000000 + low) / 0x20000000000000 * bound)
  }
}

/** Fills `out` with standard normal draws (Box-Muller, two from two words; element i depends on key, counter and i alone). */
export function normal(out: Float32Array, key: Key, major = 0, minor = 0): void {
  const draws = new Draws(key, major, minor)
  for (let i = 0; i < out.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log((draws.word() + 0.5) / 0x100000000))
    const angle = 2 * Math.PI * draws.uniform()
    out[i] = radius * Math.cos(angle)
    if (i + 1 < out.length)
      out[i + 1] = radius * Math.sin(angle)
  }
}

/** A random permutation of 0 .. size - 1 (Fisher-Yates). */
export function permutation(size: number, draws: Draws): Uint32Array {
  const order = Uint32Array.from({ length: size }, (_, i) => i)
  for (let i = size - 1; i > 0; i--) {
    const j = draws.below(i + 1)
    const swapped = order[i]!
    order[i] = order[j]!
    order[j] = swapped
  }
  return order
}

/**
 * Marks exactly `count` of the zero entries of `chosen` with 1, every set of that
 * size equally likely (Floyd's sampling without replacement).
 * @throws RangeError if fewer than `count` entries are zero.
 */
export function sampleWithoutReplacement(chosen: Uint8Array, count: number, draws: Draws): void {
  const free: Uint32Array | undefined = chosen.includes(1) ? positionsOfZeros(chosen) : undefined
  const size = free?.length ?? chosen.length
  if (count > size)
    throw new RangeError(`cannot choose ${count} of ${size} entries`)
  const position = (i: number): number => free ? free[i]! : i
  for (let last = size - count; last < size; last++) {
    const candidate = position(draws.below(last + 1))
    chosen[chosen[candidate] ? position(last) : candidate] = 1
  }
}

function positionsOfZeros(entries: Uint8Array): Uint32Array {
  const positions = new Uint32Array(entries.length)
  let count = 0
  for (let i = 0; i < entries.length; i++) {
    if (!entries[i])
      positions[count++] = i
  }
  return positions.subarray(0, count)
}
