#include "families.h"
#include "kernels.h"
#include "simd/simd.h"

/** Examples are rows of bytes; a network wants standardised columns. */
namespace gfl::GFL_SIMD {
namespace {

typedef unsigned char Sixteen __attribute__((vector_size(16)));

/** Row i beside row i + 8, element by element; four times over, rows become columns. */
GFL_INLINE void interleave(const Sixteen (&from)[16], Sixteen (&to)[16]) {
#pragma GCC unroll 8
  for (int i = 0; i < 8; i++) {
    to[2 * i] = __builtin_shufflevector(from[i], from[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    to[2 * i + 1] =
        __builtin_shufflevector(from[i], from[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }
}

/** Sixteen inputs from `i` on, of sixteen examples from `e` on; fewer where `rows` or the tile's count is. */
template <bool Whole>
GFL_INLINE void gatherBlock(const uint8_t* images, int inputs, const uint32_t* examples, const float* scale,
                            const float* shift, float* x, const Tile& tile, int i, int rows, int e) {
  Sixteen v[16]{}, u[16];
  const int count = Whole ? 16 : smaller(16, tile.count - e);
#pragma GCC unroll 16
  for (int j = 0; j < count; j++)
    __builtin_memcpy(&v[j], images + size_t(examples[e + j]) * inputs + i, Whole ? 16 : rows);
  interleave(v, u);
  interleave(u, v);
  interleave(v, u);
  interleave(u, v);
#pragma GCC unroll 16
  for (int r = 0; r < (Whole ? 16 : rows); r++) {
    const Vector factor = broadcast(scale[i + r]), term = broadcast(shift[i + r]);
    float* row = x + size_t(i + r) * tile.stride + e;
#pragma GCC unroll 4
    for (int part = 0; part < 16; part += width)
      store(row + part, fromBytes((const unsigned char*)&v[r] + part) * factor + term);
  }
}

void gather(const uint8_t* images, int inputs, const uint32_t* examples, const float* scale, const float* shift,
            float* x, const Tile& tile, int first, int last) {
  // Sixteen examples are read from their first byte to their last, as prefetchers like it.
  for (int e = 0; e < tile.stride; e += 16) {
    for (int i = first; i < last; i += 16) {
      if (i + 16 <= last && e + 16 <= tile.count)
        gatherBlock<true>(images, inputs, examples, scale, shift, x, tile, i, 16, e);
      else
        gatherBlock<false>(images, inputs, examples, scale, shift, x, tile, i, smaller(16, last - i), e);
    }
  }
}

}  // namespace

InputKernels input() { return {gather}; }

}  // namespace gfl::GFL_SIMD
