#pragma once

#include "kernels.h"
#include "simd/simd.h"

namespace gfl::GFL_SIMD {

/**
 * One step of a rule on entries [first, last): only active weights move, and the penalty is part of their gradient, so
 * that weights and slots stay zero outside the mask.
 */
template <class Rule>
void update(const Update& u, size_t first, size_t last) {
  const Rule rule(u);
  const Vector lambda = broadcast(u.lambda);
  for (size_t i = first; i < last; i += width) {
    const Vector w = load(u.value + i);
    Vector g = load(u.gradient + i);
    if (u.mask) g = whereSet(u.mask, i, g);
    if (u.lambda != 0.f) g += lambda * w;
    Vector slots[Rule::slots + 1];
    for (int s = 0; s < Rule::slots; s++) slots[s] = load(u.slots[s] + i);
    store(u.value + i, rule(w, g, slots));
    for (int s = 0; s < Rule::slots; s++) store(u.slots[s] + i, slots[s]);
  }
}

template <class Rule>
constexpr Optimizer optimizerOf(const char* id) {
  return {id, Rule::slots, Rule::parameters, update<Rule>};
}

}  // namespace gfl::GFL_SIMD
