#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The length of a published limit's period.
[[nodiscard]] constexpr std::chrono::seconds length(RatePeriod period) noexcept {
  switch (period) {
    case RatePeriod::second:
      return std::chrono::seconds{1};
    case RatePeriod::minute:
      return std::chrono::minutes{1};
    case RatePeriod::hour:
      return std::chrono::hours{1};
    case RatePeriod::day:
      return std::chrono::days{1};
  }
  return std::chrono::minutes{1};
}

/// One operation's limit, as published and as responses report it.
///
/// Inline, so that a limiter in a library of its own uses it too.
///
/// Copying: a value. Thread safety: none.
class KnownLimit {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using milliseconds = std::chrono::milliseconds;

  /// \param published without requests: nothing is known yet.
  explicit KnownLimit(const RateLimit& published)
      : requests_(std::max(0, published.requests)),
        period_(published ? length(published.per) : usual_period) {}

  /// 0: unknown.
  [[nodiscard]] int requests() const noexcept { return requests_; }
  [[nodiscard]] milliseconds period() const noexcept { return period_; }
  /// Whether the server counts by a known limit.
  [[nodiscard]] bool is_known() const noexcept { return requests_ > 0 && !uncounted_; }
  [[nodiscard]] TimePoint blocked_until() const noexcept { return blocked_until_; }
  /// Whether a request needs a permit.
  [[nodiscard]] bool limits(TimePoint now) const { return is_known() || now < blocked_until_; }

  /// Whether the server counted the request, as far as its response says.
  [[nodiscard]] static bool is_counted(const RateObservation& observation) {
    return observation.counted || observation.status == 429;
  }
  /// Whether a figure in a response is plausible.
  [[nodiscard]] static bool is_figure(const std::optional<std::int64_t>& figure) {
    return figure && *figure >= 0 && *figure <= largest_limit;
  }

  /// \return how long to leave the operation alone, if the response refused it.
  std::optional<milliseconds> observe(const RateObservation& observation, TimePoint now) {
    if (!is_counted(observation)) {
      // A gateway or a test server, which does not count.
      if (observation.status >= 200 && observation.status < 300) uncounted_ = true;
      return std::nullopt;
    }
    uncounted_ = false;
    learn(observation);
    if (observation.status != 429) return std::nullopt;
    std::optional<milliseconds> wait = observation.operation_retry_after;
    if (!wait && !observation.retry_after && observation.reset) {
      wait = std::min(*observation.reset, period_);
    }
    if (!wait) return std::nullopt;  // the call backs off, or the token is limited
    wait = std::min(*wait, std::max(longest_block, period_));
    blocked_until_ = std::max(blocked_until_, now + *wait);
    return wait;
  }

 private:
  // A larger figure is a mistake.
  static constexpr std::int64_t largest_limit = 1'000'000;
  // A 429 may ask for more than a period, but nobody means more than this.
  static constexpr milliseconds longest_block = std::chrono::hours{1};
  // Nearly all published limits are per minute.
  static constexpr milliseconds usual_period = std::chrono::minutes{1};

  void learn(const RateObservation& observation) {
    if (!is_figure(observation.consumed)) return;
    const std::int64_t consumed = *observation.consumed;
    if (observation.status == 429) {  // past the limit, so the sum exceeds it
      if (requests_ > consumed && consumed > 0) requests_ = static_cast<int>(consumed);
      return;
    }
    if (!is_figure(observation.remaining)) return;
    const std::int64_t sum = consumed + *observation.remaining;
    if (sum > 0 && sum <= largest_limit) requests_ = static_cast<int>(sum);
  }

  int requests_ = 0;
  milliseconds period_;
  bool uncounted_ = false;  // the newest success was not counted
  TimePoint blocked_until_{};
};

}  // namespace segment::inline SEGMENT_ABI::detail
