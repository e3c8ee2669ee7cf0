#pragma once

#include "operation.h"

namespace gfl {

/** A norm's two sums: Σ|v| and Σv². */
struct Sums {
  double l1 = 0, squares = 0;
};

/** Of a layer's weights θ and the gradient g of the mean loss by them (design §2). */
struct LayerSums {
  Sums gradient, activeGradient, penalisedGradient, penalisedActiveGradient, weights;
};

struct LinearShape {
  int input;
  int inputs, outputs;
};

/** z = W x + b; how W is stored is its members' business. */
class Linear : public Operation {
 public:
  Linear(const LinearShape&, const std::string& weight, const std::string& bias);

  std::vector<Parameter*> parameters() override;

  Parameter& weight() { return weight_; }
  /** Where the gradient by the bias is summed up; null without one. */
  float** biasGradient() { return bias_.denseSize ? &bias_.gradient : nullptr; }

  /** Dense rows [first, last) of the unmasked gradient, of row length `pitch`, once the gradient by its output is
   * known. Whether they are finite. */
  bool denseGradient(const Pass&, float* block, int first, int last) const;
  /** Adds the sums of a block of dense rows. */
  virtual void addSums(const Pass&, const float* block, int first, int last, double lambda, LayerSums&) const = 0;

  int inputs() const { return shape_.inputs; }
  int outputs() const { return shape_.outputs; }
  /** Length of a dense row: padded, and never a length at which rows lie in the same sets of a cache. */
  size_t pitch() const { return pitch_; }

 protected:
  const float* bias() const { return bias_.denseSize ? bias_.value : nullptr; }
  /** Floating-point operations of one product with a batch, were it dense. */
  double denseWork(const Batch& batch) const { return 2.0 * shape_.inputs * shape_.outputs * double(batch.columns()); }

  Parameter weight_;
  Parameter bias_;

 private:
  LinearShape shape_;
  size_t pitch_;
};

}  // namespace gfl
