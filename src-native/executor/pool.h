#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

namespace gfl {

/** Threads that share the rows of one kernel call at a time. */
class Pool {
 public:
  /** @param worthSharing work, in floating-point operations, from which on waking others pays */
  Pool(int threads, double worthSharing);
  ~Pool();

  int threads() const { return int(others_.size()) + 1; }

  /**
   * Calls `part(first, last, thread)` for parts of [0, count) that begin at multiples of `grain`; on this thread alone
   * where the work, in floating-point operations, is not worth waking others. What a row becomes may not depend on its
   * part.
   */
  template <class Part>
  void share(size_t count, size_t grain, double work, const Part& part) {
    const size_t grains = (count + grain - 1) / grain;
    if (others_.empty() || work < worthSharing_ || grains < 2) return part(size_t(0), count, 0);
    struct Job {
      const Part& part;
      size_t count, grain, grains, threads;
    } job{part, count, grain, grains, size_t(threads())};
    run(
        [](void* given, int thread) {
          const Job& j = *static_cast<Job*>(given);
          const size_t first = j.grains * thread / j.threads * j.grain;
          const size_t end = j.grains * (thread + 1) / j.threads * j.grain;
          const size_t last = end < j.count ? end : j.count;
          if (first < last) j.part(first, last, thread);
        },
        &job);
  }

 private:
  using Task = void (*)(void* job, int thread);

  void run(Task task, void* job);
  void serve(int thread);

  double worthSharing_;
  std::vector<std::thread> others_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<unsigned> round_ = 0;
  std::atomic<int> running_ = 0;
  std::atomic<bool> ending_ = false;
  Task task_ = nullptr;
  void* job_ = nullptr;
};

}  // namespace gfl
