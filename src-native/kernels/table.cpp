#include "activation.h"
#include "families.h"
#include "members.h"
#include "optimizer.h"

namespace gfl {
namespace GFL_SIMD {

#define GFL_NAME_(set) #set
#define GFL_NAME(set) GFL_NAME_(set)

#define GFL_ACTIVATION(F, name) activationOf<F>(name),
#define GFL_OPTIMIZER(Rule, name) optimizerOf<Rule>(name),

constexpr Activation allActivations[] = {GFL_ACTIVATIONS(GFL_ACTIVATION)};
constexpr Optimizer allOptimizers[] = {GFL_OPTIMIZERS(GFL_OPTIMIZER)};

const Kernels& table() {
  static const Kernels all{
      GFL_NAME(GFL_SIMD),
      product(),
      sparse,
      batchNorm(),
      loss(),
      input(),
      array(),
      allActivations,
      int(sizeof allActivations / sizeof *allActivations),
      allOptimizers,
      int(sizeof allOptimizers / sizeof *allOptimizers),
      peak,
  };
  return all;
}

}  // namespace GFL_SIMD
}  // namespace gfl
