#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// How long a published limit counts.
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

/// One operation's limit, as it was published and as responses tell of it.
///
/// Inline, so that a limiter in a library of its own has it too.
///
/// Copying: a value. Cost: small. Thread safety: none.
class KnownLimit {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using milliseconds = std::chrono::milliseconds;

  /// \param published no requests: nothing is known yet.
  explicit KnownLimit(const RateLimit& published)
      : requests_(std::max(0, published.requests)),
        period_(published ? length(published.per) : usual_period) {}

  /// 0: unknown.
  [[nodiscard]] int requests() const noexcept { return requests_; }
  [[nodiscard]] milliseconds period() const noexcept { return period_; }
  /// Whether the server counts by a limit that is known.
  [[nodiscard]] bool is_known() const noexcept { return requests_ > 0 && !uncounted_; }
  [[nodiscard]] TimePoint blocked_until() const noexcept { return blocked_until_; }
  /// Whether a request needs a permit.
  [[nodiscard]] bool limits(TimePoint now) const { return is_known() || now < blocked_until_; }

  /// Whether the server counted the request, as far as its response tells.
  [[nodiscard]] static bool is_counted(const RateObservation& observation) {
    return observation.counted || observation.status == 429;
  }
  /// Whether a response can mean this number.
  [[nodiscard]] static bool is_figure(const std::optional<std::int64_t>& figure) {
    return figure && *figure >= 0 && *figure <= largest_limit;
  }

  /// \return for how long the operation is to be left alone, where the response refused it.
  std::optional<milliseconds> observe(const RateObservation& observation, TimePoint now) {
    if (!is_counted(observation)) {
      // A gateway or a test server: nothing counts there.
      if (observation.status >= 200 && observation.status < 300) uncounted_ = true;
      return std::nullopt;
    }
    uncounted_ = false;
    learn(observation);
    if (observation.status != 429) return std::nullopt;
    std::optional<milliseconds> wait = observation.before_next;
    if (!wait && !observation.retry_after && observation.reset) {
      wait = std::min(*observation.reset, period_);
    }
    if (!wait) return std::nullopt;  // the call backs off, or it is the token that is limited
    wait = std::min(*wait, std::max(longest_block, period_));
    blocked_until_ = std::max(blocked_until_, now + *wait);
    return wait;
  }

 private:
  // A figure past this is a mistake.
  static constexpr std::int64_t largest_limit = 1'000'000;
  // A 429 may ask for more than a period; nobody means more than this.
  static constexpr milliseconds longest_block = std::chrono::hours{1};
  // The published figures say a minute nearly everywhere.
  static constexpr milliseconds usual_period = std::chrono::minutes{1};

  void learn(const RateObservation& observation) {
    if (!is_figure(observation.consumed)) return;
    const std::int64_t consumed = *observation.consumed;
    if (observation.status == 429) {  // past the limit, so that the sum is more than it
      if (requests_ > consumed && consumed > 0) requests_ = static_cast<int>(consumed);
      return;
    }
    if (!is_figure(observation.remaining)) return;
    const std::int64_t sum = consumed + *observation.remaining;
    if (sum > 0 && sum <= largest_limit) requests_ = static_cast<int>(sum);
  }

  int requests_ = 0;
  milliseconds period_;
  bool uncounted_ = false;  // a response came that the server had not counted
  TimePoint blocked_until_{};
};

}  // namespace segment::inline SEGMENT_ABI::detail
