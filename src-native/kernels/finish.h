#pragma once

#include "kernels.h"
#include "simd/simd.h"

namespace gfl::GFL_SIMD {

/** Turns a row of gradients by a into those by z, and gathers the bias's. */
GFL_INLINE void finishRow(const Finish& finish, int unit, int stride, float* d, int n) {
  const size_t at = size_t(unit) * stride;
  if (finish.activation) finish.activation->backward(finish.z + at, finish.a + at, d, n);
  if (finish.sums) {
    Vector total{};
    for (int e = 0; e < n; e += width) total += load(d + e);
    finish.sums[unit] = finish.accumulate ? finish.sums[unit] + sum(total) : sum(total);
  }
}

}  // namespace gfl::GFL_SIMD
