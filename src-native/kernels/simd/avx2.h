#pragma once

#include <immintrin.h>

#define GFL_SIMD avx2

namespace gfl::GFL_SIMD {

typedef float Vector __attribute__((vector_size(32)));
typedef int Integers __attribute__((vector_size(32)));
constexpr int width = 8;

// What 16 registers hold.
constexpr int productRows = 6;
constexpr int productVectors = 2;
constexpr int forwardVectors = 8;
constexpr int backwardVectors = 4;

#define GFL_INLINE inline __attribute__((always_inline))

GFL_INLINE Vector broadcast(float s) { return (Vector)_mm256_set1_ps(s); }
GFL_INLINE Vector larger(Vector a, Vector b) { return (Vector)_mm256_max_ps((__m256)a, (__m256)b); }
GFL_INLINE Vector root(Vector a) { return (Vector)_mm256_sqrt_ps((__m256)a); }
GFL_INLINE Vector magnitude(Vector a) { return (Vector)_mm256_andnot_ps(_mm256_set1_ps(-0.f), (__m256)a); }
GFL_INLINE Vector wherePositive(Vector x, Vector v) {
  return (Vector)_mm256_and_ps(_mm256_cmp_ps((__m256)x, _mm256_setzero_ps(), _CMP_GT_OQ), (__m256)v);
}
GFL_INLINE Vector whereSet(const unsigned char* bits, size_t at, Vector v) {
  const __m256i set = _mm256_and_si256(_mm256_set1_epi32(bits[at / 8]), _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128));
  return (Vector)_mm256_andnot_ps((__m256)_mm256_cmpeq_epi32(set, _mm256_setzero_si256()), (__m256)v);
}
GFL_INLINE Vector fromBytes(const unsigned char* bytes) {
  return (Vector)_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i*)bytes)));
}
GFL_INLINE float sum(Vector v) {
  __m128 s = _mm_add_ps(_mm256_castps256_ps128((__m256)v), _mm256_extractf128_ps((__m256)v, 1));
  s = _mm_add_ps(s, _mm_movehl_ps(s, s));
  return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
}

GFL_INLINE void sums(Vector a, Vector b, Vector c, Vector d, float* to, bool accumulate) {
  const __m256 ab = _mm256_unpacklo_ps((__m256)a, (__m256)b) + _mm256_unpackhi_ps((__m256)a, (__m256)b);
  const __m256 cd = _mm256_unpacklo_ps((__m256)c, (__m256)d) + _mm256_unpackhi_ps((__m256)c, (__m256)d);
  const __m256 all =
      (__m256)_mm256_unpacklo_pd((__m256d)ab, (__m256d)cd) + (__m256)_mm256_unpackhi_pd((__m256d)ab, (__m256d)cd);
  __m128 four = _mm256_castps256_ps128(all) + _mm256_extractf128_ps(all, 1);
  if (accumulate) four += _mm_loadu_ps(to);
  _mm_storeu_ps(to, four);
}

GFL_INLINE void transpose(Vector (&v)[8]) {
  __m256 t[8], u[8];
#pragma GCC unroll 4
  for (int i = 0; i < 8; i += 2) {
    t[i] = _mm256_unpacklo_ps((__m256)v[i], (__m256)v[i + 1]);
    t[i + 1] = _mm256_unpackhi_ps((__m256)v[i], (__m256)v[i + 1]);
  }
#pragma GCC unroll 2
  for (int i = 0; i < 8; i += 4) {
    u[i] = _mm256_shuffle_ps(t[i], t[i + 2], 0x44);
    u[i + 1] = _mm256_shuffle_ps(t[i], t[i + 2], 0xee);
    u[i + 2] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0x44);
    u[i + 3] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0xee);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    v[i] = (Vector)_mm256_permute2f128_ps(u[i], u[i + 4], 0x20);
    v[i + 4] = (Vector)_mm256_permute2f128_ps(u[i], u[i + 4], 0x31);
  }
}

}  // namespace gfl::GFL_SIMD
