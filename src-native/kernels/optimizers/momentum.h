#pragma once

#include "../optimizer.h"

namespace gfl::GFL_SIMD::optimizers {

struct Momentum {
  static constexpr int slots = 1;
  static constexpr const char* parameters[] = {"momentum", nullptr};

  Vector rate, momentum;

  explicit Momentum(const Update& u) : rate(broadcast(float(u.rate))), momentum(broadcast(float(u.own[0]))) {}

  GFL_INLINE Vector operator()(Vector w, Vector g, Vector* slots) const {
    slots[0] = momentum * slots[0] + g;
    return w - rate * slots[0];
  }
};

}  // namespace gfl::GFL_SIMD::optimizers
