#pragma once

#include <cmath>

#include "../optimizer.h"

namespace gfl::GFL_SIMD::optimizers {

/** Constants are found in float64: 1 - β₂ in float32 would be wrong by 5e-5. */
struct Adam {
  static constexpr int slots = 2;
  static constexpr const char* parameters[] = {"beta1", "beta2", "epsilon", nullptr};

  Vector beta1, rest1, beta2, rest2, epsilon, rate, correction;

  explicit Adam(const Update& u)
      : beta1(broadcast(float(u.own[0]))),
        rest1(broadcast(float(1 - u.own[0]))),
        beta2(broadcast(float(u.own[1]))),
        rest2(broadcast(float(1 - u.own[1]))),
        epsilon(broadcast(float(u.own[2]))),
        rate(broadcast(float(u.rate / (1 - std::pow(u.own[0], u.step))))),
        correction(broadcast(float(1 / std::sqrt(1 - std::pow(u.own[1], u.step))))) {}

  GFL_INLINE Vector operator()(Vector w, Vector g, Vector* slots) const {
    slots[0] = beta1 * slots[0] + rest1 * g;
    slots[1] = beta2 * slots[1] + rest2 * (g * g);
    return w - rate * slots[0] / (root(slots[1]) * correction + epsilon);
  }
};

}  // namespace gfl::GFL_SIMD::optimizers
