#pragma once

#include <cstddef>
#include <cstdint>

// Set by the target that compiles a kernel (binding.gyp). What kernels use of the standard library must be inlined:
// a function that is shared between targets would run with one's instructions on machines that lack them.
#if defined(GFL_AVX512)
#include "avx512.h"
#elif defined(GFL_AVX2)
#include "avx2.h"
#else
#include "portable.h"
#endif

namespace gfl::GFL_SIMD {

GFL_INLINE Vector load(const float* at) { return *(const Vector*)at; }
GFL_INLINE void store(float* at, Vector v) { *(Vector*)at = v; }
GFL_INLINE Vector loadAnywhere(const float* at) {
  Vector v;
  __builtin_memcpy(&v, at, sizeof v);
  return v;
}

template <class T>
constexpr T smaller(T a, T b) {
  return a < b ? a : b;
}

/** e^x within 2 ulp for x ≤ 0; NaN stays NaN. Cephes' expf: x = n ln 2 + r, a polynomial in r, n added to the exponent.
 */
GFL_INLINE Vector exponential(Vector x) {
  x = larger(broadcast(-87.f), x);
  const Vector rounder = broadcast(12582912.f);  // 1.5 * 2^23: the sum's last bits are the nearest integer
  const Vector shifted = x * broadcast(1.44269504f) + rounder;
  const Vector n = shifted - rounder;
  const Vector r = (x - n * broadcast(0.693359375f)) - n * broadcast(-2.12194440e-4f);
  Vector p = broadcast(1.9875691500e-4f);
  p = p * r + broadcast(1.3981999507e-3f);
  p = p * r + broadcast(8.3334519073e-3f);
  p = p * r + broadcast(4.1665795894e-2f);
  p = p * r + broadcast(1.6666665459e-1f);
  p = p * r + broadcast(5.0000001201e-1f);
  p = p * r * r + r + broadcast(1.f);
  return (Vector)((Integers)p + ((Integers)shifted << 23));
}

/** Whether numbers whose products with 0 were added up to this are all finite: 0 times anything else is NaN. */
GFL_INLINE bool isFinite(Vector zeros) { return sum(zeros) == 0.f; }

}  // namespace gfl::GFL_SIMD
