#pragma once

#include "operation.h"

namespace gfl {

/** BatchNorm as PyTorch has it: momentum 0.1, ε 1e-5, unbiased running variance. */
class BatchNorm : public Operation {
 public:
  /** @param name of the PyTorch module, e.g. `norms.0` */
  BatchNorm(int input, int units, const std::string& name, bool affine);

  /** Room for statistics of as many groups; the same buffers serve until more are asked for. */
  void prepare(size_t groups);

  void forward(const Pass&, Statistics) override;
  bool backward(const Pass&) override;
  void commit(const Pass&) override;
  std::vector<Parameter*> parameters() override;
  std::vector<Parameter*> buffers() override { return {&runningMean_, &runningVariance_}; }

 private:
  Normalisation of(const Pass&, size_t group);

  int units_;
  bool affine_;
  Parameter scale_, shift_, runningMean_, runningVariance_;
  /** By group and unit. */
  std::vector<float> mean_, variance_, inverse_;
};

}  // namespace gfl
