#pragma once

#include <cstddef>
#include <cstdint>

#include "sparse-matrix.h"
#include "tile.h"

/** The arithmetic of one instruction set, as functions of plain pointers. Executors call it, kernel files define it. */
namespace gfl {

/** A non-linearity on part of a row, `n` floats, a multiple of the padding. */
struct Activation {
  const char* id;
  /** Whether the derivative is told from a alone; z and a may then be one buffer. */
  bool inPlace;
  void (*forward)(const float* z, float* a, int n);
  /** d ← d ⊙ da/dz */
  void (*backward)(const float* z, const float* a, float* d, int n);
};

/** Where a layer's rows go: z, and a = activation(z). Of one tile. */
struct Output {
  float* z;
  float* a;
  const Activation* activation;
};

/** What makes of the gradient by a the gradient by z, and gathers it for the bias before. Of one tile. */
struct Finish {
  const float* z;
  const float* a;
  const Activation* activation;
  /** Σ over examples by unit; null where nobody asks. */
  float* sums;
  /** Whether sums go on from the tiles before. */
  bool accumulate;
};

struct ProductKernels {
  /** Floats of scratch memory that a thread needs. */
  size_t scratch;
  /** z = W x + b on rows [first, last) of W [·, inputs] with row length `pitch`. */
  void (*forward)(const float* W, size_t pitch, int inputs, const float* bias, const float* x, int stride, Output,
                  int first, int last, float* scratch);
  /** dx = Wᵀ dy on rows [first, last) of dx. */
  void (*backward)(const float* W, size_t pitch, int outputs, const float* dy, float* dx, int stride, Finish, int first,
                   int last, float* scratch);
  /** dW = dy xᵀ summed over tiles, on rows [first, last); dW's first row is row `first`. Whether all of it is finite.
   */
  bool (*gradient)(const float* dy, int outputs, const float* x, int inputs, const Tile* tiles, int count, float* dW,
                   size_t pitch, int first, int last, float* scratch);
};

struct SparseKernels {
  /** z = W x + b on rows [first, last) of W; weights in W's order. */
  void (*forward)(const SparseMatrix& W, const float* weights, const float* bias, const float* x, int stride, Output,
                  int first, int last);
  /**
   * dx = Wᵀ dy and the active weights' gradients in one pass over rows [first, last) of Wᵀ, each dy row being loaded
   * once; weights and gradients in Wᵀ's order.
   */
  void (*backward)(const SparseMatrix& transposed, const float* weights, const float* x, const float* dy, float* dx,
                   float* gradient, int stride, bool accumulate, Finish, int first, int last);
  /** The active weights' gradients alone, in W's order, on rows [first, last) of W: of a layer whose dx nobody asks
   * for. */
  void (*gradient)(const SparseMatrix& W, const float* x, const float* dy, float* gradient, int stride, bool accumulate,
                   int first, int last);
};

/** BatchNorm over a group of tiles; unit u of a tile is at [units * offset + u * stride]. */
struct Normalisation {
  int units;
  const Tile* tiles;
  int count;
  /** Σ of the tiles' counts. */
  int examples;
  /** z on the way in, ẑ on the way out. */
  float* hat;
  Output output;
  /** By unit; null where the normalisation is not affine. */
  const float *scale, *shift;
  float epsilon;
  /** By unit; variance is biased, inverse is 1 / √(variance + ε). */
  float *mean, *variance, *inverse;
};

struct BatchNormKernels {
  /** ẑ = (z - mean) inverse, a = activation(scale ẑ + shift) by the group's own statistics, which it finds; units
   * [first, last). */
  void (*forward)(const Normalisation&, int first, int last);
  /** The same by given mean and variance. */
  void (*apply)(const Normalisation&, int first, int last);
  /** dz from d, the gradient by scale ẑ + shift; Σ d ẑ and Σ d are added to dScale and dShift, which may be null. */
  void (*backward)(const Normalisation&, const float* d, float* dz, float* dScale, float* dShift, int first, int last);
};

struct LossKernels {
  /** Sum of cross-entropies; dz = (softmax - one-hot) * factor, zero in the padding. Labels by example of the tile. */
  double (*crossEntropy)(const float* z, const uint8_t* labels, int classes, const Tile&, float factor, float* dz,
                         Finish);
};

struct InputKernels {
  /** x = pixel * scale + shift of its input, feature-major, on inputs [first, last). */
  void (*gather)(const uint8_t* images, int inputs, const uint32_t* examples, const float* scale, const float* shift,
                 float* x, const Tile&, int first, int last);
};

/** A parameter in training: `size` floats, a multiple of the padding, in arrays of one layout. */
struct Update {
  float* value;
  const float* gradient;
  float* const* slots;
  /** A bit for each entry that may move; null for all. */
  const uint8_t* mask;
  /** λ of the L2 penalty, or 0. */
  float lambda;
  double rate;
  /** From 1. */
  double step;
  /** Values of the optimizer's parameters, in their order. */
  const double* own;
};

struct Optimizer {
  const char* id;
  int slots;
  /** Names of its own parameters, null-terminated. */
  const char* const* parameters;
  /** Entries [first, last), multiples of the padding. */
  void (*update)(const Update&, size_t first, size_t last);
};

struct ArrayKernels {
  /** Whether all `n` floats are finite. */
  bool (*finite)(const float* values, size_t n);
  /** to[i] = from[order[i]] for i in [first, last). */
  void (*permute)(const float* from, const uint32_t* order, float* to, size_t first, size_t last);
  /** Adds Σ|v + λ w| and Σ(v + λ w)² of entries that `mask` has (null: all); `w` may be null for λ = 0. */
  void (*norms)(const float* v, const float* w, double lambda, const uint8_t* mask, size_t n, double* l1,
                double* squares);
};

struct Kernels {
  const char* instructionSet;
  ProductKernels product;
  /** With an activation in them: forward with the one of its output, backward with that of its input; null for none. */
  SparseKernels (*sparse)(const Activation*);
  BatchNormKernels batchNorm;
  LossKernels loss;
  InputKernels input;
  ArrayKernels array;
  const Activation* activations;
  int activationCount;
  const Optimizer* optimizers;
  int optimizerCount;
  /** Does `rounds` rounds of independent fused multiply-adds; returns how many operations that were. */
  double (*peak)(long rounds);
};

}  // namespace gfl
