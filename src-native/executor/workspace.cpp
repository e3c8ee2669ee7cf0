#include "workspace.h"

#include <algorithm>

namespace gfl {

Workspace::Workspace(const std::vector<Value>& values, size_t columns, int threads, size_t scratch)
    : values_(values), columns_(columns), z_(values.size()), a_(values.size()), scratch_(threads) {
  int widest[2] = {0, 0};
  for (size_t v = 0; v < values.size(); v++) {
    const auto& [units, activation, sums] = values[v];
    widest[v % 2] = std::max(widest[v % 2], units);
    arena_.request(z_[v], units * columns);
    if (activation && !activation->inPlace) arena_.request(a_[v], units * columns);
  }
  for (int i = 0; i < 2; i++) arena_.request(gradients_[i], widest[i] * columns);
  for (float*& of : scratch_) arena_.request(of, scratch);
  arena_.allocate();
  for (size_t v = 0; v < values.size(); v++)
    if (!a_[v]) a_[v] = z_[v];
}

Output Workspace::output(int value, const Tile& tile) const {
  const size_t at = values_[value].units * tile.offset;
  return {z_[value] + at, a_[value] + at, values_[value].activation};
}

Finish Workspace::finish(int value, const Tile& tile) const {
  const auto [z, a, activation] = output(value, tile);
  return {z, a, activation, values_[value].sums ? *values_[value].sums : nullptr, tile.first > 0};
}

}  // namespace gfl
