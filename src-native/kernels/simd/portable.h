#pragma once

#include <cmath>

#define GFL_SIMD portable

/** Four floats, in the vector extensions of GCC and Clang: SSE2 on any x86-64, NEON on arm64. */
namespace gfl::GFL_SIMD {

typedef float Vector __attribute__((vector_size(16)));
typedef int Integers __attribute__((vector_size(16)));
constexpr int width = 4;

constexpr int productRows = 6;
constexpr int productVectors = 2;
constexpr int forwardVectors = 8;
constexpr int backwardVectors = 4;

#define GFL_INLINE inline __attribute__((always_inline))

GFL_INLINE Vector broadcast(float s) { return Vector{s, s, s, s}; }
GFL_INLINE Vector larger(Vector a, Vector b) { return a > b ? a : b; }
GFL_INLINE Vector root(Vector a) { return Vector{std::sqrt(a[0]), std::sqrt(a[1]), std::sqrt(a[2]), std::sqrt(a[3])}; }
GFL_INLINE Vector magnitude(Vector a) { return (Vector)((Integers)a & 0x7fffffff); }
GFL_INLINE Vector wherePositive(Vector x, Vector v) { return (Vector)((x > Vector{}) & (Integers)v); }
GFL_INLINE Vector whereSet(const unsigned char* bits, size_t at, Vector v) {
  const int four = bits[at / 8] >> (at % 8);
  return (Vector)(((Integers{four, four, four, four} & Integers{1, 2, 4, 8}) != 0) & (Integers)v);
}
GFL_INLINE Vector fromBytes(const unsigned char* bytes) {
  return Vector{float(bytes[0]), float(bytes[1]), float(bytes[2]), float(bytes[3])};
}
GFL_INLINE float sum(Vector v) { return (v[0] + v[2]) + (v[1] + v[3]); }

GFL_INLINE void sums(Vector a, Vector b, Vector c, Vector d, float* to, bool accumulate) {
  const float four[] = {sum(a), sum(b), sum(c), sum(d)};
  for (int i = 0; i < 4; i++) to[i] = accumulate ? to[i] + four[i] : four[i];
}

GFL_INLINE void transpose(Vector (&v)[4]) {
  const Vector a = v[0], b = v[1], c = v[2], d = v[3];
  for (int i = 0; i < 4; i++) v[i] = Vector{a[i], b[i], c[i], d[i]};
}

}  // namespace gfl::GFL_SIMD
