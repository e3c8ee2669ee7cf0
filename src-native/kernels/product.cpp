#include "families.h"
#include "finish.h"
#include "kernels.h"
#include "simd/simd.h"

/**
 * Dense products C = A B of a layer: z = W x, dx = Wᵀ dy, dW = dy xᵀ. A tile of C stays in registers; B, the smaller
 * operand, is packed into panels of the tile's width; A is read where it lies, a row or a column at a time.
 */
namespace gfl::GFL_SIMD {
namespace {

constexpr int panel = productVectors * width;
/** Depth of a packed block: one panel of it stays in the first cache's neighbour while A passes. */
constexpr int depth = 512;
/** Columns of a packed block of xᵀ, whose depth is a tile of examples. */
constexpr int columns = 1024;

enum class Start { zero, bias, accumulate };

struct Block {
  /** Element (i, k) of A is at a[i * rowStep + k * depthStep]. */
  const float* a;
  size_t rowStep, depthStep;
  const float* packed;
  int depth;
  float* c;
  size_t pitch;
  Start start;
  const float* bias;
};

/** R rows of C by V vectors; adds to `zeros` 0 times what it stores. */
template <int R, int V, bool AlongRows>
void tile(const Block& block, const float* a, const float* b, float* c, const float* bias, Vector* zeros) {
  const size_t rowStep = AlongRows ? block.rowStep : 1, depthStep = AlongRows ? 1 : block.depthStep,
               pitch = block.pitch;
  Vector sum[R][V];
#pragma GCC unroll 16
  for (int i = 0; i < R; i++) {
#pragma GCC unroll 16
    for (int j = 0; j < V; j++) {
      sum[i][j] = Vector{};
      __builtin_prefetch(c + i * pitch + j * width, 1, 3);
    }
  }
#pragma GCC unroll 4
  for (int k = 0; k < block.depth; k++) {
    Vector row[V];
#pragma GCC unroll 16
    for (int j = 0; j < V; j++) row[j] = load(b + j * width);
    if constexpr (!AlongRows) {
      __builtin_prefetch(a + 8 * depthStep);
      __builtin_prefetch(a + 8 * depthStep + R - 1);
    }
#pragma GCC unroll 16
    for (int i = 0; i < R; i++) {
      const Vector s = broadcast(a[i * rowStep]);
#pragma GCC unroll 16
      for (int j = 0; j < V; j++) sum[i][j] += s * row[j];
    }
    a += depthStep;
    b += panel;
  }
#pragma GCC unroll 16
  for (int i = 0; i < R; i++) {
#pragma GCC unroll 16
    for (int j = 0; j < V; j++) {
      float* at = c + i * pitch + j * width;
      if (block.start == Start::accumulate) sum[i][j] += load(at);
      if (block.start == Start::bias) sum[i][j] += broadcast(bias[i]);
      store(at, sum[i][j]);
      if (zeros) *zeros += sum[i][j] * 0.f;
    }
  }
}

using Tiled = void (*)(const Block&, const float*, const float*, float*, const float*, Vector*);

/** The tile of as many rows and vectors, of at most R and V. */
template <bool AlongRows, int R = productRows, int V = productVectors>
Tiled tileOf(int rows, int vectors) {
  if constexpr (V > 1) {
    if (vectors < V) return tileOf<AlongRows, R, V - 1>(rows, vectors);
  }
  if constexpr (R > 1) {
    if (rows < R) return tileOf<AlongRows, R - 1, V>(rows, vectors);
  }
  return tile<R, V, AlongRows>;
}

/** Rows [i, i + rows) of C, all its `n` columns. */
template <bool AlongRows>
void strip(const Block& block, int i, int rows, int n, Vector* zeros) {
  const float* a = block.a + i * (AlongRows ? block.rowStep : 1);
  for (int j = 0; j < n; j += panel) {
    const int vectors = smaller(panel, n - j) / width;
    tileOf<AlongRows>(rows, vectors)(block, a, block.packed + size_t(j) * block.depth, block.c + i * block.pitch + j,
                                     block.bias ? block.bias + i : nullptr, zeros);
  }
}

/**
 * Calls `product(first row, rows)` for strips of rows, and `after` of the same for each once the next one is made: what
 * was stored just now is slower to read again than what was stored a strip ago.
 */
template <class Product, class After>
GFL_INLINE void overStrips(int first, int last, Product product, After after) {
  for (int i = first; i < last + productRows; i += productRows) {
    if (i < last) product(i, smaller(productRows, last - i));
    if (i > first) after(i - productRows, smaller(productRows, last - i + productRows));
  }
}

/** Rows [0, depth) of B [·, n] into panels. */
void pack(const float* B, int stride, int depth, int n, float* to) {
  for (int j = 0; j < n; j += panel) {
    const int vectors = smaller(panel, n - j) / width;
    for (int k = 0; k < depth; k++)
      for (int v = 0; v < vectors; v++)
        store(to + size_t(j) * depth + k * panel + v * width, load(B + size_t(k) * stride + j + v * width));
  }
}

/** Rows [first, first + n) of x [inputs, depth], as columns; zeros beyond its last row. */
void packTransposed(const float* x, int stride, int depth, int first, int n, int inputs, float* to) {
  for (int j = 0; j < n; j += width) {
    float* block = to + size_t(j / panel) * panel * depth + j % panel;
    for (int k = 0; k < depth; k += width) {
      Vector v[width];
#pragma GCC unroll 16
      for (int i = 0; i < width; i++)
        v[i] = first + j + i < inputs ? load(x + size_t(first + j + i) * stride + k) : Vector{};
      transpose(v);
#pragma GCC unroll 16
      for (int i = 0; i < width; i++) store(block + size_t(k + i) * panel, v[i]);
    }
  }
}

/** Equal parts of at most the packed depth. */
int partOfDepth(int whole) {
  const int parts = (whole + depth - 1) / depth;
  return (whole + parts - 1) / parts;
}

void forward(const float* W, size_t pitch, int inputs, const float* bias, const float* x, int stride, Output out,
             int first, int last, float* scratch) {
  const int part = partOfDepth(inputs);
  for (int k = 0; k < inputs; k += part) {
    const int depth = smaller(part, inputs - k);
    pack(x + size_t(k) * stride, stride, depth, stride, scratch);
    const Start start = k > 0 ? Start::accumulate : bias ? Start::bias : Start::zero;
    const Block block{W + k, pitch, 1, scratch, depth, out.z, size_t(stride), start, bias};
    const bool finished = k + depth == inputs && out.activation;
    overStrips(
        first, last, [&](int i, int rows) { strip<true>(block, i, rows, stride, nullptr); },
        [&](int i, int rows) {
          const size_t at = size_t(i) * stride;
          if (finished) out.activation->forward(out.z + at, out.a + at, rows * stride);
        });
  }
}

void backward(const float* W, size_t pitch, int outputs, const float* dy, float* dx, int stride, Finish finish,
              int first, int last, float* scratch) {
  const int part = partOfDepth(outputs);
  for (int k = 0; k < outputs; k += part) {
    const int depth = smaller(part, outputs - k);
    pack(dy + size_t(k) * stride, stride, depth, stride, scratch);
    const Block block{
        W + k * pitch, 1, pitch, scratch, depth, dx, size_t(stride), k > 0 ? Start::accumulate : Start::zero, nullptr};
    const bool finished = k + depth == outputs;
    overStrips(
        first, last, [&](int i, int rows) { strip<false>(block, i, rows, stride, nullptr); },
        [&](int i, int rows) {
          for (int r = i; finished && r < i + rows; r++) finishRow(finish, r, stride, dx + size_t(r) * stride, stride);
        });
  }
}

bool gradient(const float* dy, int outputs, const float* x, int inputs, const Tile* tiles, int count, float* dW,
              size_t pitch, int first, int last, float* scratch) {
  Vector zeros{};
  for (int j = 0; j < inputs; j += columns) {
    const int n = smaller(columns, int(padded(inputs)) - j);
    for (int t = 0; t < count; t++) {
      const Tile& tile = tiles[t];
      packTransposed(x + tile.offset * inputs, tile.stride, tile.stride, j, n, inputs, scratch);
      const Block block{dy + tile.offset * outputs + size_t(first) * tile.stride,
                        size_t(tile.stride),
                        1,
                        scratch,
                        tile.stride,
                        dW + j,
                        pitch,
                        t > 0 ? Start::accumulate : Start::zero,
                        nullptr};
      for (int i = 0; i < last - first; i += productRows)
        strip<true>(block, i, smaller(productRows, last - first - i), n, t == count - 1 ? &zeros : nullptr);
    }
  }
  return isFinite(zeros);
}

}  // namespace

ProductKernels product() {
  constexpr size_t ofForward = size_t(depth) * tileExamples, ofGradient = size_t(columns) * tileExamples;
  return {ofForward > ofGradient ? ofForward : ofGradient, forward, backward, gradient};
}

}  // namespace gfl::GFL_SIMD
