#include "description.h"

#include <algorithm>

#include "../kernels/instruction-sets.h"

namespace gfl {
namespace {

constexpr int mostUnits = 1 << 28;
constexpr int mostThreads = 256;
constexpr int mostClasses = 256;

template <class Member>
const Member& memberOf(const Given& id, const Member* members, int count) {
  const std::string wanted = id.string();
  for (int i = 0; i < count; i++)
    if (wanted == members[i].id) return members[i];
  std::string all;
  for (int i = 0; i < count; i++) all += (i ? ", " : "") + std::string(members[i].id);
  id.refuse("one of " + all + ", and not " + wanted);
}

Storage storageOf(const Given& given) {
  const std::string name = given.string();
  if (name == "dense") return Storage::dense;
  if (name == "masked") return Storage::masked;
  if (name == "sparse") return Storage::sparse;
  given.refuse("dense, masked or sparse");
}

LayerDescription layerOf(const Given& given, int inputs, const Kernels& kernels) {
  const int outputs = given["outputs"].integer(1, mostUnits);
  const Storage storage = storageOf(given["storage"]);
  const Given norm = given["norm"], bias = given["bias"], activation = given["activation"];
  std::vector<uint8_t> mask;
  if (storage != Storage::dense) {
    const auto bytes = given["mask"].bytes();
    const size_t size = size_t(inputs) * outputs;
    if (bytes.size != size)
      given["mask"].refuse("a Uint8Array of " + std::to_string(size) + " ones and zeros, and has " +
                           std::to_string(bytes.size));
    if (storage == Storage::sparse && size - std::count(bytes.data, bytes.data + size, 0) > UINT32_MAX - padding)
      given["mask"].refuse("of fewer than 2^32 ones where it is sparse");
    // A copy: what is asked next may run the caller's code, which may take the bytes away.
    mask.assign(bytes.data, bytes.data + size);
  }
  if (norm.isDefined() && bias.isDefined()) bias.refuse("undefined where BatchNorm follows");
  return {
      outputs,
      storage,
      std::move(mask),
      given["weight"].string(),
      bias.isDefined() ? bias.string() : "",
      norm.isDefined() ? norm.string() : "",
      norm.isDefined() && given["affine"].boolean(),
      activation.isDefined() ? &memberOf(activation, kernels.activations, kernels.activationCount) : nullptr,
  };
}

}  // namespace

const Kernels& kernelsOf(const Given& given) {
  const std::string name = given.string();
  std::string all;
  for (const Kernels* kernels : availableKernels()) {
    if (name == kernels->instructionSet) return *kernels;
    all += (all.empty() ? "" : ", ") + std::string(kernels->instructionSet);
  }
  given.refuse("an instruction set of this machine: " + all);
}

Description describe(const Given& given) {
  const Kernels& kernels = kernelsOf(given["instructionSet"]);
  Description description{};
  description.kernels = &kernels;
  description.threads = given["threads"].integer(1, mostThreads);
  description.sharedWork = given["sharedWork"].atLeast(0);
  description.batchSize = given["batchSize"].integer(1, 1 << 24);
  description.inputs = given["inputs"].integer(1, mostUnits);
  const auto channels = given["channels"].elements();
  if (channels.empty() || description.inputs % channels.size() != 0)
    given["channels"].refuse("as many as divide the inputs");
  for (const Given& channel : channels) {
    const double mean = channel["mean"].number(), deviation = channel["deviation"].number();
    for (size_t i = 0; i < description.inputs / channels.size(); i++) {
      description.scale.push_back(float(1 / deviation));
      description.shift.push_back(float(-mean / deviation));
    }
  }
  int inputs = description.inputs;
  for (const Given& layer : given["layers"].elements()) {
    description.layers.push_back(layerOf(layer, inputs, kernels));
    inputs = description.layers.back().outputs;
  }
  if (description.layers.empty()) given["layers"].refuse("at least one layer");
  const LayerDescription& last = description.layers.back();
  if (last.outputs > mostClasses)
    given["layers"].refuse("such that the last has at most " + std::to_string(mostClasses) + " outputs, the classes");
  if (last.activation || !last.norm.empty())
    given["layers"].refuse("such that the last has neither BatchNorm nor an activation");
  description.optimizer = &memberOf(given["optimizer"], kernels.optimizers, kernels.optimizerCount);
  for (const char* const* name = description.optimizer->parameters; *name; name++)
    description.own.push_back(given["own"][*name].number());
  description.lambda = given["lambda"].atLeast(0);
  description.step = given["step"].atLeast(0);
  return description;
}

}  // namespace gfl
