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
[[maybe_unused]] size_t place(size_t at, size_t number) {
  return roundUp(at, alignment) + (number % 7 + 1) * 9 * alignment;
}

}  // namespace

Arena::~Arena() {
  for (void* block : blocks_) std::free(block);
}

char* Arena::block(size_t size) {
  const size_t unit = size < hugePage ? alignment : hugePage;
  const size_t bytes = roundUp(size ? size : 1, unit);
  void* block = std::aligned_alloc(unit, bytes);
  if (!block) throw std::bad_alloc();
  blocks_.push_back(block);
#if defined(__linux__)
  if (unit == hugePage) madvise(block, bytes, MADV_HUGEPAGE);
#endif
  std::memset(block, 0, bytes);
  bytes_ += bytes;
  return static_cast<char*>(block);
}

void Arena::allocate() {
#if defined(__SANITIZE_ADDRESS__)
  // Blocks of their own, so that a step over a buffer's end is seen.
  for (const Request& request : requests_) *request.to = block(request.bytes);
#else
  size_t end = 0;
  for (size_t i = 0; i < requests_.size(); i++) end = place(end, i) + requests_[i].bytes;
  char* whole = block(end);
  end = 0;
  for (size_t i = 0; i < requests_.size(); i++) {
    end = place(end, i);
    *requests_[i].to = whole + end;
    end += requests_[i].bytes;
  }
#endif
  requests_.clear();
}

}  // namespace gfl
