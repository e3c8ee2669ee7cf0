#include "arena.h"

#include <cstdlib>
#include <cstring>
#include <new>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "../kernels/tile.h"

namespace gfl {
namespace {

/** Huge pages spare most misses of the address cache, and make cache behaviour the same in every process. */
constexpr size_t hugePage = size_t(2) << 20;

size_t roundUp(size_t size, size_t to) { return (size + to - 1) / to * to; }

/** Buffers begin at different lines of a page, so that equal rows of several do not meet in one set of a cache. */
size_t place(size_t at, size_t number) { return roundUp(at, alignment) + (number % 7 + 1) * 9 * alignment; }

}  // namespace

Arena::~Arena() { std::free(block_); }

void Arena::allocate() {
  size_t end = 0;
  for (size_t i = 0; i < requests_.size(); i++) end = place(end, i) + requests_[i].bytes;
  const size_t unit = end < hugePage ? 4096 : hugePage;
  bytes_ = roundUp(end + alignment, unit);
  block_ = std::aligned_alloc(unit, bytes_);
  if (!block_) throw std::bad_alloc();
#if defined(__linux__)
  if (unit == hugePage) madvise(block_, bytes_, MADV_HUGEPAGE);
#endif
  std::memset(block_, 0, bytes_);
  end = 0;
  for (size_t i = 0; i < requests_.size(); i++) {
    end = place(end, i);
    *requests_[i].to = static_cast<char*>(block_) + end;
    end += requests_[i].bytes;
  }
  requests_.clear();
}

}  // namespace gfl
