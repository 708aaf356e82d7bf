#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "rate_limit/known_limit.hpp"
#include "rate_limit/permit_queue.hpp"
#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The permits of a limit that are taken and returned at a known time.
///
/// Copying: a value. Cost: bounded memory; past some size times are rounded up to their
/// neighbour's. Thread safety: none.
class PermitLog {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Takes permits until then.
  ///
  /// \param foreign whether another program took them.
  void take(TimePoint until, int count, bool foreign);

  /// Returns what is due.
  void expire(TimePoint now);

  /// No permit is taken for longer than this.
  void all_returned_by(TimePoint latest);

  /// Permits that are taken, by any program.
  [[nodiscard]] int taken() const noexcept { return taken_; }
  /// Of these, the ones that another program took.
  [[nodiscard]] int foreign() const noexcept { return foreign_; }

  /// When so many permits are returned; nothing where there are not so many.
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

/// What is known of one operation's limit, and the queue for its permits.
///
/// A limit has as many permits as it allows requests. A request takes one when it is sent, and the
/// permit is returned one period after the response came: the server counted the request between
/// the two, so that no period as it sees them, however it cuts time into windows, holds more than
/// the limit.
///
/// Copying: not needed. Cost: bounded memory but for the queue. Thread safety: none.
class RateBudget {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  using Ticket = PermitQueue::Ticket;

  /// \param published no requests: nothing is known yet.
  explicit RateBudget(const RateLimit& published);

  /// Whether a request needs a permit.
  [[nodiscard]] bool limits(TimePoint now) const { return limit_.limits(now); }

  /// Joins the queue: a retry before all first attempts.
  [[nodiscard]] Ticket enqueue(bool first_attempt) { return queue_.enqueue(first_attempt); }

  /// Leaves the queue with a permit, or says when to ask again.
  [[nodiscard]] std::optional<TimePoint> ask(Ticket ticket, TimePoint now);

  /// Leaves the queue without one.
  void leave(Ticket ticket) { queue_.leave(ticket); }

  /// Returns a permit that was not used.
  void give_back();

  /// The request of a permit is over: it was counted by now, if at all.
  void complete(TimePoint now);

  void observe(const RateObservation& observation, TimePoint now);

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

  TimePoint pace_at_{};  // when few permits are left: the next one not before
  std::chrono::steady_clock::duration pace_{0};
};

}  // namespace segment::inline SEGMENT_ABI::detail
