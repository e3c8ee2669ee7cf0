#include <cmath>

#include "families.h"
#include "kernels.h"
#include "simd/simd.h"

namespace gfl::GFL_SIMD {
namespace {

/** `v` in lanes that hold examples, 0 in the padding. */
GFL_INLINE Vector examplesOnly(Vector v, int from, int count) {
  if (from + width <= count) return v;
  float lanes[width];
  __builtin_memcpy(lanes, &v, sizeof v);
  for (int i = 0; i < width; i++) lanes[i] = from + i < count ? lanes[i] : 0.f;
  __builtin_memcpy(&v, lanes, sizeof v);
  return v;
}

/** Calls `visit(index of the vector, its first example, examples of the tile)` on all of a unit's vectors. */
template <class Visit>
GFL_INLINE void overUnit(const Normalisation& n, int unit, Visit visit) {
  for (int t = 0; t < n.count; t++) {
    const Tile& tile = n.tiles[t];
    const size_t row = n.units * tile.offset + size_t(unit) * tile.stride;
    for (int e = 0; e < tile.stride; e += width) visit(row + e, e, tile.count);
  }
}

void applyUnit(const Normalisation& n, int unit) {
  const Vector mean = broadcast(n.mean[unit]), inverse = broadcast(n.inverse[unit]);
  const Vector scale = broadcast(n.scale ? n.scale[unit] : 1.f), shift = broadcast(n.shift ? n.shift[unit] : 0.f);
  overUnit(n, unit, [&](size_t at, int e, int count) {
    const Vector hat = examplesOnly((load(n.hat + at) - mean) * inverse, e, count);
    store(n.hat + at, hat);
    store(n.output.z + at, hat * scale + shift);
  });
  if (!n.output.activation) return;
  for (int t = 0; t < n.count; t++) {
    const size_t row = n.units * n.tiles[t].offset + size_t(unit) * n.tiles[t].stride;
    n.output.activation->forward(n.output.z + row, n.output.a + row, n.tiles[t].stride);
  }
}

void apply(const Normalisation& n, int first, int last) {
  for (int u = first; u < last; u++) {
    n.inverse[u] = 1.f / std::sqrt(n.variance[u] + n.epsilon);
    applyUnit(n, u);
  }
}

void forward(const Normalisation& n, int first, int last) {
  for (int u = first; u < last; u++) {
    Vector total{};
    overUnit(n, u, [&](size_t at, int e, int count) { total += examplesOnly(load(n.hat + at), e, count); });
    n.mean[u] = sum(total) / n.examples;
    const Vector mean = broadcast(n.mean[u]);
    Vector squares{};
    overUnit(n, u, [&](size_t at, int e, int count) {
      const Vector centred = examplesOnly(load(n.hat + at) - mean, e, count);
      squares += centred * centred;
    });
    n.variance[u] = sum(squares) / n.examples;
  }
  apply(n, first, last);
}

/** Ioffe, Szegedy 2015: dz = scale inverse (d - mean(d) - ẑ mean(d ẑ)). */
void backward(const Normalisation& n, const float* d, float* dz, float* dScale, float* dShift, int first, int last) {
  for (int u = first; u < last; u++) {
    Vector withHat{}, alone{};
    overUnit(n, u, [&](size_t at, int, int) {
      withHat += load(d + at) * load(n.hat + at);
      alone += load(d + at);
    });
    const float ofScale = sum(withHat), ofShift = sum(alone);
    if (dScale) dScale[u] += ofScale;
    if (dShift) dShift[u] += ofShift;
    const Vector factor = broadcast((n.scale ? n.scale[u] : 1.f) * n.inverse[u]);
    const Vector meanWithHat = broadcast(ofScale / n.examples), mean = broadcast(ofShift / n.examples);
    overUnit(n, u, [&](size_t at, int e, int count) {
      store(dz + at, examplesOnly(factor * (load(d + at) - mean - load(n.hat + at) * meanWithHat), e, count));
    });
  }
}

}  // namespace

BatchNormKernels batchNorm() { return {forward, apply, backward}; }

}  // namespace gfl::GFL_SIMD
