#pragma once

#include <algorithm>
#include <atomic>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What keeps an outage from multiplying a client's load: retries are paid out of a purse that only
/// calls which succeed fill again.
///
/// Copying: none; shared by all copies of a client. Cost: one atomic. Thread safety: any thread.
class RetryBudget {
 public:
  /// \param retries how many retries it holds when it is full. 0 or less: no bound.
  explicit RetryBudget(int retries) : full_(std::clamp(retries, 0, most) * parts), left_(full_) {}

  /// Takes one retry; false where none is left.
  [[nodiscard]] bool take() noexcept {
    if (full_ == 0) return true;
    int left = left_.load(std::memory_order_relaxed);
    while (left >= parts) {
      if (left_.compare_exchange_weak(left, left - parts, std::memory_order_relaxed)) return true;
    }
    return false;
  }

  /// A call succeeded: a tenth of a retry comes back.
  void refill() noexcept {
    int left = left_.load(std::memory_order_relaxed);
    while (left < full_ &&
           !left_.compare_exchange_weak(left, left + 1, std::memory_order_relaxed)) {
    }
  }

 private:
  static constexpr int parts = 10;  // of one retry
  static constexpr int most = 1'000'000;
  const int full_;
  std::atomic<int> left_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
