#pragma once

#include <memory>
#include <string>
#include <vector>

#include "batch-norm.h"
#include "linear.h"
#include "operation.h"

namespace gfl {

/** How a layer's weights are stored and multiplied. */
enum class Storage { dense, masked, sparse };

struct LayerDescription {
  int outputs;
  Storage storage;
  /** [outputs, inputs], ones and zeros; empty where it is dense. */
  std::vector<uint8_t> mask;
  /** Names as in PyTorch; an empty bias for none. */
  std::string weight, bias;
  /** BatchNorm after it, by its module's name; empty for none. */
  std::string norm;
  bool affine;
  /** After all; null for none. */
  const Activation* activation;
};

struct Description {
  const Kernels* kernels;
  int threads;
  /** Floating-point operations of a kernel call from which on threads share it. */
  double sharedWork;
  int batchSize;
  int inputs;
  /** By input: what makes a standardised value of a pixel. */
  std::vector<float> scale, shift;
  std::vector<LayerDescription> layers;
  const Optimizer* optimizer;
  /** Values of its own parameters. */
  std::vector<double> own;
  double lambda;
  double step;
};

struct Evaluation {
  double correct = 0, lossSum = 0;
};

/** What has happened since last asked; `firstNonFiniteStep` is 0 where there is none. */
struct Progress {
  double lossSum = 0, steps = 0;
  double firstNonFiniteStep = 0;
};

/**
 * A network in training, compiled once into operations on buffers of one arena; nothing is allocated in a step.
 * Results do not depend on the number of threads.
 */
class Network {
 public:
  /** @throws std::bad_alloc */
  explicit Network(Description);

  void step(const Examples&, double rate);
  Progress progress();
  Evaluation evaluate(const Examples&);
  /** Of each layer, of the mean loss of all examples; BatchNorm by chunks of these sizes. */
  std::vector<LayerSums> norms(const Examples&, const std::vector<int>& chunks);
  /** One layer's unmasked gradient, [outputs, inputs]. */
  void gradient(const Examples&, const std::vector<int>& chunks, int layer, float* dense);

  int inputs() const { return description_.inputs; }
  int classes() const { return layers_.back()->outputs(); }
  int batchSize() const { return description_.batchSize; }
  double stepsTaken() const { return step_; }
  const std::vector<Linear*>& layers() const { return layers_; }
  size_t bytes() const { return arena_.bytes() + workspace_->bytes(); }

  struct Tensor {
    Operation* operation;
    Parameter* parameter;
    bool trained;
  };
  /** Null where there is none of this name. */
  const Tensor* find(const std::string& name) const;
  /** @param slot from 0; -1 for the value itself */
  void write(const Tensor&, int slot, const float* dense);
  void read(const Tensor&, int slot, float* dense) const;

 private:
  void add(const LayerDescription&, int inputs);
  void forward(const Pass&, const Examples&, Statistics);
  /** The loss's gradient; returns the sum of losses. */
  double differentiate(const Pass&, const Examples&);
  void update(double rate);
  /** Runs examples forward and their loss backward, calling `visit(layer, pass)` where the gradient by a layer's output
   * is known; until it returns false. */
  template <class Visit>
  void observe(const Examples&, const std::vector<int>& chunks, Visit visit);

  Description description_;
  Pool pool_;
  Arena arena_;
  std::vector<Value> values_;
  std::vector<std::unique_ptr<Operation>> operations_;
  std::vector<Linear*> layers_;
  std::vector<BatchNorm*> norms_;
  std::vector<Tensor> tensors_;
  std::unique_ptr<Workspace> workspace_;
  Batch batch_;
  /** That the workspace has room for. */
  int mostExamples_;
  double step_;
  Progress progress_;
};

}  // namespace gfl
