#include "families.h"
#include "kernels.h"
#include "simd/simd.h"

namespace gfl::GFL_SIMD {
namespace {

bool finite(const float* values, size_t n) {
  Vector zeros[4]{};
  size_t i = 0;
  for (; i + 4 * width <= n; i += 4 * width)
    for (int j = 0; j < 4; j++) zeros[j] += loadAnywhere(values + i + j * width) * 0.f;
  float rest = 0;
  for (; i < n; i++) rest += values[i] * 0.f;
  return isFinite(zeros[0] + zeros[1] + zeros[2] + zeros[3]) && rest == 0.f;
}

void permute(const float* from, const uint32_t* order, float* to, size_t first, size_t last) {
  for (size_t i = first; i < last; i++) to[i] = from[order[i]];
}

/** In float64: a vector of floats at a time, into eight running sums of each norm. */
void norms(const float* v, const float* w, double lambda, const uint8_t* mask, size_t n, double* l1, double* squares) {
  typedef double Doubles __attribute__((vector_size(width * sizeof(double))));
  Doubles absolute{}, squared{};
  for (size_t i = 0; i + width <= n; i += width) {
    Doubles values = __builtin_convertvector(loadAnywhere(v + i), Doubles);
    if (w) values += lambda * __builtin_convertvector(loadAnywhere(w + i), Doubles);
    if (mask) {
      const Vector kept = whereSet(mask, i, broadcast(1.f));
      values *= __builtin_convertvector(kept, Doubles);
    }
    absolute += values < 0 ? -values : values;
    squared += values * values;
  }
  for (int i = 0; i < width; i++) {
    *l1 += absolute[i];
    *squares += squared[i];
  }
  for (size_t i = n / width * width; i < n; i++) {
    const double value = (mask && !(mask[i / 8] >> (i % 8) & 1)) ? 0 : v[i] + (w ? lambda * w[i] : 0);
    *l1 += value < 0 ? -value : value;
    *squares += value * value;
  }
}

}  // namespace

ArrayKernels array() { return {finite, permute, norms}; }

}  // namespace gfl::GFL_SIMD
