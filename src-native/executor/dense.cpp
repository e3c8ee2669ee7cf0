#include "dense.h"

#include <algorithm>
#include <atomic>

namespace gfl {
namespace {

/** Rows that a thread takes at once: several strips of every instruction set's tile. */
constexpr size_t grain = 48;

}  // namespace

Dense::Dense(const LinearShape& shape, const std::string& weight, const std::string& bias, const uint8_t* mask)
    : Linear(shape, weight, bias) {
  weight_.size = pitch() * outputs();
  if (!mask) return;
  mask_.assign(weight_.size / 8, 0);
  for (int o = 0; o < outputs(); o++)
    for (int i = 0; i < inputs(); i++) {
      const size_t at = o * pitch() + i;
      if (mask[size_t(o) * inputs() + i]) mask_[at / 8] |= uint8_t(1 << at % 8);
    }
  weight_.mask = mask_.data();
}

void Dense::forward(const Pass& pass, Statistics) {
  for (const Tile& tile : pass.batch.tiles()) {
    const Output out = pass.at.output(output(), tile);
    const float* x = pass.at.x(input(), tile);
    pass.pool.share(outputs(), grain, 2.0 * inputs() * outputs() * tile.stride,
                    [&](size_t first, size_t last, int thread) {
                      pass.kernels.product.forward(weight_.value, pitch(), inputs(), bias(), x, tile.stride, out,
                                                   int(first), int(last), pass.at.scratch(thread));
                    });
  }
}

void Dense::backwardInput(const Pass& pass) {
  if (isFirst()) return;
  for (const Tile& tile : pass.batch.tiles()) {
    const Finish finish = pass.at.finish(input(), tile);
    const float* dy = pass.at.gradient(output(), tile);
    float* dx = pass.at.gradient(input(), tile);
    pass.pool.share(inputs(), grain, 2.0 * inputs() * outputs() * tile.stride,
                    [&](size_t first, size_t last, int thread) {
                      pass.kernels.product.backward(weight_.value, pitch(), outputs(), dy, dx, tile.stride, finish,
                                                    int(first), int(last), pass.at.scratch(thread));
                    });
  }
}

bool Dense::backward(const Pass& pass) {
  backwardInput(pass);
  return denseGradient(pass, weight_.gradient, 0, outputs());
}

void Dense::take(const Parameter& parameter, const float* dense, float* own) {
  if (&parameter != &weight_) return Linear::take(parameter, dense, own);
  for (int o = 0; o < outputs(); o++)
    for (int i = 0; i < inputs(); i++) {
      const size_t at = o * pitch() + i;
      const bool active = mask_.empty() || (mask_[at / 8] >> at % 8 & 1);
      own[at] = active ? dense[size_t(o) * inputs() + i] : 0;
    }
}

void Dense::give(const Parameter& parameter, const float* own, float* dense) const {
  if (&parameter != &weight_) return Linear::give(parameter, own, dense);
  for (int o = 0; o < outputs(); o++) std::copy_n(own + o * pitch(), inputs(), dense + size_t(o) * inputs());
}

void Dense::addSums(const Pass& pass, const float* block, int first, int last, double lambda, LayerSums& sums) const {
  const auto norms = pass.kernels.array.norms;
  const size_t from = first * pitch(), size = (last - first) * pitch();
  const float* w = weight_.value + from;
  const uint8_t* mask = mask_.empty() ? nullptr : mask_.data() + from / 8;
  norms(block, nullptr, 0, nullptr, size, &sums.gradient.l1, &sums.gradient.squares);
  norms(block, nullptr, 0, mask, size, &sums.activeGradient.l1, &sums.activeGradient.squares);
  norms(block, w, lambda, nullptr, size, &sums.penalisedGradient.l1, &sums.penalisedGradient.squares);
  norms(block, w, lambda, mask, size, &sums.penalisedActiveGradient.l1, &sums.penalisedActiveGradient.squares);
  norms(w, nullptr, 0, nullptr, size, &sums.weights.l1, &sums.weights.squares);
}

}  // namespace gfl
