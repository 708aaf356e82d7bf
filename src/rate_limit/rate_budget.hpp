#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "rate_limit/known_limit.hpp"
#include "rate_limit/permit_queue.hpp"
#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"
#include "segment/version.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The taken permits of a limit whose time of return is known.
///
/// Copying: a value. Cost: bounded memory; beyond some size times are rounded up to their
/// neighbour's. Thread safety: none.
class PermitLog {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Takes permits until then.
  ///
  /// \param foreign whether another program took them.
  void take(TimePoint until, int count, bool foreign);

  /// Returns the permits that are due.
  void expire(TimePoint now);

  /// Makes every taken permit return by then.
  void all_returned_by(TimePoint latest);

  /// Permits taken by any program.
  [[nodiscard]] int taken() const noexcept { return taken_; }
  /// Those of them that another program took.
  [[nodiscard]] int foreign() const noexcept { return foreign_; }

  /// When this many permits have returned; std::nullopt if fewer are taken.
  [[nodiscard]] std::optional<TimePoint> back(int count) const;

 private:
  struct Entry {
    TimePoint until{};
    int count = 0;
    int foreign = 0;
  };

  void halve();

  std::deque<Entry> entries_;  // earliest first
  int taken_ = 0;
  int foreign_ = 0;
};

/// What is known about one operation's limit, and the queue for its permits.
///
/// A limit has as many permits as it allows requests. A request takes one when it is sent, and the
/// permit returns one period after the response came. The server counted the request between the
/// two, so none of its periods holds more than the limit, however it divides time into windows.
///
/// Copying: not needed. Cost: bounded memory except for the queue. Thread safety: none.
class RateBudget {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  using Ticket = PermitQueue::Ticket;
  using Mutex = ForkSafeMutex;

  /// \param published without requests: nothing is known yet.
  explicit RateBudget(const RateLimit& published);

  /// Whether a request needs a permit.
  [[nodiscard]] bool limits(TimePoint now) const { return limit_.limits(now); }

  /// Joins the queue: a retry before all first attempts.
  [[nodiscard]] Ticket enqueue(bool first_attempt) { return queue_.enqueue(first_attempt); }

  /// Leaves the queue with a permit, or says when to ask again.
  [[nodiscard]] std::optional<TimePoint> ask(Ticket ticket, TimePoint now);

  /// Leaves the queue without a permit.
  void leave(Ticket ticket) { queue_.leave(ticket); }

  /// Returns a permit that was not used.
  void give_back(Ticket ticket);

  /// Ends a permit's request, which the server has counted by now, if at all.
  void complete(Ticket ticket, TimePoint now);

  void observe(const RateObservation& observation, TimePoint now);

  /// In a forked child: what is in flight is the parent's, and counts for one more period; what
  /// waits is the parent's too.
  void leave_to_parent(TimePoint now);

  [[nodiscard]] std::optional<RemainingQuota> remaining_quota(TimePoint now);

 private:
  [[nodiscard]] int room() const noexcept;
  [[nodiscard]] TimePoint permit_time(int ahead, TimePoint now) const;
  [[nodiscard]] TimePoint back(int count, TimePoint now) const;
  void take(TimePoint now);
  void learn_use(const RateObservation& observation, TimePoint now);
  void learn_window(const RateObservation& observation, TimePoint now);

  KnownLimit limit_;
  PermitQueue queue_;
  PermitLog log_;      // of completed requests, and of other programs
  int in_flight_ = 0;  // sent and not yet completed

  TimePoint pace_at_{};  // when few permits are left: the earliest time of the next
  std::chrono::steady_clock::duration pace_{0};
};

}  // namespace segment::inline SEGMENT_ABI::detail
