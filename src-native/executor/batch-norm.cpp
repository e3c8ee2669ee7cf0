#include "batch-norm.h"

#include <algorithm>

namespace gfl {
namespace {

constexpr float epsilon = 1e-5f;
constexpr double momentum = 0.1;
constexpr size_t grain = 16;

}  // namespace

BatchNorm::BatchNorm(int input, int units, const std::string& name, bool affine)
    : Operation(input),
      units_(units),
      affine_(affine),
      scale_{name + ".weight", padded(units), size_t(units)},
      shift_{name + ".bias", padded(units), size_t(units)},
      runningMean_{name + ".running_mean", padded(units), size_t(units)},
      runningVariance_{name + ".running_var", padded(units), size_t(units)} {}

void BatchNorm::prepare(size_t groups) {
  for (auto* statistic : {&mean_, &variance_, &inverse_})
    if (statistic->size() < groups * units_) statistic->resize(groups * units_);
}

std::vector<Parameter*> BatchNorm::parameters() {
  if (affine_) return {&scale_, &shift_};
  return {};
}

Normalisation BatchNorm::of(const Pass& pass, size_t group) {
  const auto& [firstTile, tiles, examples] = pass.batch.groups()[group];
  const size_t at = group * units_;
  return {
      units_,
      pass.batch.tiles().data() + firstTile,
      tiles,
      examples,
      pass.at.z(input()),
      pass.at.output(output()),
      affine_ ? scale_.value : nullptr,
      affine_ ? shift_.value : nullptr,
      epsilon,
      mean_.data() + at,
      variance_.data() + at,
      inverse_.data() + at,
  };
}

void BatchNorm::forward(const Pass& pass, Statistics statistics) {
  for (size_t g = 0; g < pass.batch.groups().size(); g++) {
    const Normalisation n = of(pass, g);
    if (statistics == Statistics::running) {
      std::copy_n(runningMean_.value, units_, n.mean);
      std::copy_n(runningVariance_.value, units_, n.variance);
    }
    pass.pool.share(units_, grain, 10.0 * units_ * n.examples, [&](size_t first, size_t last, int) {
      (statistics == Statistics::batch ? pass.kernels.batchNorm.forward : pass.kernels.batchNorm.apply)(n, int(first),
                                                                                                        int(last));
    });
  }
}

bool BatchNorm::backward(const Pass& pass) {
  if (affine_)
    for (Parameter* parameter : parameters()) std::fill_n(parameter->gradient, units_, 0.f);
  for (size_t g = 0; g < pass.batch.groups().size(); g++) {
    const Normalisation n = of(pass, g);
    pass.pool.share(units_, grain, 10.0 * units_ * n.examples, [&](size_t first, size_t last, int) {
      pass.kernels.batchNorm.backward(n, pass.at.gradient(output()), pass.at.gradient(input()),
                                      affine_ ? scale_.gradient : nullptr, affine_ ? shift_.gradient : nullptr,
                                      int(first), int(last));
    });
  }
  return true;
}

void BatchNorm::commit(const Pass& pass) {
  const double n = pass.batch.examples();
  const auto blend = [&](Parameter& running, const std::vector<float>& seen, double factor) {
    for (int u = 0; u < units_; u++)
      running.value[u] = running.value[u] * float(1 - momentum) + seen[u] * float(momentum * factor);
  };
  blend(runningMean_, mean_, 1);
  blend(runningVariance_, variance_, n / (n - 1));
}

}  // namespace gfl
