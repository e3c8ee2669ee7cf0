#include "network.h"

#include <algorithm>
#include <cmath>

#include "denormals.h"
#include "dense.h"
#include "sparse.h"

namespace gfl {
namespace {

/** Floats of a block of an unmasked gradient: 4 MB, or a single strip of rows where those are longer. */
constexpr size_t blockFloats = size_t(1) << 20;
constexpr size_t fewestRows = 6;

/** Calls `visit(block, first row, last row)` on the rows of a layer's unmasked gradient, a block at a time. */
template <class Visit>
void overBlocks(const Linear& layer, const Pass& pass, Visit visit) {
  const int rows = int(std::min(size_t(layer.outputs()), std::max(fewestRows, blockFloats / layer.pitch())));
  Arena arena;
  float* block;
  arena.request(block, rows * layer.pitch());
  arena.allocate();
  for (int first = 0; first < layer.outputs(); first += rows) {
    const int last = std::min(layer.outputs(), first + rows);
    layer.denseGradient(pass, block, first, last);
    visit(block, first, last);
  }
}

}  // namespace

Network::Network(Description description)
    : description_(std::move(description)),
      pool_(description_.threads, description_.sharedWork),
      step_(description_.step) {
  values_.push_back({description_.inputs});
  int inputs = description_.inputs;
  for (const LayerDescription& layer : description_.layers) {
    add(layer, inputs);
    inputs = layer.outputs;
  }
  for (auto& operation : operations_) {
    const auto parameters = operation->parameters(), buffers = operation->buffers();
    requestParameters(arena_, parameters, description_.optimizer->slots);
    for (Parameter* buffer : buffers) arena_.request(buffer->value, buffer->size);
    for (Parameter* parameter : parameters) tensors_.push_back({operation.get(), parameter, true});
    for (Parameter* buffer : buffers) tensors_.push_back({operation.get(), buffer, false});
  }
  arena_.allocate();
  description_.layers.clear();
  batch_.addGroup(std::max(description_.batchSize, tileExamples));
  workspace_ =
      std::make_unique<Workspace>(values_, batch_.columns(), pool_.threads(), description_.kernels->product.scratch);
  mostExamples_ = batch_.examples();
  for (BatchNorm* norm : norms_) norm->prepare(1);
}

void Network::add(const LayerDescription& layer, int inputs) {
  const LinearShape shape{int(values_.size()) - 1, inputs, layer.outputs};
  auto linear =
      layer.storage == Storage::sparse
          ? std::unique_ptr<Linear>(new Sparse(shape, layer.weight, layer.bias, layer.mask.data(), arena_))
          : std::unique_ptr<Linear>(new Dense(shape, layer.weight, layer.bias,
                                              layer.storage == Storage::masked ? layer.mask.data() : nullptr));
  layers_.push_back(linear.get());
  values_.push_back({layer.outputs, layer.norm.empty() ? layer.activation : nullptr, linear->biasGradient()});
  operations_.push_back(std::move(linear));
  if (layer.norm.empty()) return;
  auto norm = std::make_unique<BatchNorm>(int(values_.size()) - 1, layer.outputs, layer.norm, layer.affine);
  norms_.push_back(norm.get());
  values_.push_back({layer.outputs, layer.activation});
  operations_.push_back(std::move(norm));
}

void Network::forward(const Pass& pass, const Examples& examples, Statistics statistics) {
  const Kernels& kernels = pass.kernels;
  for (const Tile& tile : pass.batch.tiles()) {
    pool_.share(inputs(), 16, 4.0 * inputs() * tile.count, [&](size_t first, size_t last, int) {
      kernels.input.gather(examples.images, inputs(), examples.indices + tile.first, description_.scale.data(),
                           description_.shift.data(), pass.at.x(0, tile), tile, int(first), int(last));
    });
  }
  for (auto& operation : operations_) operation->forward(pass, statistics);
}

double Network::differentiate(const Pass& pass, const Examples& examples) {
  const int last = int(values_.size()) - 1;
  double loss = 0;
  for (const Tile& tile : pass.batch.tiles()) {
    loss += pass.kernels.loss.crossEntropy(pass.at.output(last, tile).z, examples.labels + tile.first, classes(), tile,
                                           1.f / float(examples.count), pass.at.gradient(last, tile),
                                           pass.at.finish(last, tile));
  }
  return loss;
}

void Network::step(const Examples& examples, double rate) {
  if (progress_.firstNonFiniteStep) return;
  const FlushDenormals flush;
  batch_.clear();
  batch_.addGroup(examples.count);
  const Pass pass{*description_.kernels, pool_, *workspace_, batch_};
  forward(pass, examples, Statistics::batch);
  const double loss = differentiate(pass, examples) / examples.count;
  bool finite = std::isfinite(loss);
  for (size_t i = operations_.size(); finite && i-- > 0;) finite = operations_[i]->backward(pass);
  for (const Tensor& tensor : tensors_)
    if (tensor.trained && !tensor.parameter->isWeight)
      finite = finite && pass.kernels.array.finite(tensor.parameter->gradient, tensor.parameter->size);
  if (!finite) {
    progress_.firstNonFiniteStep = step_ + 1;
    return;
  }
  step_++;
  progress_.lossSum += loss;
  progress_.steps++;
  update(rate);
  for (auto& operation : operations_) operation->commit(pass);
}

void Network::update(double rate) {
  for (const auto& [operation, parameter, trained] : tensors_) {
    if (!trained) continue;
    const Update given{parameter->value,
                       parameter->gradient,
                       parameter->slots.data(),
                       parameter->mask,
                       parameter->isWeight ? float(description_.lambda) : 0.f,
                       rate,
                       step_,
                       description_.own.data()};
    pool_.share(parameter->size, 4096, 20.0 * double(parameter->size),
                [&](size_t first, size_t last, int) { description_.optimizer->update(given, first, last); });
  }
  for (auto& operation : operations_) operation->parametersChanged(*description_.kernels, pool_);
}

Progress Network::progress() {
  const Progress now = progress_;
  progress_ = {0, 0, now.firstNonFiniteStep};
  return now;
}

Evaluation Network::evaluate(const Examples& examples) {
  const FlushDenormals flush;
  Evaluation total;
  const int last = int(values_.size()) - 1, most = mostExamples_;
  for (int done = 0; done < examples.count; done += most) {
    const Examples part{examples.images, examples.indices + done, examples.labels + done,
                        std::min(most, examples.count - done)};
    batch_.clear();
    batch_.addGroup(part.count);
    const Pass pass{*description_.kernels, pool_, *workspace_, batch_};
    forward(pass, part, Statistics::running);
    for (const Tile& tile : batch_.tiles()) {
      const float* z = pass.at.output(last, tile).z;
      for (int e = 0; e < tile.count; e++) {
        const auto logit = [&](int c) { return z[size_t(c) * tile.stride + e]; };
        int best = 0;
        for (int c = 1; c < classes(); c++)
          if (logit(c) > logit(best)) best = c;
        double sum = 0;
        for (int c = 0; c < classes(); c++) sum += std::exp(double(logit(c)) - logit(best));
        const int label = part.labels[tile.first + e];
        total.lossSum += logit(best) + std::log(sum) - logit(label);
        total.correct += best == label;
      }
    }
  }
  return total;
}

template <class Visit>
void Network::observe(const Examples& examples, const std::vector<int>& chunks, Visit visit) {
  const FlushDenormals flush;
  Batch batch;
  // Without BatchNorm a chunk is nothing to the network, and whole tiles are faster.
  if (norms_.empty())
    batch.addGroup(examples.count);
  else
    for (int chunk : chunks) batch.addGroup(chunk);
  for (BatchNorm* norm : norms_) norm->prepare(batch.groups().size());
  Workspace workspace(values_, batch.columns(), pool_.threads(), description_.kernels->product.scratch);
  const Pass pass{*description_.kernels, pool_, workspace, batch};
  forward(pass, examples, Statistics::batch);
  differentiate(pass, examples);
  for (size_t i = operations_.size(), l = layers_.size(); i-- > 0;) {
    if (operations_[i].get() == layers_[l - 1] && !visit(int(--l), pass)) return;
    operations_[i]->backwardInput(pass);
  }
}

std::vector<LayerSums> Network::norms(const Examples& examples, const std::vector<int>& chunks) {
  std::vector<LayerSums> all(layers_.size());
  observe(examples, chunks, [&](int l, const Pass& pass) {
    overBlocks(*layers_[l], pass, [&](const float* block, int first, int last) {
      layers_[l]->addSums(pass, block, first, last, description_.lambda, all[l]);
    });
    return true;
  });
  return all;
}

void Network::gradient(const Examples& examples, const std::vector<int>& chunks, int wanted, float* dense) {
  observe(examples, chunks, [&](int l, const Pass& pass) {
    if (l != wanted) return true;
    const Linear& layer = *layers_[l];
    overBlocks(layer, pass, [&](const float* block, int first, int last) {
      for (int o = first; o < last; o++)
        std::copy_n(block + (o - first) * layer.pitch(), layer.inputs(), dense + size_t(o) * layer.inputs());
    });
    return false;
  });
}

const Network::Tensor* Network::find(const std::string& name) const {
  const auto found = std::find_if(tensors_.begin(), tensors_.end(),
                                  [&](const Tensor& tensor) { return tensor.parameter->name == name; });
  return found == tensors_.end() ? nullptr : &*found;
}

void Network::write(const Tensor& tensor, int slot, const float* dense) {
  tensor.operation->take(*tensor.parameter, dense, slot < 0 ? tensor.parameter->value : tensor.parameter->slots[slot]);
  if (slot < 0) tensor.operation->parametersChanged(*description_.kernels, pool_);
}

void Network::read(const Tensor& tensor, int slot, float* dense) const {
  tensor.operation->give(*tensor.parameter, slot < 0 ? tensor.parameter->value : tensor.parameter->slots[slot], dense);
}

}  // namespace gfl
