#pragma once

#include <cstdint>
#include <vector>

#include "../kernels/sparse-matrix.h"

namespace gfl {

/** A mask's positions in the order of W, and in that of Wᵀ. */
struct SparseLayout {
  SparseMatrix matrix;
  SparseMatrix transposed;
  /** By entry of `matrix`, the same entry of `transposed`. */
  std::vector<uint32_t> inTransposed;
};

/** Columns of a block, of which a tile's rows are to stay in the first cache while many entries meet them. */
struct BlockWidths {
  int ofMatrix, ofTransposed;
};

/** The widths that were measured to be fastest for a layer of this density. */
BlockWidths blockWidths(double density);

/**
 * @param mask [outputs, inputs], ones and zeros
 * @param both whether Wᵀ is wanted too
 */
SparseLayout layOut(const uint8_t* mask, int outputs, int inputs, BlockWidths, bool both);

}  // namespace gfl
