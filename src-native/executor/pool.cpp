#include "pool.h"

#include "denormals.h"

namespace gfl {
namespace {

/** Looks before sleeping: kernels follow each other within microseconds. */
constexpr int looks = 4000;

void pause() {
#if defined(__SSE2__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

Pool::Pool(int threads, double worthSharing) : worthSharing_(worthSharing) {
  for (int thread = 1; thread < threads; thread++) others_.emplace_back([this, thread] { serve(thread); });
}

Pool::~Pool() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
    round_++;
  }
  wake_.notify_all();
  for (auto& other : others_) other.join();
}

void Pool::run(Task task, void* job) {
  {
    std::lock_guard lock(mutex_);
    task_ = task;
    job_ = job;
    running_ = int(others_.size());
    round_++;
  }
  wake_.notify_all();
  task(job, 0);
  while (running_.load(std::memory_order_acquire) > 0) pause();
}

void Pool::serve(int thread) {
  const FlushDenormals flush;
  for (unsigned seen = 0;;) {
    for (int look = 0; look < looks && round_.load(std::memory_order_acquire) == seen; look++) pause();
    if (round_.load(std::memory_order_acquire) == seen) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return round_.load() != seen; });
    }
    seen = round_.load(std::memory_order_acquire);
    if (ending_) return;
    task_(job_, thread);
    running_.fetch_sub(1, std::memory_order_release);
  }
}

}  // namespace gfl
