#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "rate_limit/known_limit.hpp"
#include "rate_limit/permit_queue.hpp"
#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"
#include "store.hpp"

namespace segment::inline SEGMENT_ABI::redis {

/// How one process of a fleet shares one operation's limit.
struct Sharing {
  int members = 1;
  int max_batch = 10;
};

/// How much of a limit this process used within the last period.
///
/// Copying: a value. Cost: bounded memory; uses that are close together share one entry. Thread
/// safety: none.
class UseLog {
 public:
  explicit UseLog(milliseconds period) : period_(period) {}

  /// \param is_reported whether the store counts it.
  void add(TimePoint at, bool is_reported);
  void expire(TimePoint now);
  /// Uses that the store does not know about.
  [[nodiscard]] std::vector<Use> unreported() const;
  /// The store was told about the uses that it did not know.
  ///
  /// \param has_forgotten whether it no longer knows what it was told before.
  void reported(bool has_forgotten);

  [[nodiscard]] int count() const noexcept { return count_; }
  /// When the first of them ends; nothing if there is none.
  [[nodiscard]] std::optional<TimePoint> first_over() const;

 private:
  struct Entry {
    Use use;  // at the time of the last
    TimePoint first;
    bool is_reported = false;
  };

  milliseconds period_;
  std::deque<Entry> entries_{};
  int count_ = 0;
};

/// One operation's limit in one process of a fleet: permits that it got from the store, its own
/// share of the limit if the store is unavailable, and the queue.
///
/// Copying: not needed. Cost: bounded memory but for the queue. Thread safety: none.
class FleetBudget {
 public:
  /// What identifies a granted permit.
  struct Grant {
    std::int64_t epoch = 0;  ///< of the store that counts it; 0 if none does
    TimePoint end{};         ///< if it is used later than this, that must be reported
  };

  /// A place in the queue, and the permit that came of it.
  struct Ticket {
    segment::detail::PermitQueue::Ticket place{};
    Grant grant{};
  };

  /// Not one that a fork waits for, as it is held while Redis responds: each process has a fleet of
  /// its own.
  using Mutex = std::mutex;

  /// \param store provides the permits; it must outlive the budget.
  FleetBudget(const Operation& operation, Sharing sharing, Store& store);

  /// Whether a request needs a permit.
  [[nodiscard]] bool limits(TimePoint now) const { return limit_.limits(now); }
  [[nodiscard]] Ticket enqueue(bool first_attempt) { return {queue_.enqueue(first_attempt), {}}; }
  void leave(const Ticket& ticket) { queue_.leave(ticket.place); }

  /// Leaves the queue with a permit, which the ticket then holds, or says when to ask again.
  [[nodiscard]] std::optional<TimePoint> ask(Ticket& ticket, TimePoint now);

  /// Returns a permit that was not used.
  void give_back(const Ticket& ticket);
  /// The request that used a permit has ended.
  void complete(const Ticket& ticket, TimePoint now);

  /// \return how long the operation must pause, if the response refused it.
  std::optional<milliseconds> observe(const RateObservation& observation, TimePoint now) {
    return limit_.observe(observation, now);
  }

  [[nodiscard]] std::optional<RemainingQuota> remaining_quota(TimePoint now);

 private:
  /// Permits from the store, to be used before `grant.end`.
  struct Lease {
    Grant grant;
    int count = 0;
    int taken = 0;  // how many of these were used
  };

  [[nodiscard]] int share() const noexcept;
  [[nodiscard]] int room_of_share() const noexcept;
  [[nodiscard]] int stock() const noexcept;
  [[nodiscard]] int batch() const noexcept;
  void expire(TimePoint now);
  void take_from_store(int wanted, TimePoint now);
  [[nodiscard]] std::optional<TakeReply> exchange(int wanted, TimePoint now);
  [[nodiscard]] TimePoint share_returns(TimePoint now) const;
  [[nodiscard]] Grant grant_from_stock();

  std::string_view operation_;
  Sharing sharing_;
  Store* store_;
  segment::detail::KnownLimit limit_;
  milliseconds hold_;
  segment::detail::PermitQueue queue_{};
  std::deque<Lease> leases_{};
  int in_flight_ = 0;
  UseLog uses_;

  int wanted_batch_ = 1;     // grows while batches are used up
  std::int64_t epoch_ = 0;   // of the store, as last seen
  TimePoint young_until_{};  // the store may not know yet what others used
  TimePoint ask_again_at_{};
  int taken_by_fleet_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::redis
