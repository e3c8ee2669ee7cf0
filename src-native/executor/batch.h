#pragma once

#include <cstdint>
#include <vector>

#include "../kernels/tile.h"

namespace gfl {

/** Some examples of a data set. */
struct Examples {
  /** Pixels of all, an example after the other. */
  const uint8_t* images;
  /** By position in the batch: where its pixels are, and its class. */
  const uint32_t* indices;
  const uint8_t* labels;
  int count;
};

/** How the examples of a pass lie in memory. */
class Batch {
 public:
  /** Tiles that BatchNorm normalises together. */
  struct Group {
    int firstTile, tiles;
    int examples;
  };

  void clear();
  void addGroup(int examples);

  const std::vector<Tile>& tiles() const { return tiles_; }
  const std::vector<Group>& groups() const { return groups_; }
  int examples() const { return examples_; }

  /** Floats of a unit's rows. */
  size_t columns() const { return offset_; }

 private:
  std::vector<Tile> tiles_;
  std::vector<Group> groups_;
  int examples_ = 0;
  size_t offset_ = 0;
};

}  // namespace gfl
