#include "threads/process.hpp"

#include <pthread.h>

#include <atomic>

namespace segment::inline SEGMENT_ABI::detail {
namespace {

std::atomic<unsigned> generation = 0;

void after_fork_in_child() noexcept { generation.fetch_add(1, std::memory_order_relaxed); }

}  // namespace

unsigned process_generation() noexcept {
  static const int registered = ::pthread_atfork(nullptr, nullptr, &after_fork_in_child);
  static_cast<void>(registered);
  return generation.load(std::memory_order_relaxed);
}

}  // namespace segment::inline SEGMENT_ABI::detail
