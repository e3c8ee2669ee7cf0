#include "sparse-layout.h"

#include <algorithm>

namespace gfl {
namespace {

SparseMatrix emptyMatrix(int rows, int columns, int blockWidth) {
  const int width = std::min(blockWidth, SparseMatrix::widestBlock);
  const int blocks = (columns + width - 1) / width;
  return {rows, columns, width, blocks, std::vector<uint32_t>(size_t(blocks) * rows + 1), {}};
}

/** Fills a matrix from positions in the order of rows; `place(entry)` is told for each in turn. */
template <class Positions, class Place>
void fill(SparseMatrix& matrix, const Positions& positions, Place place) {
  const auto slot = [&](int row, int column) { return size_t(column / matrix.blockWidth) * matrix.rows + row; };
  positions([&](int row, int column) { matrix.starts[slot(row, column) + 1]++; });
  for (size_t i = 1; i < matrix.starts.size(); i++) matrix.starts[i] += matrix.starts[i - 1];
  matrix.columnsInBlock.resize(matrix.starts.back());
  std::vector<uint32_t> next(matrix.starts.begin(), matrix.starts.end() - 1);
  positions([&](int row, int column) {
    const uint32_t entry = next[slot(row, column)]++;
    matrix.columnsInBlock[entry] = uint16_t(column % matrix.blockWidth);
    place(entry);
  });
}

}  // namespace

BlockWidths blockWidths(double density) {
  // A block costs each of its rows a load and a store of sums: narrower blocks stay in nearer caches, but need some
  // entries a row for that to pay. Widths around these differ by less than measurements do.
  const auto width = [&](double entriesARow, double most) {
    return int(std::clamp(entriesARow / density, 64.0, most));
  };
  return {width(10, SparseMatrix::widestBlock), width(20, 1024)};
}

SparseLayout layOut(const uint8_t* mask, int outputs, int inputs, BlockWidths widths, bool both) {
  SparseLayout layout{
      emptyMatrix(outputs, inputs, widths.ofMatrix), emptyMatrix(inputs, outputs, widths.ofTransposed), {}};
  const auto positions = [&](auto visit) {
    for (int o = 0; o < outputs; o++)
      for (int i = 0; i < inputs; i++)
        if (mask[size_t(o) * inputs + i]) visit(o, i);
  };
  std::vector<uint32_t> entries;
  fill(layout.matrix, positions, [&](uint32_t entry) { entries.push_back(entry); });
  if (!both) return layout;
  layout.inTransposed.resize(entries.size());
  size_t n = 0;
  fill(
      layout.transposed, [&](auto visit) { positions([&](int o, int i) { visit(i, o); }); },
      [&](uint32_t entry) { layout.inTransposed[entries[n++]] = entry; });
  return layout;
}

}  // namespace gfl
