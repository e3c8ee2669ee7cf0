#include <algorithm>
#include <chrono>
#include <new>

#include "../kernels/instruction-sets.h"
#include "description.h"

/** Node-API's side: checks what it is given, calls the executor, turns what it threw into JavaScript's exceptions. */
namespace gfl {
namespace {

struct Call {
  napi_env env;
  napi_callback_info info;
  napi_value self;
  napi_value arguments[8];

  Call(napi_env env, napi_callback_info info) : env(env), info(info) {
    size_t count = 8;
    check(env, napi_get_cb_info(env, info, &count, arguments, &self, nullptr));
  }

  /** The argument at `i`, undefined where there are fewer. */
  Given operator()(size_t i, const char* name) const { return {env, arguments[i], name}; }

  /** Of the object whose method was called; JavaScript itself refuses objects that are none of ours. */
  Network& network() const {
    void* wrapped;
    if (napi_unwrap(env, self, &wrapped) != napi_ok) throw BadArgument("this Network was disposed of");
    return *static_cast<Network*>(wrapped);
  }
};

template <napi_value (*body)(const Call&)>
napi_value guarded(napi_env env, napi_callback_info info) {
  try {
    return body(Call(env, info));
  } catch (const BadArgument& error) {
    napi_throw_type_error(env, nullptr, error.what());
  } catch (const Pending&) {
  } catch (const std::bad_alloc&) {
    napi_throw_range_error(env, nullptr, "memory allocation failed in the native engine");
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
  return nullptr;
}

/** Copies of what was checked: memory that JavaScript shares between threads may change at any time. */
struct Checked {
  std::vector<uint32_t> indices;
  std::vector<uint8_t> labels;
};
thread_local Checked checked;

/** Arguments 0 to 2: images, labels, and indices of at least one example that is there and has a class. */
Examples examplesOf(const Call& call, const Network& network) {
  const auto images = call(0, "images").bytes();
  const auto labels = call(1, "labels").bytes();
  const auto indices = call(2, "indices").integers();
  const size_t there = std::min(labels.size, images.size / network.inputs());
  if (indices.size == 0 || indices.size > size_t(1) << 30) call(2, "indices").refuse("of 1 to 2^30 examples");
  checked.indices.assign(indices.data, indices.data + indices.size);
  checked.labels.resize(indices.size);
  for (size_t i = 0; i < indices.size; i++) {
    const uint32_t index = checked.indices[i];
    if (index >= there)
      call(2, "indices")
          .refuse("below " + std::to_string(there) + ", the number of examples, and one is " + std::to_string(index));
    const uint8_t label = checked.labels[i] = labels.data[index];
    if (label >= network.classes())
      call(1, "labels")
          .refuse("below " + std::to_string(network.classes()) + ", the number of classes, and one is " +
                  std::to_string(label));
  }
  return {images.data, checked.indices.data(), checked.labels.data(), int(indices.size)};
}

/** Argument 3: sizes that add up to the number of examples. */
std::vector<int> chunksOf(const Call& call, const Examples& examples) {
  const auto sizes = call(3, "chunks").integers();
  uint64_t total = 0;
  for (size_t i = 0; i < sizes.size; i++) {
    if (sizes.data[i] == 0) call(3, "chunks").refuse("sizes of at least 1");
    total += sizes.data[i];
  }
  if (total != uint64_t(examples.count)) call(3, "chunks").refuse("sizes that add up to the number of indices");
  return {sizes.data, sizes.data + sizes.size};
}

const Network::Tensor& tensorOf(const Call& call, const Network& network) {
  const Given name = call(0, "name");
  const auto* tensor = network.find(name.string());
  if (!tensor) name.refuse("a tensor of this network, and not " + name.string());
  return *tensor;
}

int slotOf(const Call& call, const Network::Tensor& tensor) {
  return call(1, "slot").integer(-1, int(tensor.parameter->slots.size()) - 1);
}

napi_value create(const Call& call) {
  napi_value target;
  check(call.env, napi_get_new_target(call.env, call.info, &target));
  if (!target) throw BadArgument("Network must be called with new");
  auto network = std::make_unique<Network>(describe(call(0, "network")));
  check(call.env, napi_wrap(
                      call.env, call.self, network.get(),
                      [](napi_env, void* wrapped, void*) { delete static_cast<Network*>(wrapped); }, nullptr, nullptr));
  network.release();
  return call.self;
}

/** Its memory is large, and unknown to the garbage collector. */
napi_value dispose(const Call& call) {
  call.network();
  void* wrapped;
  check(call.env, napi_remove_wrap(call.env, call.self, &wrapped));
  delete static_cast<Network*>(wrapped);
  return nullptr;
}

napi_value step(const Call& call) {
  Network& network = call.network();
  const Examples examples = examplesOf(call, network);
  if (examples.count > network.batchSize())
    call(2, "indices").refuse("at most " + std::to_string(network.batchSize()) + ", the batch size");
  network.step(examples, call(3, "rate").number());
  return nullptr;
}

napi_value progress(const Call& call) {
  Network& network = call.network();
  const auto [lossSum, steps, firstNonFiniteStep] = network.progress();
  return numbers(call.env, {lossSum, steps, firstNonFiniteStep});
}

napi_value stepsTaken(const Call& call) { return number(call.env, call.network().stepsTaken()); }

napi_value bytes(const Call& call) { return number(call.env, double(call.network().bytes())); }

napi_value evaluate(const Call& call) {
  Network& network = call.network();
  const auto [correct, lossSum] = network.evaluate(examplesOf(call, network));
  return numbers(call.env, {correct, lossSum});
}

napi_value norms(const Call& call) {
  Network& network = call.network();
  const Examples examples = examplesOf(call, network);
  std::vector<napi_value> layers;
  for (const LayerSums& layer : network.norms(examples, chunksOf(call, examples))) {
    std::vector<double> values;
    for (const Sums& sums : {layer.gradient, layer.activeGradient, layer.penalisedGradient,
                             layer.penalisedActiveGradient, layer.weights}) {
      values.push_back(sums.l1);
      values.push_back(sums.squares);
    }
    layers.push_back(numbers(call.env, values));
  }
  return array(call.env, layers);
}

napi_value gradient(const Call& call) {
  Network& network = call.network();
  const Examples examples = examplesOf(call, network);
  const auto chunks = chunksOf(call, examples);
  const int l = call(4, "layer").integer(0, int(network.layers().size()) - 1);
  float* data;
  const napi_value result =
      floats(call.env, size_t(network.layers()[l]->inputs()) * network.layers()[l]->outputs(), data);
  network.gradient(examples, chunks, l, data);
  return result;
}

napi_value write(const Call& call) {
  Network& network = call.network();
  const auto& tensor = tensorOf(call, network);
  const int slot = slotOf(call, tensor);
  const auto values = call(2, "values").floats();
  if (values.size != tensor.parameter->denseSize)
    call(2, "values")
        .refuse("a Float32Array of " + std::to_string(tensor.parameter->denseSize) + " for " + tensor.parameter->name +
                ", and has " + std::to_string(values.size));
  network.write(tensor, slot, values.data);
  return nullptr;
}

napi_value read(const Call& call) {
  const Network& network = call.network();
  const auto& tensor = tensorOf(call, network);
  const int slot = slotOf(call, tensor);
  float* data;
  const napi_value result = floats(call.env, tensor.parameter->denseSize, data);
  network.read(tensor, slot, data);
  return result;
}

/** GFLOP/s of independent fused multiply-adds on this thread, the best of some rounds. */
napi_value peak(const Call& call) {
  const Kernels& kernels = kernelsOf(call(0, "instructionSet"));
  double best = 0;
  for (int round = 0; round < 20; round++) {
    const auto start = std::chrono::steady_clock::now();
    const double operations = kernels.peak(500'000);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    best = std::max(best, operations / taken.count() / 1e9);
  }
  return number(call.env, best);
}

template <class Member>
napi_value idsOf(napi_env env, const Member* members, int count) {
  std::vector<napi_value> ids;
  for (int i = 0; i < count; i++) ids.push_back(text(env, members[i].id));
  return array(env, ids);
}

template <napi_value (*body)(const Call&)>
constexpr napi_property_descriptor method(const char* name) {
  return {name, nullptr, guarded<body>, nullptr, nullptr, nullptr, napi_default_method, nullptr};
}

napi_value initialise(napi_env env, napi_value exports) {
  const auto kernels = availableKernels();
  std::vector<napi_value> sets;
  for (const Kernels* of : kernels) sets.push_back(text(env, of->instructionSet));
  set(env, exports, "instructionSets", array(env, sets));
  set(env, exports, "optimizers", idsOf(env, kernels[0]->optimizers, kernels[0]->optimizerCount));
  set(env, exports, "activations", idsOf(env, kernels[0]->activations, kernels[0]->activationCount));

  const napi_property_descriptor methods[] = {
      method<step>("step"),         method<progress>("progress"), method<stepsTaken>("stepsTaken"),
      method<evaluate>("evaluate"), method<norms>("norms"),       method<gradient>("gradient"),
      method<write>("write"),       method<read>("read"),         method<bytes>("bytes"),
      method<dispose>("dispose"),
  };
  napi_value network, peakFunction;
  check(env, napi_define_class(env, "Network", NAPI_AUTO_LENGTH, guarded<create>, nullptr,
                               sizeof methods / sizeof *methods, methods, &network));
  set(env, exports, "Network", network);
  check(env, napi_create_function(env, "peak", NAPI_AUTO_LENGTH, guarded<peak>, nullptr, &peakFunction));
  set(env, exports, "peak", peakFunction);
  return exports;
}

}  // namespace
}  // namespace gfl

NAPI_MODULE_INIT() {
  try {
    return gfl::initialise(env, exports);
  } catch (...) {
    napi_throw_error(env, nullptr, "the native engine could not be initialised");
    return nullptr;
  }
}
