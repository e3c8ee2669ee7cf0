#include "linear.h"

#include <atomic>

namespace gfl {
namespace {

size_t pitchOf(int inputs) {
  const size_t pitch = padded(inputs);
  return pitch % 256 == 0 ? pitch + padding : pitch;
}

}  // namespace

Linear::Linear(const LinearShape& shape, const std::string& weight, const std::string& bias)
    : Operation(shape.input),
      weight_{weight, 0, size_t(shape.inputs) * shape.outputs, true},
      bias_{bias, padded(shape.outputs), bias.empty() ? 0 : size_t(shape.outputs)},
      shape_(shape),
      pitch_(pitchOf(shape.inputs)) {}

std::vector<Parameter*> Linear::parameters() {
  if (bias_.denseSize) return {&weight_, &bias_};
  return {&weight_};
}

bool Linear::denseGradient(const Pass& pass, float* block, int first, int last) const {
  const auto& tiles = pass.batch.tiles();
  const Workspace& at = pass.at;
  const double work = denseWork(pass.batch) * (last - first) / outputs();
  std::atomic<bool> finite = true;
  pass.pool.share(last - first, 48, work, [&](size_t from, size_t to, int thread) {
    const bool part = pass.kernels.product.gradient(at.gradient(output()), outputs(), at.x(input(), tiles[0]), inputs(),
                                                    tiles.data(), int(tiles.size()), block + from * pitch(), pitch(),
                                                    first + int(from), first + int(to), at.scratch(thread));
    if (!part) finite = false;
  });
  return finite;
}

}  // namespace gfl
