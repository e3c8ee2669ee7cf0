#include <cmath>

#include "families.h"
#include "finish.h"
#include "kernels.h"
#include "simd/simd.h"

namespace gfl::GFL_SIMD {
namespace {

double crossEntropy(const float* z, const uint8_t* labels, int classes, const Tile& tile, float factor, float* dz,
                    Finish finish) {
  double loss = 0;
  for (int e = 0; e < tile.count; e += width) {
    Vector top = load(z + e);
    for (int c = 1; c < classes; c++) top = larger(top, load(z + size_t(c) * tile.stride + e));
    Vector total{};
    for (int c = 0; c < classes; c++) {
      const size_t at = size_t(c) * tile.stride + e;
      const Vector power = exponential(load(z + at) - top);
      total += power;
      store(dz + at, power);
    }
    const Vector share = broadcast(factor) / total;
    for (int c = 0; c < classes; c++) {
      float* at = dz + size_t(c) * tile.stride + e;
      store(at, load(at) * share);
    }
    for (int i = 0; i < width && e + i < tile.count; i++) {
      const size_t at = size_t(labels[e + i]) * tile.stride + e + i;
      loss += double(top[i]) + std::log(double(total[i])) - z[at];
      dz[at] -= factor;
    }
  }
  for (int c = 0; c < classes; c++) {
    float* row = dz + size_t(c) * tile.stride;
    for (int e = tile.count; e < tile.stride; e++) row[e] = 0.f;
    finishRow(finish, c, tile.stride, row, tile.stride);
  }
  return loss;
}

}  // namespace

LossKernels loss() { return {crossEntropy}; }

}  // namespace gfl::GFL_SIMD
