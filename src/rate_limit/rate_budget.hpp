#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "rate_limit/place_log.hpp"
#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What is known of one operation's limit, and the line before it.
///
/// A limit has as many places as it allows requests. A request takes one when it is sent, and the
/// place is free again one period after the answer came: the server counted the request between the
/// two, so that no period as it sees them, however it cuts time into windows, holds more than the
/// limit.
///
/// Copying: not needed. Cost: bounded memory but for the line. Thread safety: none.
class RateBudget {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// A place in the line. The smaller one is before the other.
  struct Ticket {
    bool first_try = true;
    std::uint64_t number = 0;
    auto operator<=>(const Ticket&) const = default;
  };

  /// \param published no requests: nothing is known yet.
  explicit RateBudget(const RateLimit& published);

  /// Whether a request has to line up.
  [[nodiscard]] bool limits(TimePoint now) const;

  [[nodiscard]] Ticket acquire(bool first_try);

  /// Leaves the line with room taken, or says when to ask again.
  [[nodiscard]] std::optional<TimePoint> ask(Ticket ticket, TimePoint now);

  /// Leaves the line with nothing.
  void leave(Ticket ticket);

  /// Room that was taken and not used is free again.
  void give_back();

  /// The request that took room was counted by now, if at all.
  void used(TimePoint now);

  void observe(const RateObservation& observation, TimePoint now);

  [[nodiscard]] std::optional<RemainingQuota> remaining_quota(TimePoint now);

 private:
  [[nodiscard]] bool knows_limit() const noexcept { return limit_ > 0 && !uncounted_; }
  [[nodiscard]] int room() const noexcept;
  [[nodiscard]] TimePoint turn_of(int ahead, TimePoint now) const;
  [[nodiscard]] TimePoint back(int count, TimePoint now) const;
  void take(TimePoint now);
  void learn_limit(const RateObservation& observation);
  void learn_use(const RateObservation& observation, TimePoint now);
  void learn_window(const RateObservation& observation, TimePoint now);

  int limit_ = 0;  // 0: unknown
  std::chrono::milliseconds period_;
  bool uncounted_ = false;  // an answer came that nobody had counted
  TimePoint blocked_until_{};

  PlaceLog log_;       // of requests that are answered, and of other people's
  int in_flight_ = 0;  // sent and not yet answered

  std::vector<Ticket> line_;  // the first one first
  std::uint64_t next_number_ = 0;
  TimePoint pace_at_{};  // when little room is left: the next one not before
  std::chrono::steady_clock::duration pace_{0};
};

}  // namespace segment::inline SEGMENT_ABI::detail
