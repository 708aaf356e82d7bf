#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The waiters for a limit's permits: retries before first attempts, otherwise in order of arrival.
///
/// Copying: not needed. Cost: an entry per waiter. Thread safety: none.
class PermitQueue {
 public:
  /// A position in the queue. The smaller one comes first.
  struct Ticket {
    bool first_attempt = true;
    std::uint64_t number = 0;
    auto operator<=>(const Ticket&) const = default;
  };

  [[nodiscard]] Ticket enqueue(bool first_attempt) {
    const Ticket ticket{first_attempt, next_number_++};
    waiters_.insert(std::upper_bound(waiters_.begin(), waiters_.end(), ticket), ticket);
    return ticket;
  }

  /// Forgets all waiters.
  void clear() noexcept { waiters_.clear(); }

  /// Leaves with or without a permit. The ticket need not be in the queue.
  void leave(Ticket ticket) {
    const auto position = std::lower_bound(waiters_.begin(), waiters_.end(), ticket);
    if (position != waiters_.end() && *position == ticket) waiters_.erase(position);
  }

  /// The number of waiters ahead.
  [[nodiscard]] int ahead_of(Ticket ticket) const {
    const auto position = std::lower_bound(waiters_.begin(), waiters_.end(), ticket);
    return static_cast<int>(position - waiters_.begin());
  }

  [[nodiscard]] int size() const noexcept { return static_cast<int>(waiters_.size()); }

 private:
  std::vector<Ticket> waiters_{};  // the next one first
  std::uint64_t next_number_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::detail
