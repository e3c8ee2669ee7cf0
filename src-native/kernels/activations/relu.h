#pragma once

#include "../simd/simd.h"

namespace gfl::GFL_SIMD::activations {

struct Relu {
  /** Whether the derivative is told from a = f(z) alone. */
  static constexpr bool inPlace = true;

  static GFL_INLINE Vector forward(Vector z) { return larger(Vector{}, z); }
  /** d da/dz */
  static GFL_INLINE Vector backward(Vector, Vector a, Vector d) { return wherePositive(a, d); }
};

}  // namespace gfl::GFL_SIMD::activations
