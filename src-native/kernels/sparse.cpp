#include <cstring>

#include "families.h"
#include "kernels.h"
#include "members.h"
#include "simd/simd.h"

/** Layers that store and touch their active weights only (design §4). */
namespace gfl::GFL_SIMD {
namespace {

/** No activation. */
struct Identity {
  static constexpr bool inPlace = true;
  static GFL_INLINE Vector forward(Vector z) { return z; }
  static GFL_INLINE Vector backward(Vector, Vector, Vector d) { return d; }
};

/** Calls `part(first vector)` with a constant number of vectors, the most at first, until `stride` floats are done. */
template <int Vectors, class Part>
GFL_INLINE void inParts(int stride, Part part, int from = 0) {
  int done = from;
  for (; stride - done >= Vectors * width; done += Vectors * width) part.template operator()<Vectors>(done);
  if constexpr (Vectors > 1) {
    if (done < stride) inParts<Vectors - 1>(stride, part, done);
  }
}

template <int T, class F>
void forwardPart(const SparseMatrix& W, const float* weights, const float* bias, const float* x, int stride, Output out,
                 int first, int last) {
  for (int b = 0; b < W.blocks; b++) {
    const uint32_t* starts = W.starts.data() + size_t(b) * W.rows;
    const float* block = x + size_t(b) * W.blockWidth * stride;
    const bool finished = b == W.blocks - 1;
    for (int o = first; o < last; o++) {
      uint32_t k = starts[o];
      const uint32_t end = starts[o + 1];
      if (k == end && b > 0 && !finished) continue;
      float* z = out.z + size_t(o) * stride;
      Vector sum[T];
#pragma GCC unroll 8
      for (int j = 0; j < T; j++) sum[j] = b > 0 ? load(z + j * width) : broadcast(bias ? bias[o] : 0.f);
      for (; k < end; k++) {
        const float* row = block + size_t(W.columnsInBlock[k]) * stride;
        const Vector w = broadcast(weights[k]);
#pragma GCC unroll 8
        for (int j = 0; j < T; j++) sum[j] += w * load(row + j * width);
      }
      float* a = out.a + size_t(o) * stride;
#pragma GCC unroll 8
      for (int j = 0; j < T; j++) {
        if (!finished || !F::inPlace) store(z + j * width, sum[j]);
        if (finished) store(a + j * width, F::forward(sum[j]));
      }
    }
  }
}

template <class F>
void forward(const SparseMatrix& W, const float* weights, const float* bias, const float* x, int stride, Output out,
             int first, int last) {
  inParts<forwardVectors>(stride, [&]<int T>(int from) {
    forwardPart<T, F>(W, weights, bias, x + from, stride, {out.z + from, out.a + from, out.activation}, first, last);
  });
}

/** x·y by lanes; d += w y, each vector of y being loaded once. */
template <int T, bool WithResult>
GFL_INLINE Vector meet(const Vector (&x)[T], Vector (&d)[T], const float* y, float weight) {
  Vector dot{};
  const Vector w = broadcast(weight);
#pragma GCC unroll 8
  for (int j = 0; j < T; j++) {
    const Vector v = load(y + j * width);
    dot += x[j] * v;
    if constexpr (WithResult) d[j] += w * v;
  }
  return dot;
}

/** The gradient by z of that by a, and its share of the bias's. */
template <class F, int T>
GFL_INLINE void finishRow(const Finish& finish, int unit, int stride, Vector (&d)[T]) {
  const size_t row = size_t(unit) * stride;
  Vector total{};
#pragma GCC unroll 8
  for (int j = 0; j < T; j++) {
    d[j] = F::backward(load(finish.z + row + j * width), load(finish.a + row + j * width), d[j]);
    total += d[j];
  }
  if (finish.sums) finish.sums[unit] = (finish.accumulate ? finish.sums[unit] : 0.f) + sum(total);
}

/**
 * Row by row of M, a row x of `fixed` stays in registers while the rows y of `gathered` that it meets pass by once:
 * each gives the weight w between them its gradient x·y, and the row of `result` its share w y.
 */
template <int T, bool WithResult, class F>
void backwardPart(const SparseMatrix& M, const float* weights, const float* fixed, const float* gathered, float* result,
                  float* gradient, int stride, bool accumulate, const Finish& finish, int first, int last) {
  for (int b = 0; b < M.blocks; b++) {
    const uint32_t* starts = M.starts.data() + size_t(b) * M.rows;
    const float* block = gathered + size_t(b) * M.blockWidth * stride;
    const bool finished = b == M.blocks - 1;
    for (int r = first; r < last; r++) {
      uint32_t k = starts[r];
      const uint32_t end = starts[r + 1];
      if (k == end && (!WithResult || (b > 0 && !finished))) continue;
      const float* row = fixed + size_t(r) * stride;
      float* to = WithResult ? result + size_t(r) * stride : nullptr;
      Vector x[T], d[T];
#pragma GCC unroll 8
      for (int j = 0; j < T; j++) {
        x[j] = load(row + j * width);
        if constexpr (WithResult) d[j] = b > 0 ? load(to + j * width) : Vector{};
      }
      const auto met = [&](uint32_t k) __attribute__((always_inline)) {
        return meet<T, WithResult>(x, d, block + size_t(M.columnsInBlock[k]) * stride, WithResult ? weights[k] : 0.f);
      };
      for (; k + 4 <= end; k += 4) {
        const Vector a = met(k), b = met(k + 1), c = met(k + 2), d = met(k + 3);
        sums(a, b, c, d, gradient + k, accumulate);
      }
      for (; k < end; k++) gradient[k] = (accumulate ? gradient[k] : 0.f) + sum(met(k));
      if constexpr (WithResult) {
        if (finished) finishRow<F>(finish, r, stride, d);
#pragma GCC unroll 8
        for (int j = 0; j < T; j++) store(to + j * width, d[j]);
      }
    }
  }
}

template <class F>
void backward(const SparseMatrix& transposed, const float* weights, const float* x, const float* dy, float* dx,
              float* gradient, int stride, bool accumulate, Finish finish, int first, int last) {
  inParts<backwardVectors>(stride, [&]<int T>(int from) {
    backwardPart<T, true, F>(
        transposed, weights, x + from, dy + from, dx + from, gradient, stride, accumulate || from > 0,
        {finish.z + from, finish.a + from, nullptr, finish.sums, finish.accumulate || from > 0}, first, last);
  });
}

void gradient(const SparseMatrix& W, const float* x, const float* dy, float* gradient, int stride, bool accumulate,
              int first, int last) {
  inParts<backwardVectors>(stride, [&]<int T>(int from) {
    backwardPart<T, false, Identity>(W, nullptr, dy + from, x + from, nullptr, gradient, stride, accumulate || from > 0,
                                     {}, first, last);
  });
}

}  // namespace

SparseKernels sparse(const Activation* activation) {
#define GFL_WITH(F, name) \
  if (activation && std::strcmp(activation->id, name) == 0) return {forward<F>, backward<F>, gradient};
  GFL_ACTIVATIONS(GFL_WITH)
  return {forward<Identity>, backward<Identity>, gradient};
}

}  // namespace gfl::GFL_SIMD
