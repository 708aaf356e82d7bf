#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
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

/// What this process used of a limit within the last period.
///
/// Copying: a value. Cost: bounded memory; uses that are near to each other are one entry. Thread
/// safety: none.
class UseLog {
 public:
  explicit UseLog(milliseconds period) : period_(period) {}

  /// \param is_reported whether the store counts it.
  void add(TimePoint at, bool is_reported);
  void expire(TimePoint now);
  /// Uses that the store does not know of.
  [[nodiscard]] std::vector<Use> unreported() const;
  /// The store was told what it did not know.
  ///
  /// \param has_forgotten whether what it was told before is not known to it.
  void reported(bool has_forgotten);

  [[nodiscard]] int count() const noexcept { return count_; }
  /// When the first of them is over; nothing where there is none.
  [[nodiscard]] std::optional<TimePoint> first_over() const;

 private:
  struct Entry {
    Use use;
    bool is_reported = false;
  };

  milliseconds period_;
  std::deque<Entry> entries_{};
  int count_ = 0;
};

/// One operation's limit as a process of a fleet keeps it: permits that it has from the store, its
/// own share of the limit where the store cannot be asked, and the queue.
///
/// Copying: not needed. Cost: bounded memory but for the queue. Thread safety: none.
class FleetBudget {
 public:
  using Ticket = segment::detail::PermitQueue::Ticket;

  /// What a granted permit has to be known by.
  struct Grant {
    std::int64_t epoch = 0;  ///< of the store that counts it; 0: none does
    TimePoint end{};         ///< used later than this, it is to be reported
  };

  FleetBudget(std::string_view operation, const RateLimit& published, Sharing sharing);

  /// Whether a request needs a permit.
  [[nodiscard]] bool limits(TimePoint now) const { return limit_.limits(now); }
  [[nodiscard]] Ticket enqueue(bool first_attempt) { return queue_.enqueue(first_attempt); }
  void leave(Ticket ticket) { queue_.leave(ticket); }

  /// Leaves the queue with a permit, or says when to ask again.
  ///
  /// \param grant filled with a permit's.
  [[nodiscard]] std::optional<TimePoint> ask(Ticket ticket, TimePoint now, Store& store,
                                             Grant& grant);

  /// Returns a permit that was not used.
  void give_back(const Grant& grant);
  /// The request of a permit is over.
  void complete(const Grant& grant, TimePoint now);

  /// \return for how long the operation is to be left alone, where the response refused it.
  std::optional<milliseconds> observe(const RateObservation& observation, TimePoint now) {
    return limit_.observe(observation, now);
  }

  [[nodiscard]] std::optional<RemainingQuota> remaining_quota(TimePoint now);

 private:
  /// Permits of the store's, to be used before `grant.end`.
  struct Lease {
    Grant grant;
    int count = 0;
    int taken = 0;  // of these, the ones that were used
  };

  [[nodiscard]] int share() const noexcept;
  [[nodiscard]] int room_of_share() const noexcept;
  [[nodiscard]] int stock() const noexcept;
  [[nodiscard]] int batch() const noexcept;
  void expire(TimePoint now);
  void take_from_store(int wanted, TimePoint now, Store& store);
  [[nodiscard]] std::optional<TakeReply> exchange(int wanted, TimePoint now, Store& store);
  [[nodiscard]] TimePoint share_returns(TimePoint now) const;
  void grant_from_stock(Grant& grant);

  std::string_view operation_;
  Sharing sharing_;
  segment::detail::KnownLimit limit_;
  milliseconds hold_;
  segment::detail::PermitQueue queue_{};
  std::deque<Lease> leases_{};
  int in_flight_ = 0;
  UseLog uses_;

  int wanted_batch_ = 1;     // grows while batches are used up
  std::int64_t epoch_ = 0;   // of the store, as it was seen last
  TimePoint young_until_{};  // the store may not know yet what others used
  TimePoint ask_again_at_{};
  int taken_by_fleet_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::redis
