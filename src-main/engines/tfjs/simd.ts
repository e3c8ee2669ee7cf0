/** In every Node, though its types do not say so. */
const { WebAssembly } = globalThis as unknown as { WebAssembly: { validate: (module: Uint8Array) => boolean } }

/** A module whose one function has a SIMD instruction (i8x16.popcnt), as in wasm-feature-detect. */
const SIMD_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11)

/** Whether WebAssembly has SIMD here: TensorFlow.js then takes another binary, with other rounding. */
export function hasSimd(): boolean {
  return WebAssembly.validate(SIMD_MODULE)
}
