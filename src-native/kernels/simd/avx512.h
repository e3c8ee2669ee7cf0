#pragma once

#include <immintrin.h>

/** Every kernel is compiled once for each instruction set, in that one's namespace. */
#define GFL_SIMD avx512

namespace gfl::GFL_SIMD {

typedef float Vector __attribute__((vector_size(64)));
typedef int Integers __attribute__((vector_size(64)));
constexpr int width = 16;

// The tile of the dense product and the rows of the sparse ones, in vectors: what 32 registers hold.
constexpr int productRows = 6;
constexpr int productVectors = 4;
constexpr int forwardVectors = 8;
constexpr int backwardVectors = 8;

#define GFL_INLINE inline __attribute__((always_inline))

GFL_INLINE Vector broadcast(float s) { return (Vector)_mm512_set1_ps(s); }
/** `b` where either is NaN. */
GFL_INLINE Vector larger(Vector a, Vector b) { return (Vector)_mm512_max_ps((__m512)a, (__m512)b); }
GFL_INLINE Vector root(Vector a) { return (Vector)_mm512_sqrt_ps((__m512)a); }
GFL_INLINE Vector magnitude(Vector a) { return (Vector)_mm512_abs_ps((__m512)a); }
/** `v` where x > 0, else 0. */
GFL_INLINE Vector wherePositive(Vector x, Vector v) {
  return (Vector)_mm512_maskz_mov_ps(_mm512_cmp_ps_mask((__m512)x, _mm512_setzero_ps(), _CMP_GT_OQ), (__m512)v);
}
/** `v` where the bit of `bits` is set, else 0; `at` is a multiple of the width. */
GFL_INLINE Vector whereSet(const unsigned char* bits, size_t at, Vector v) {
  return (Vector)_mm512_maskz_mov_ps(*(const unsigned short*)(bits + at / 8), (__m512)v);
}
GFL_INLINE Vector fromBytes(const unsigned char* bytes) {
  return (Vector)_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i*)bytes)));
}
GFL_INLINE float sum(Vector v) { return _mm512_reduce_add_ps((__m512)v); }

/** The sums of four vectors to four floats. */
GFL_INLINE void sums(Vector a, Vector b, Vector c, Vector d, float* to, bool accumulate) {
  const __m512 ab = _mm512_unpacklo_ps((__m512)a, (__m512)b) + _mm512_unpackhi_ps((__m512)a, (__m512)b);
  const __m512 cd = _mm512_unpacklo_ps((__m512)c, (__m512)d) + _mm512_unpackhi_ps((__m512)c, (__m512)d);
  const __m512 all =
      (__m512)_mm512_unpacklo_pd((__m512d)ab, (__m512d)cd) + (__m512)_mm512_unpackhi_pd((__m512d)ab, (__m512d)cd);
  const __m256 half = _mm512_castps512_ps256(all) + _mm512_extractf32x8_ps(all, 1);
  __m128 four = _mm256_castps256_ps128(half) + _mm256_extractf128_ps(half, 1);
  if (accumulate) four += _mm_loadu_ps(to);
  _mm_storeu_ps(to, four);
}

GFL_INLINE void transpose(Vector (&v)[16]) {
  __m512 t[16], u[16];
#pragma GCC unroll 8
  for (int i = 0; i < 16; i += 2) {
    t[i] = _mm512_unpacklo_ps((__m512)v[i], (__m512)v[i + 1]);
    t[i + 1] = _mm512_unpackhi_ps((__m512)v[i], (__m512)v[i + 1]);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 16; i += 4) {
    u[i] = (__m512)_mm512_unpacklo_pd((__m512d)t[i], (__m512d)t[i + 2]);
    u[i + 1] = (__m512)_mm512_unpackhi_pd((__m512d)t[i], (__m512d)t[i + 2]);
    u[i + 2] = (__m512)_mm512_unpacklo_pd((__m512d)t[i + 1], (__m512d)t[i + 3]);
    u[i + 3] = (__m512)_mm512_unpackhi_pd((__m512d)t[i + 1], (__m512d)t[i + 3]);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    t[i] = _mm512_shuffle_f32x4(u[i], u[i + 4], 0x88);
    t[i + 4] = _mm512_shuffle_f32x4(u[i], u[i + 4], 0xdd);
    t[i + 8] = _mm512_shuffle_f32x4(u[i + 8], u[i + 12], 0x88);
    t[i + 12] = _mm512_shuffle_f32x4(u[i + 8], u[i + 12], 0xdd);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    v[i] = (Vector)_mm512_shuffle_f32x4(t[i], t[i + 8], 0x88);
    v[i + 8] = (Vector)_mm512_shuffle_f32x4(t[i], t[i + 8], 0xdd);
    v[i + 4] = (Vector)_mm512_shuffle_f32x4(t[i + 4], t[i + 12], 0x88);
    v[i + 12] = (Vector)_mm512_shuffle_f32x4(t[i + 4], t[i + 12], 0xdd);
  }
}

}  // namespace gfl::GFL_SIMD
