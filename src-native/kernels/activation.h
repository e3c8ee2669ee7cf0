#pragma once

#include "kernels.h"
#include "simd/simd.h"

namespace gfl::GFL_SIMD {

template <class F>
void activate(const float* z, float* a, int n) {
  for (int i = 0; i < n; i += width) store(a + i, F::forward(load(z + i)));
}

template <class F>
void differentiate(const float* z, const float* a, float* d, int n) {
  for (int i = 0; i < n; i += width) store(d + i, F::backward(load(z + i), load(a + i), load(d + i)));
}

template <class F>
constexpr Activation activationOf(const char* id) {
  return {id, F::inPlace, activate<F>, differentiate<F>};
}

}  // namespace gfl::GFL_SIMD
