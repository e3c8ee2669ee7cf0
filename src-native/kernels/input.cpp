#include "families.h"
#include "kernels.h"
#include "simd/simd.h"

/** Examples are rows of bytes; a network wants standardised columns. */
namespace gfl::GFL_SIMD {
namespace {

typedef unsigned char Sixteen __attribute__((vector_size(16)));

/** Rows of 16 bytes become columns: each round interleaves row i with row i + 8. */
GFL_INLINE void transposeBytes(Sixteen (&v)[16]) {
  for (int round = 0; round < 4; round++) {
    Sixteen next[16];
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) {
      next[2 * i] = __builtin_shufflevector(v[i], v[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      next[2 * i + 1] =
          __builtin_shufflevector(v[i], v[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    __builtin_memcpy(v, next, sizeof v);
  }
}

void gather(const uint8_t* images, int inputs, const uint32_t* examples, const float* scale, const float* shift,
            float* x, const Tile& tile, int first, int last) {
  for (int i = first; i < last; i += 16) {
    const int rows = smaller(16, last - i);
    for (int e = 0; e < tile.stride; e += 16) {
      Sixteen v[16]{};
      for (int j = 0; j < smaller(16, tile.count - e); j++)
        __builtin_memcpy(&v[j], images + size_t(examples[e + j]) * inputs + i, rows);
      transposeBytes(v);
      for (int r = 0; r < rows; r++) {
        for (int part = 0; part < 16; part += width) {
          Bytes bytes;
          __builtin_memcpy(&bytes, (const unsigned char*)&v[r] + part, sizeof bytes);
          store(x + size_t(i + r) * tile.stride + e + part,
                __builtin_convertvector(bytes, Vector) * broadcast(scale[i + r]) + broadcast(shift[i + r]));
        }
      }
    }
  }
}

}  // namespace

InputKernels input() { return {gather}; }

}  // namespace gfl::GFL_SIMD
