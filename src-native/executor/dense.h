#pragma once

#include "linear.h"

namespace gfl {

/** All weights are stored, row by row; where there is a mask, a bit for each says whether it may move. */
class Dense : public Linear {
 public:
  /** @param mask [outputs, inputs], ones and zeros; null for none */
  Dense(const LinearShape&, const std::string& weight, const std::string& bias, const uint8_t* mask);

  void forward(const Pass&, Statistics) override;
  bool backward(const Pass&) override;
  void backwardInput(const Pass&) override;
  void take(const Parameter&, const float* dense, float* own) override;
  void give(const Parameter&, const float* own, float* dense) const override;
  void addSums(const Pass&, const float* block, int first, int last, double lambda, LayerSums&) const override;

 private:
  std::vector<uint8_t> mask_;
};

}  // namespace gfl
