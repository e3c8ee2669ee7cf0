#pragma once

#include <cstddef>
#include <vector>

namespace gfl {

/** One block of memory for many buffers: they are asked for first, and there after `allocate`, filled with zeros. */
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  ~Arena();

  /** After `allocate`, `to` is `count` elements on a cache line of their own. */
  template <class T>
  void request(T*& to, size_t count) {
    requests_.push_back({reinterpret_cast<void**>(&to), count * sizeof(T)});
  }

  /** @throws std::bad_alloc */
  void allocate();

  size_t bytes() const { return bytes_; }

 private:
  /** @throws std::bad_alloc */
  char* block(size_t bytes);

  struct Request {
    void** to;
    size_t bytes;
  };
  std::vector<Request> requests_;
  std::vector<void*> blocks_;
  size_t bytes_ = 0;
};

}  // namespace gfl
