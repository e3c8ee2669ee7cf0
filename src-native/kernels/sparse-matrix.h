#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gfl {

/**
 * Positions of a sparse matrix: blocks of columns, in each the rows one after the other. A block's rows of x fit into a
 * cache; its columns are counted from its first, so that 16 bits reach in a matrix of any width.
 */
struct SparseMatrix {
  static constexpr int widestBlock = 65536;

  int rows;
  int columns;
  int blockWidth;
  int blocks;
  /** Of row r in block b: entries [starts[b * rows + r], starts[b * rows + r + 1]). */
  std::vector<uint32_t> starts;
  std::vector<uint16_t> columnsInBlock;

  size_t size() const { return columnsInBlock.size(); }

  /** Calls `visit(row, column, entry)` in the order of the entries. */
  template <class Visit>
  void forEach(Visit visit) const {
    for (int b = 0; b < blocks; b++)
      for (int r = 0; r < rows; r++)
        for (uint32_t k = starts[size_t(b) * rows + r]; k < starts[size_t(b) * rows + r + 1]; k++)
          visit(r, b * blockWidth + columnsInBlock[k], k);
  }
};

}  // namespace gfl
