#include "batch.h"

#include <algorithm>

namespace gfl {

void Batch::clear() {
  tiles_.clear();
  groups_.clear();
  examples_ = 0;
  offset_ = 0;
}

void Batch::addGroup(int examples) {
  groups_.push_back({int(tiles_.size()), 0, examples});
  for (int done = 0; done < examples; done += tileExamples) {
    const int count = std::min(tileExamples, examples - done);
    const int stride = int(padded(count));
    tiles_.push_back({count, stride, offset_, examples_});
    groups_.back().tiles++;
    offset_ += stride;
    examples_ += count;
  }
}

}  // namespace gfl
