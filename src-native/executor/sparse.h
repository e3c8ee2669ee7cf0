#pragma once

#include "linear.h"
#include "sparse-layout.h"

namespace gfl {

/**
 * Active weights alone are stored and touched: in the order of Wᵀ, in which the fused backward pass meets them, and
 * copied into the order of W after each step. The first layer has no dx and needs only the order of W.
 */
class Sparse : public Linear {
 public:
  Sparse(const LinearShape&, const std::string& weight, const std::string& bias, const uint8_t* mask, Arena&);

  void forward(const Pass&, Statistics) override;
  bool backward(const Pass&) override;
  void parametersChanged(const Kernels&, Pool&) override;
  void take(const Parameter&, const float* dense, float* own) override;
  void give(const Parameter&, const float* own, float* dense) const override;
  void addSums(const Pass&, const float* block, int first, int last, double lambda, LayerSums&) const override;

 private:
  double work(const Tile& tile) const { return 2.0 * double(layout_.matrix.size()) * tile.stride; }
  const SparseMatrix& order() const { return isFirst() ? layout_.matrix : layout_.transposed; }

  SparseLayout layout_;
  /** In the order of W. */
  float* forwardWeights_ = nullptr;
};

}  // namespace gfl
