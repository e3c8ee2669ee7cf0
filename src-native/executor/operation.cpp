#include "operation.h"

#include <algorithm>

namespace gfl {

void Operation::take(const Parameter& parameter, const float* dense, float* own) {
  std::copy_n(dense, parameter.denseSize, own);
}

void Operation::give(const Parameter& parameter, const float* own, float* dense) const {
  std::copy_n(own, parameter.denseSize, dense);
}

void requestParameters(Arena& arena, const std::vector<Parameter*>& parameters, int slots) {
  for (Parameter* parameter : parameters) {
    parameter->slots.assign(slots, nullptr);
    arena.request(parameter->value, parameter->size);
    arena.request(parameter->gradient, parameter->size);
    for (float*& slot : parameter->slots) arena.request(slot, parameter->size);
  }
}

}  // namespace gfl
