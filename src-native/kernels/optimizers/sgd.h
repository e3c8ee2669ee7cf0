#pragma once

#include "../optimizer.h"

namespace gfl::GFL_SIMD::optimizers {

struct Sgd {
  static constexpr int slots = 0;
  static constexpr const char* parameters[] = {nullptr};

  Vector rate;

  explicit Sgd(const Update& u) : rate(broadcast(float(u.rate))) {}

  GFL_INLINE Vector operator()(Vector w, Vector g, Vector*) const { return w - rate * g; }
};

}  // namespace gfl::GFL_SIMD::optimizers
