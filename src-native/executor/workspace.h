#pragma once

#include <vector>

#include "../kernels/kernels.h"
#include "arena.h"
#include "batch.h"

namespace gfl {

/** What flows between two operations: rows of units. */
struct Value {
  int units;
  const Activation* activation = nullptr;
  /** Σ over examples of its gradient by z, for the bias that made it; null where there is none. */
  float** sums = nullptr;
};

/**
 * Buffers of a pass: every value, and the gradients of two that follow each other. Values lie tile after tile, so that
 * the same buffers serve batches of any size up to that for which they were made.
 */
class Workspace {
 public:
  Workspace(const std::vector<Value>& values, size_t columns, int threads, size_t scratch);

  float* x(int value, const Tile& tile) const { return a_[value] + values_[value].units * tile.offset; }
  Output output(int value) const { return {z_[value], a_[value], values_[value].activation}; }
  Output output(int value, const Tile&) const;
  Finish finish(int value, const Tile&) const;
  float* gradient(int value) const { return gradients_[value % 2]; }
  float* gradient(int value, const Tile& tile) const { return gradient(value) + values_[value].units * tile.offset; }
  float* z(int value) const { return z_[value]; }
  const Value& value(int value) const { return values_[value]; }
  float* scratch(int thread) const { return scratch_[thread]; }
  size_t columns() const { return columns_; }
  size_t bytes() const { return arena_.bytes(); }

 private:
  const std::vector<Value>& values_;
  size_t columns_;
  Arena arena_;
  std::vector<float*> z_, a_, scratch_;
  float* gradients_[2];
};

}  // namespace gfl
