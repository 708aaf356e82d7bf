#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

#include "segment/rate_limiter.hpp"

namespace segment::testing {

using namespace std::chrono_literals;
using TimePoint = std::chrono::steady_clock::time_point;
using Wait = std::optional<std::chrono::steady_clock::duration>;

/// A limiter, and an operation with or without a published limit.
struct Permits {
  static Operation operation(int requests, RatePeriod per = RatePeriod::minute) {
    return {.id = "getThing", .group = "things", .rate_limit = {requests, per}};
  }

  /// How long a permit has to wait from now; empty if it is granted.
  [[nodiscard]] Wait wait(const std::unique_ptr<RatePermit>& permit) const {
    if (!permit) return std::nullopt;
    const auto until = permit->retry_at(now);
    if (!until) return std::nullopt;
    EXPECT_GT(*until, now) << "always later than now";
    return *until - now;
  }

  std::unique_ptr<RatePermit> acquire(int number = 1) {
    return limiter->acquire(thing, number, now);
  }

  /// Sends and completes immediately, or returns how long it would have to wait first.
  Wait send() {
    const auto permit = acquire();
    const Wait waited = wait(permit);
    if (!waited && permit) permit->complete(now);
    return waited;
  }

  /// Sends as often as possible without waiting.
  int burst(int most = 1000) {
    int sent = 0;
    while (sent < most && !send()) ++sent;
    return sent;
  }

  void observe(const RateObservation& observation) { limiter->observe(thing, observation, now); }

  [[nodiscard]] std::optional<RemainingQuota> left() const {
    return limiter->remaining_quota(thing, now);
  }

  std::shared_ptr<RateLimiter> limiter = RateLimiter::create();
  Operation thing = operation(4);
  TimePoint now{1h};
};

/// A success that the server counted.
inline RateObservation counted(std::int64_t consumed, std::int64_t remaining,
                               std::optional<std::chrono::milliseconds> reset = {}) {
  return {
      .status = 200, .counted = true, .consumed = consumed, .remaining = remaining, .reset = reset};
}

}  // namespace segment::testing
