#pragma once

#include <string>
#include <vector>

#include "../kernels/kernels.h"
#include "arena.h"
#include "batch.h"
#include "pool.h"
#include "workspace.h"

namespace gfl {

/** Tensor of a network in training; outside it is dense and has no padding. */
struct Parameter {
  std::string name;
  /** Floats inside, padding included. */
  size_t size;
  /** Floats outside. */
  size_t denseSize;
  /** Masked and penalised; what is not is a bias, a scale or a shift. */
  bool isWeight = false;
  float* value = nullptr;
  float* gradient = nullptr;
  std::vector<float*> slots = {};
  /** A bit an entry; null where all may move. */
  const uint8_t* mask = nullptr;
};

/** What operations work with in one pass over a batch. */
struct Pass {
  const Kernels& kernels;
  Pool& pool;
  Workspace& at;
  const Batch& batch;
};

enum class Statistics { batch, running };

/** One layer's kernel calls, forward and backward. Its output is the value after its input. */
class Operation {
 public:
  explicit Operation(int input) : input_(input) {}
  virtual ~Operation() = default;

  virtual void forward(const Pass&, Statistics) = 0;
  /** Gradients by its parameters, and by its input where that is not the network's. Whether those by its weights are
   * finite. */
  virtual bool backward(const Pass&) = 0;
  /** Those by its input alone, where it can do with less. */
  virtual void backwardInput(const Pass& pass) { backward(pass); }
  /** After a step that was finite. */
  virtual void commit(const Pass&) {}
  /** After its parameters became others. */
  virtual void parametersChanged(const Kernels&, Pool&) {}

  virtual std::vector<Parameter*> parameters() = 0;
  /** Tensors that gradients do not train. */
  virtual std::vector<Parameter*> buffers() { return {}; }
  /** From and to the dense layout; by one of its parameters or buffers, on any array of its size. */
  virtual void take(const Parameter&, const float* dense, float* own);
  virtual void give(const Parameter&, const float* own, float* dense) const;

 protected:
  int input() const { return input_; }
  int output() const { return input_ + 1; }
  bool isFirst() const { return input_ == 0; }

 private:
  int input_;
};

/** The float buffers of parameters, and of `slots` for each. */
void requestParameters(Arena&, const std::vector<Parameter*>&, int slots);

}  // namespace gfl
