#include "sparse.h"

#include <algorithm>
#include <cmath>

namespace gfl {
namespace {

/** Rows that a thread takes at once. */
constexpr size_t grain = 16;

double densityOf(const uint8_t* mask, size_t size) {
  return double(std::count_if(mask, mask + size, [](uint8_t bit) { return bit != 0; })) / double(size);
}

void add(Sums& sums, double value) {
  sums.l1 += std::abs(value);
  sums.squares += value * value;
}

}  // namespace

Sparse::Sparse(const LinearShape& shape, const std::string& weight, const std::string& bias, const uint8_t* mask,
               Arena& arena)
    : Linear(shape, weight, bias),
      layout_(layOut(mask, shape.outputs, shape.inputs, blockWidths(densityOf(mask, weight_.denseSize)), !isFirst())) {
  weight_.size = padded(layout_.matrix.size());
  if (!isFirst()) arena.request(forwardWeights_, weight_.size);
}

void Sparse::forward(const Pass& pass, Statistics) {
  const float* weights = isFirst() ? weight_.value : forwardWeights_;
  const auto forward = pass.kernels.sparse(pass.at.value(output()).activation).forward;
  for (const Tile& tile : pass.batch.tiles()) {
    const Output out = pass.at.output(output(), tile);
    const float* x = pass.at.x(input(), tile);
    pass.pool.share(outputs(), grain, work(tile), [&](size_t first, size_t last, int) {
      forward(layout_.matrix, weights, bias(), x, tile.stride, out, int(first), int(last));
    });
  }
}

bool Sparse::backward(const Pass& pass) {
  const SparseKernels kernels = pass.kernels.sparse(pass.at.value(input()).activation);
  for (const Tile& tile : pass.batch.tiles()) {
    const bool accumulate = tile.first > 0;
    const float* x = pass.at.x(input(), tile);
    const float* dy = pass.at.gradient(output(), tile);
    float* dx = isFirst() ? nullptr : pass.at.gradient(input(), tile);
    const Finish finish = isFirst() ? Finish{} : pass.at.finish(input(), tile);
    pass.pool.share(order().rows, grain, 2 * work(tile), [&](size_t first, size_t last, int) {
      if (isFirst())
        kernels.gradient(layout_.matrix, x, dy, weight_.gradient, tile.stride, accumulate, int(first), int(last));
      else
        kernels.backward(layout_.transposed, weight_.value, x, dy, dx, weight_.gradient, tile.stride, accumulate,
                         finish, int(first), int(last));
    });
  }
  return pass.kernels.array.finite(weight_.gradient, weight_.size);
}

void Sparse::parametersChanged(const Kernels& kernels, Pool& pool) {
  if (isFirst()) return;
  pool.share(layout_.matrix.size(), 1024, 20.0 * double(layout_.matrix.size()), [&](size_t first, size_t last, int) {
    kernels.array.permute(weight_.value, layout_.inTransposed.data(), forwardWeights_, first, last);
  });
}

void Sparse::take(const Parameter& parameter, const float* dense, float* own) {
  if (&parameter != &weight_) return Linear::take(parameter, dense, own);
  order().forEach([&](int row, int column, uint32_t entry) {
    own[entry] = isFirst() ? dense[size_t(row) * inputs() + column] : dense[size_t(column) * inputs() + row];
  });
}

void Sparse::give(const Parameter& parameter, const float* own, float* dense) const {
  if (&parameter != &weight_) return Linear::give(parameter, own, dense);
  std::fill_n(dense, parameter.denseSize, 0.f);
  order().forEach([&](int row, int column, uint32_t entry) {
    (isFirst() ? dense[size_t(row) * inputs() + column] : dense[size_t(column) * inputs() + row]) = own[entry];
  });
}

void Sparse::addSums(const Pass& pass, const float* block, int first, int last, double lambda, LayerSums& sums) const {
  const SparseMatrix& matrix = layout_.matrix;
  const float* weights = isFirst() ? weight_.value : forwardWeights_;
  Sums all, active, penalised;
  pass.kernels.array.norms(block, nullptr, 0, nullptr, (last - first) * pitch(), &all.l1, &all.squares);
  for (int b = 0; b < matrix.blocks; b++)
    for (int o = first; o < last; o++) {
      const float* row = block + (o - first) * pitch() + size_t(b) * matrix.blockWidth;
      const uint32_t* start = matrix.starts.data() + size_t(b) * matrix.rows + o;
      for (uint32_t k = start[0]; k < start[1]; k++) {
        const double g = row[matrix.columnsInBlock[k]], w = weights[k];
        add(active, g);
        add(penalised, g + lambda * w);
        add(sums.weights, w);
      }
    }
  const auto plus = [](Sums& to, const Sums& by, double sign = 1) {
    to.l1 += sign * by.l1;
    to.squares += sign * by.squares;
  };
  plus(sums.gradient, all);
  plus(sums.activeGradient, active);
  plus(sums.penalisedActiveGradient, penalised);
  // Outside the mask there is no penalty.
  plus(sums.penalisedGradient, all);
  plus(sums.penalisedGradient, active, -1);
  plus(sums.penalisedGradient, penalised);
}

}  // namespace gfl
